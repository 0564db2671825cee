using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BekenImage.TestRun.Packages;

/// <summary>
/// Whether .NET Framework would load a program without binding redirects; Mono takes any version, so that running there does not tell.
/// An assembly beside the program must be of the very version that is referenced. One of the framework itself is raised to the version
/// the framework has, so that it may be newer.
/// </summary>
internal static class FrameworkReferences
{
    private sealed record Assembly(string Name, Version Version, IReadOnlyList<(string Name, Version Version)> References);

    /// <param name="folder">The program's.</param>
    /// <param name="packages">The package cache, which has the framework's reference assemblies.</param>
    public static IReadOnlyList<string> Wrong(string folder, string packages)
    {
        var deployed = Read(Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".dll" or ".exe"));
        string[] reference = [.. Directory.EnumerateDirectories(packages, "microsoft.netframework.referenceassemblies.net472")
            .SelectMany(package => Directory.EnumerateFiles(package, "*.dll", SearchOption.AllDirectories))];
        if (reference.Length == 0)
            return ["there are no reference assemblies to compare with"];
        var framework = Read(reference).GroupBy(assembly => assembly.Name)
            .ToDictionary(group => group.Key, group => group.Max(assembly => assembly.Version)!);
        var beside = deployed.ToDictionary(assembly => assembly.Name, assembly => assembly.Version);
        return
        [
            .. deployed.SelectMany(assembly => assembly.References.Select(wanted => Judge(assembly.Name, wanted, beside, framework)))
                .OfType<string>(),
        ];
    }

    private static string? Judge(
        string from, (string Name, Version Version) wanted, Dictionary<string, Version> beside, Dictionary<string, Version> framework)
    {
        if (beside.TryGetValue(wanted.Name, out var found))
            return found == wanted.Version ? null : $"{from} references {wanted.Name} {wanted.Version}, beside it lies {found}";
        if (framework.TryGetValue(wanted.Name, out found))
            return found >= wanted.Version ? null : $"{from} references {wanted.Name} {wanted.Version}, the framework has {found}";
        return $"{from} references {wanted.Name} {wanted.Version}, which is nowhere";
    }

    private static List<Assembly> Read(IEnumerable<string> files)
    {
        var assemblies = new List<Assembly>();
        foreach (string file in files)
        {
            using var portable = new PEReader(File.OpenRead(file));
            // Modules of an assembly are no assemblies.
            if (!portable.HasMetadata || portable.GetMetadataReader() is not { IsAssembly: true } reader)
                continue;
            var definition = reader.GetAssemblyDefinition();
            assemblies.Add(new(reader.GetString(definition.Name), definition.Version,
                [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(item => (reader.GetString(item.Name), item.Version))]));
        }
        return assemblies;
    }
}

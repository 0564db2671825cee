namespace BekenImage.Release;

/// <summary>The packages programs reference.</summary>
internal sealed class LibraryPackages : IPart
{
    public string Name => "packages";

    public IReadOnlyList<Product> Make(Build build) => Packages.Pack(build, PackedProjects.Libraries(build.Sources), "for programs: net10.0, net8.0, netstandard2.0");
}

/// <summary>The command as a .NET tool: the systems stand in Publishing.props.</summary>
internal sealed class ToolPackages : IPart
{
    public string Name => "tool";

    public IReadOnlyList<Product> Make(Build build) => Packages.Pack(
        build, PackedProjects.Tools(build.Sources), "the command as a .NET tool",
        // In quotes, because a semicolon or a comma without them begins the next property.
        build.ToolSystems is null ? [] : [$"-p:BekenToolSystems=\"{build.ToolSystems.Replace(',', ';')}\""]);
}

internal static class Packages
{
    public static IReadOnlyList<Product> Pack(Build build, IReadOnlyList<string> projects, string what, params string[] properties)
    {
        var before = Directory.EnumerateFiles(build.Output).ToHashSet();
        foreach (string project in projects)
            build.Dotnet(["pack", project, "-o", build.Output, .. properties]);
        return
        [
            .. Directory.EnumerateFiles(build.Output).Where(file => !before.Contains(file)).Order(StringComparer.Ordinal)
                .Select(file => new Product(Path.GetFileName(file), Path.GetExtension(file) == ".snupkg" ? "its symbols" : what)),
        ];
    }
}

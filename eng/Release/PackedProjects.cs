using System.Xml.Linq;

namespace BekenImage.Release;

/// <summary>Which projects under src/ become packages: all but those that say they are none.</summary>
internal static class PackedProjects
{
    private const string Tool = "BekenImage.Cli";

    /// <summary>Project files, in the order of their names.</summary>
    public static IReadOnlyList<string> All(string sources) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(sources, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => !Says(project, "IsPackable", "false"))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Libraries(string sources) => [.. All(sources).Where(project => NameOf(project) != Tool)];

    public static IReadOnlyList<string> Tools(string sources) => [.. All(sources).Where(project => NameOf(project) == Tool)];

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private static bool Says(string project, string property, string value) => XDocument.Load(project).Descendants()
        .Any(element => element.Name.LocalName == property && string.Equals(element.Value.Trim(), value, StringComparison.OrdinalIgnoreCase));
}

using System.Xml.Linq;

namespace BekenImage.Architecture;

/// <summary>A source file: its path from the root of the repository, with slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text);

/// <summary>One project under src/: what the compiler needs to know of it.</summary>
internal sealed record SourceProject(
    string Name, IReadOnlyList<SourceFile> Files, IReadOnlyList<string> References, IReadOnlyList<string> Friends)
{
    /// <summary>The folder of a project, from the root of the repository.</summary>
    public static string Folder(string project) => $"src/{project}/";

    /// <summary>Every project under src/.</summary>
    public static IReadOnlyList<SourceProject> ReadAll(string root) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => Read(root, file)),
    ];

    /// <summary>The same project with one more file, or with another text for one it has.</summary>
    public SourceProject With(string path, string text) =>
        this with { Files = [.. Files.Where(file => file.Path != path), new SourceFile(path, text)] };

    private static SourceProject Read(string root, string projectFile)
    {
        string folder = Path.GetDirectoryName(projectFile)!;
        var items = XDocument.Load(projectFile).Descendants().ToList();
        IReadOnlyList<string> Included(string item) =>
        [
            .. items.Where(element => element.Name.LocalName == item)
                .Select(element => (string?)element.Attribute("Include"))
                .OfType<string>(),
        ];

        return new SourceProject(
            Path.GetFileNameWithoutExtension(projectFile),
            ReadFiles(root, folder),
            [.. Included("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            Included("InternalsVisibleTo"));
    }

    /// <summary>The source files of a folder and those in it, without what a build leaves there.</summary>
    public static IReadOnlyList<SourceFile> ReadFiles(string root, string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(root, path)))),
    ];
}

namespace BekenImage.Release;

/// <summary>The page: static files for any web server.</summary>
internal sealed class PageArchive : IPart
{
    private const string Project = "src/BekenImage.Web";

    public string Name => "page";

    public static bool IsIn(string sources) => Directory.Exists(Path.Combine(sources, Project));

    public IReadOnlyList<Product> Make(Build build)
    {
        if (!IsIn(build.Sources))
            throw new ReleaseException($"there is no page in these sources: {Project}", ReleaseException.Usage);
        string published = Path.Combine(build.Work, "page");
        build.Dotnet("publish", Project, "-o", published);
        string name = build.ArchiveName("page");
        string root = Path.Combine(published, "wwwroot");
        string file = name + ".zip";
        using var stream = File.Create(Path.Combine(build.Output, file));
        Archive.WriteZip(stream, [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => ArchiveEntry.FromFile($"{name}/{Path.GetRelativePath(root, path).Replace('\\', '/')}", path))], build.Time);
        return [new Product(file, "the page: static files for any web server")];
    }
}

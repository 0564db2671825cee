namespace BekenImage.Release;

internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Where a run leaves what it made; not under version control.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("BekenImage.sln is not in any folder above this program.");
    }
}

namespace BekenImage.Architecture;

/// <summary>Where the repository is: the folder above this program that holds the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

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

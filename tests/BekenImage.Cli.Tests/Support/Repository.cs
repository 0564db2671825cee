namespace BekenImage.Cli.Tests.Support;

internal static class Repository
{
    /// <summary>A path in the repository these tests were built in.</summary>
    public static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BekenImage.sln")))
            folder = folder.Parent;
        return Path.Combine([folder.FullName, .. parts]);
    }
}

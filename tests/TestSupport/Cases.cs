namespace BekenImage.TestSupport;

/// <summary>The public cases beside the corpus: <c>../shared/cases</c>. Where they are absent the test is skipped.</summary>
internal static class Cases
{
    public static string PathOf(string file)
    {
        Corpus.Require();
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Corpus.Folder!.TrimEnd(Path.DirectorySeparatorChar)))!, "cases", file);
        Assert.SkipUnless(File.Exists(path), "The public cases are not here.");
        return path;
    }
}

namespace BekenImage.Tests;

/// <summary>The code the README shows is the code of the samples, which the solution builds.</summary>
public class ReadmeTests
{
    [Theory]
    [InlineData("CombineFirmware")]
    [InlineData("InspectDump")]
    [InlineData("EditImage")]
    public void Readme_SampleBlock_StandsInTheSample(string sample)
    {
        string root = FindRoot();
        string[] readme = File.ReadAllLines(Path.Combine(root, "README.md"));
        int start = Array.IndexOf(readme, $"<!-- sample: {sample} -->") + 2;
        Assert.True(start > 1, "The README has no block for this sample.");
        int end = Array.IndexOf(readme, "```", start);
        string block = string.Join("\n", readme[start..end]);
        string code = File.ReadAllText(Path.Combine(root, "samples", sample, "Program.cs")).ReplaceLineEndings("\n");
        Assert.Contains(block, code);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BekenImage.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using System.Text.RegularExpressions;

namespace BekenImage.Tests;

/// <summary>The code that the READMEs and docs show is the code of the samples, which the solution builds.</summary>
public class ReadmeTests
{
    private const string Fence = "```csharp\n";

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Readmes =>
        new(Directory.GetFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md")).Prepend(Path.Combine(Root, "README.md"))
            .Where(file => File.ReadAllText(file).Contains("```csharp", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')));

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Readme_EveryBlockOfCode_StandsInItsSample(string readme)
    {
        string text = File.ReadAllText(Path.Combine(Root, readme)).ReplaceLineEndings("\n");
        var blocks = Regex.Matches(text, "<!-- sample: ([A-Za-z]+) -->\n" + Fence + "(.*?)\n```\n", RegexOptions.Singleline);
        Assert.Equal(Regex.Count(text, Fence), blocks.Count);
        Assert.All(blocks, block => Assert.Contains(Unindented(block.Groups[2].Value), Unindented(Sample(block.Groups[1].Value)), StringComparison.Ordinal));
    }

    [Fact]
    public void Readmes_AreThoseOfTheRepositoryAndOfThePackagesAndDocs() => Assert.Subset(new HashSet<string>(Readmes.Select(row => row.Data)),
        new HashSet<string> { "README.md", "src/BekenImage/README.md", "docs/library.md", "docs/change-your-flasher.md" });

    // A sample of its own, or one of the recipes.
    private static string Sample(string name)
    {
        string folder = Path.Combine(Root, "samples", name);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.cs") : [Path.Combine(Root, "samples", "Recipes", name + ".cs")];
        return string.Join("\n", files.Select(File.ReadAllText)).ReplaceLineEndings("\n");
    }

    private static string Unindented(string code) => string.Join("\n", code.Split('\n').Select(line => line.TrimStart()));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BekenImage.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using System.Text.RegularExpressions;

namespace BekenImage.Tests.Findings;

/// <summary>What the library says can stand in a window: no option or verb of the command is in a text of its source.</summary>
public class MessageTests
{
    private static readonly string[] Verbs =
        ["rf restore", "rf set-mac", "obk set", "obk show", "tuya set", "fal set", "fs add", "fs extract", "ota pack", "ota unpack", "key recover", "; combine "];

    /// <summary>Files that hold what to type: into other people's programs, and to repair an image.</summary>
    private static readonly string[] OtherPrograms = ["FlashingTools.cs", "FlashingTools.Ranges.cs", "ImageRepair.cs", "CombineRepair.cs"];

    // Texts of one line, and those in three quotes; an escaped quote does not end one.
    private static readonly Regex Literal = new("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", RegexOptions.Singleline);

    [Theory]
    [InlineData("give it with --key")]
    [InlineData("restore one with 'rf restore'")]
    [InlineData("--raw takes it")]
    public void Text_ThatNamesAnOption_IsFound(string text) => Assert.NotNull(Named(text));

    [Theory]
    [InlineData("a page -- or two")]
    [InlineData("give it")]
    public void Text_ThatNamesNone_IsNotFound(string text) => Assert.Null(Named(text));

    [Theory]
    [InlineData("BekenImage")]
    [InlineData("BekenImage.Crypto")]
    public void Texts_OfTheLibrary_NameNoOptionOfTheCommand(string project)
    {
        string folder = Path.Combine(FindRoot(), "src", project);
        string[] files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Where(file => !OtherPrograms.Contains(Path.GetFileName(file))).ToArray();
        Assert.NotEmpty(files);
        string[] texts = files.SelectMany(file => Texts(File.ReadAllText(file)).Select(text => $"{Path.GetFileName(file)}: {text}")).ToArray();
        Assert.True(texts.Length > 20, "no texts were found");
        Assert.DoesNotContain(texts, text => Named(text) is not null);
    }

    private static IEnumerable<string> Texts(string source)
    {
        string code = string.Join('\n', source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        return Literal.Matches(code).Select(match => match.Value);
    }

    private static string? Named(string text) =>
        Regex.Match(text, "--[a-z]") is { Success: true } option ? option.Value : Verbs.FirstOrDefault(text.Contains);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BekenImage.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using System.Text;

namespace BekenImage.Tests.Explaining;

/// <summary>docs/findings.md and docs/glossary.md are what the library says.</summary>
public class ExplanationPagesTests
{
    private const string Renew =
        "BEKENIMAGE_WRITE_PAGES=1 dotnet run --project tests/BekenImage.Tests -- --filter-class '*ExplanationPagesTests'";

    private const string Made = "<!-- made by: " + Renew + " -->";

    [Fact]
    public void Findings_InTheFolder_AreThoseOfTheLibrary() => AssertCurrent("findings.md", FindingsPage());

    [Fact]
    public void Glossary_InTheFolder_IsThatOfTheLibrary() => AssertCurrent("glossary.md", GlossaryPage());

    // What a person sees is what a person asks for.
    [Fact]
    public void EverySectionOfTroubleshooting_CanBeAskedFor()
    {
        string[] sections = [.. File.ReadLines(Path.Combine(Root(), "docs", "troubleshooting.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];
        Assert.True(sections.Length > 10);
        Assert.All(sections, section => Assert.True(Explanations.Find(section) is { Code: null }, section));
    }

    private static void AssertCurrent(string name, string page)
    {
        string path = Path.Combine(Root(), "docs", name);
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_WRITE_PAGES") == "1")
            File.WriteAllText(path, page);
        string stored = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;
        Assert.True(stored == page, $"docs/{name} is not what the library says; to renew it: {Renew}");
    }

    private static string FindingsPage()
    {
        var page = new StringBuilder("# Findings\n\n" + Made + "\n\n" +
            "What the codes mean, where they mostly come from, and what to do. `bekenimage explain BKI3005` says the same, and what to type.\n");
        foreach (var finding in Explanations.Findings)
        {
            page.Append($"\n## {finding.Term} {finding.OtherNames[0]}\n\n{Escape(finding.Meaning)}\n\n");
            page.Append($"- Cause: {Escape(finding.Cause!)}\n- Cure: {Escape(finding.Cure!)}\n");
        }
        return page.ToString();
    }

    private static string GlossaryPage()
    {
        var page = new StringBuilder("# Glossary\n\n" + Made + "\n\n`bekenimage explain striped` says the same.\n\n| word | also | meaning |\n| --- | --- | --- |\n");
        foreach (var term in Explanations.Terms)
            page.Append($"| {Escape(term.Term)} | {Escape(string.Join(", ", term.OtherNames))} | {Escape(term.Meaning)} |\n");
        return page.ToString();
    }

    private static string Escape(string text) => text.Replace("_", "\\_").Replace("*", "\\*").Replace("|", "\\|").Replace("<", "\\<");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}

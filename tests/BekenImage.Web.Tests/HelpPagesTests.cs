using System.Text;
using System.Text.RegularExpressions;
using BekenImage.Cli.Tests.Support;
using BekenImage.Help;

namespace BekenImage.Web.Tests;

/// <summary>The help is what docs/ says, and leads nowhere that is not there.</summary>
public sealed class HelpPagesTests
{
    /// <summary>Files of the page that lie with the reports, which look like it.</summary>
    private static readonly string Shared = Repository.PathOf("src", "BekenImage.Report", "Assets");

    private static readonly string Help = Repository.PathOf(HelpPages.Folder.Split('/'));

    [Fact]
    public void HelpPages_OfTheDocs_AreUpToDate()
    {
        var made = HelpPages.Of(Repository.PathOf("docs"));
        Assert.Equal(made.Keys, Files());
        Assert.DoesNotContain(made, page => page.Key.EndsWith(".html", StringComparison.Ordinal) && Encoding.UTF8.GetString(page.Value).Contains(" style=", StringComparison.Ordinal));
        foreach (var (name, bytes) in made)
        {
            string written = File.ReadAllText(Path.Combine(Help, name)).ReplaceLineEndings("\n");
            Assert.True(written == Encoding.UTF8.GetString(bytes), $"{name} is not what docs/ says: run 'dotnet run --project eng/Help'");
        }
    }

    [Fact]
    public void Links_OfTheHelp_LeadToPagesAndPlacesThatAreThere()
    {
        foreach (string page in Files().Where(name => name.EndsWith(".html", StringComparison.Ordinal)))
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(Path.Combine(Help, page)), "(?:href|src)=\"([^\"]*)\""))
            {
                string target = link.Groups[1].Value;
                if (target.StartsWith("https://", StringComparison.Ordinal))
                    continue;
                string[] parts = target.Split('#');
                string file = parts[0].Length == 0 ? Path.Combine(Help, page) : Path.Combine(Help, parts[0]);
                if (File.Exists(Path.Combine(Shared, Path.GetFileName(file))))
                    continue;
                Assert.True(File.Exists(file), $"{page}: {target}");
                Assert.True(parts.Length == 1 || File.ReadAllText(file).Contains($"id=\"{Uri.UnescapeDataString(parts[1])}\"", StringComparison.Ordinal), $"{page}: {target}");
            }
        }
    }

    [Theory]
    [InlineData("[a](other.md#b)", "<a href=\"other.html#b\">a</a>")]
    [InlineData("| a |\n| -: |\n| 1 |", "<td class=\"number\">1</td>")]
    [InlineData("| | b |\n| - | - |\n| 1 | 2 |", "<td></td>\n<th>b</th>")]
    [InlineData("| | |\n| - | - |\n| 1 | 2 |", "<table>\n<tbody>")]
    [InlineData("[the `x`](../src/x.cs) is", "<p>the <code>x</code> is</p>")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;")]
    public void Page_OfMarkdown_HoldsWhatMayBeOnline(string markdown, string expected)
    {
        using var folder = new TestFolder();
        folder.Write("other.md", "# b\n");
        Assert.Contains(expected, HelpPage.Render("# Title\n\n" + markdown + "\n", folder.Root), StringComparison.Ordinal);
    }

    private static string[] Files() =>
        [.. Directory.GetFiles(Help, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Help, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}

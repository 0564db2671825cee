using System.Text.RegularExpressions;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>Rules of the page's own files, which need no browser. The help, made of docs/, has its own.</summary>
public sealed class SourceTests
{
    private static readonly string Root = Repository.PathOf("src", "BekenImage.Web", "wwwroot");

    // Text that became markup would be the file's, not ours.
    [Fact]
    public void Scripts_OfThePage_MakeNoMarkupOfText() => Assert.Empty(Found("*.js",
        @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe|\beval\(|new Function"));

    // The policy would refuse them; here it is seen without a browser.
    [Fact]
    public void Page_HasNothingInline() => Assert.Empty(Found("*.html", @"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:"));

    [Fact]
    public void Files_OfThePage_NameNoOtherHost() => Assert.Empty(Found("*.*", @"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}"));

    [Fact]
    public void Links_OfThePage_LeadToPagesOfTheHelp() => Assert.All(
        Regex.Matches(File.ReadAllText(Path.Combine(Root, "index.html")), "href=\"(help/[^\"#]+)\"").Select(match => match.Groups[1].Value),
        link => Assert.True(File.Exists(Path.Combine(Root, link)), link));

    // A module that nobody loads would still be loaded by the service worker.
    [Fact]
    public void Modules_AreAllUsed_AndAllThere()
    {
        string folder = Path.Combine(Root, "js");
        var named = Directory.GetFiles(folder).SelectMany(file => Regex.Matches(File.ReadAllText(file), @"from '\./([a-z-]+\.js)'|'\./(worker\.js)'"))
            .Select(match => match.Groups[1].Value + match.Groups[2].Value).Append("main.js").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), named);
    }

    private static IEnumerable<string> Found(string files, string pattern) =>
        from file in Directory.GetFiles(Root, files, SearchOption.AllDirectories)
        where !Path.GetRelativePath(Root, file).StartsWith("help", StringComparison.Ordinal)
        from Match match in Regex.Matches(File.ReadAllText(file), pattern, RegexOptions.IgnoreCase)
        select $"{Path.GetRelativePath(Root, file)}: {match.Value}";
}

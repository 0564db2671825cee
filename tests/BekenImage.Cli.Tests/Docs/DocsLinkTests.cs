using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>
/// Where the pages of the repository link to: files that are there, headings that are there. Of addresses in the web only the form is checked.
/// </summary>
public sealed class DocsLinkTests
{
    public static TheoryData<string> Pages => new(MarkdownPage.All());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadSomewhere(string name)
    {
        var page = MarkdownPage.Read(name);
        foreach (string link in page.Links)
            Assert.True(IsThere(page, link), $"{name}: nothing is at {link}");
    }

    [Fact]
    public void Pages_OfDocs_AreFoundFromTheirIndex()
    {
        var links = MarkdownPage.Read("docs/README.md").Links.Select(link => link.Split('#')[0]).ToHashSet(StringComparer.Ordinal);
        var pages = MarkdownPage.Documentation().Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md");
        Assert.All(pages, page => Assert.Contains(page["docs/".Length..], links));
    }

    private static bool IsThere(MarkdownPage page, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal))
            return Uri.TryCreate(link, UriKind.Absolute, out var web) && web.Scheme == Uri.UriSchemeHttps && web.Host.Contains('.');
        string[] parts = link.Split('#');
        string name = page.Name;
        if (parts[0].Length > 0)
        {
            string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page.Name.Split('/')))!, parts[0]));
            if (!File.Exists(path) && !Directory.Exists(path))
                return false;
            name = Path.GetRelativePath(Repository.PathOf(), path).Replace('\\', '/');
        }
        return parts.Length == 1 || (name.EndsWith(".md", StringComparison.Ordinal) && MarkdownPage.Read(name).Anchors.Contains(parts[1]));
    }
}

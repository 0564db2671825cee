using BekenImage.Release;

namespace BekenImage.Architecture.Tests.Release;

/// <summary>The notes of a release and what it consists of.</summary>
public sealed class ReleaseNotesTests
{
    private const string Text = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-27\n\n### Added\n\n- This.\n\n## [1.1.0]\n\n- That.\n";

    [Theory]
    [InlineData("1.2.0", "### Added\n\n- This.")]
    [InlineData("1.1.0", "- That.")]
    public void Changelog_OfAVersion_IsItsSection(string version, string expected)
    {
        Assert.Equal(new Changelog(expected, true), Changelog.Parse(Text, version));
        Assert.Equal(new Changelog(expected, true), Changelog.Parse(Text.ReplaceLineEndings("\r\n"), version));
    }

    [Fact]
    public void Changelog_OfAVersionThatIsBeingMade_IsWhatIsNotReleased() =>
        Assert.Equal(new Changelog("- Next.", false), Changelog.Parse(Text.Replace("[Unreleased]\n", "[Unreleased]\n\n- Next.\n"), "1.3.0"));

    // A dot of the version is a dot: 1x2.0 is another.
    [Theory]
    [InlineData("1.3.0")]
    [InlineData("1x2.0")]
    public void Changelog_WithNeither_IsRefused(string version) => Assert.Throws<ReleaseException>(() => Changelog.Parse(Text, version));

    [Fact]
    public void Changelog_OfThisRepository_HasWhatTheNextReleaseSays() =>
        Assert.StartsWith("### ", Changelog.Read(Path.Combine(Repository.Root, "CHANGELOG.md"), ProjectVersion.Read(Repository.Root)).Text);

    [Fact]
    public void Notes_NameCommitFilesAndChanges()
    {
        string folder = Directory.CreateTempSubdirectory("beken-notes-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "a.zip"), new byte[1234]);
            var sources = new SourceTree("commit 0123", DateTimeOffset.UnixEpoch);
            string notes = ReleaseNotes.Render("1.2.0", sources, [new Product("a.zip", "the page")], folder, Changelog.Parse(Text, "1.2.0"));
            Assert.StartsWith("# BekenImage 1.2.0\n\nMade from commit 0123 of 1970-01-01.\n", notes);
            Assert.Contains("| `a.zip` | 1234 | the page |\n", notes);
            Assert.EndsWith("## What is new\n\n### Added\n\n- This.\n", notes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("page,packages", new[] { "page", "packages" })]
    [InlineData(" tool , tool,", new[] { "tool" })]
    public void Parts_AreNamedWithCommas(string text, string[] expected) => Assert.Equal(expected, Parts.Parse(text));

    [Theory]
    [InlineData("packages,win-x86")]
    [InlineData(",")]
    [InlineData("Tool")]
    public void Parts_ThatAreNone_AreRefused(string text) => Assert.Equal(ReleaseException.Usage, Assert.Throws<ReleaseException>(() => Parts.Parse(text)).ExitCode);

    [Fact]
    public void Parts_InTheirOrder_WhateverOrderTheyAreNamedIn() =>
        Assert.Equal(["packages", "win-x64"], Parts.Of(["win-x64", "packages"], Repository.Root).Select(part => part.Name));

    [Fact]
    public void Page_WhereTheSourcesHaveNone_IsMadeOnlyWhereItIsAskedFor()
    {
        Assert.DoesNotContain(Parts.Of(null, Path.GetTempPath()), part => part is PageArchive);
        Assert.Contains(Parts.Of(["page"], Path.GetTempPath()), part => part is PageArchive);
    }

    [Fact]
    public void Checklist_NamesEveryPart()
    {
        string checklist = File.ReadAllText(Path.Combine(Repository.Root, "eng", "Release", "CHECKLIST.md"));
        Assert.All(Parts.Names, name => Assert.Contains($"`{name}`", checklist));
    }
}

using System.Xml.Linq;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>
/// The pictures of docs are drawn by code, from made-up devices: the same bytes each time. After a change that is meant:
/// <c>BEKENIMAGE_WRITE_PAGES=1</c> writes them anew, and they want to be looked at.
/// </summary>
public sealed class PicturesTests
{
    public static TheoryData<string> Names => new("dreo-combination.svg", "addresses.svg");

    [Theory]
    [MemberData(nameof(Names))]
    public void Picture_IsWhatTheCodeDraws(string name)
    {
        string drawn = name == "addresses.svg" ? AddressesPicture.Draw() : CombinationPicture.Draw();
        string path = Repository.PathOf("docs", "images", name);
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_WRITE_PAGES") == "1")
            File.WriteAllText(path, drawn);
        Assert.True(File.Exists(path), $"{name} is not there: BEKENIMAGE_WRITE_PAGES=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), drawn);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Picture_IsSmall_AndLoadsNothing(string name)
    {
        var file = new FileInfo(Repository.PathOf("docs", "images", name));
        Assert.InRange(file.Length, 1, 20_000);
        var picture = XDocument.Load(file.FullName);
        Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "a");
        Assert.DoesNotContain(picture.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href");
    }

    [Fact]
    public void Folder_HoldsNoPictureThatNothingDraws() => Assert.Equal(Names.Select(row => row.Data).Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.PathOf("docs", "images")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
}

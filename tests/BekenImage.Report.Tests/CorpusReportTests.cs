using System.Text;
using System.Text.RegularExpressions;
using BekenImage.TestSupport;

namespace BekenImage.Report.Tests;

public class CorpusReportTests
{
    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Html_OfACorpusImage_IsValidAndSmall(string file)
    {
        var image = FlashImage.Parse(Corpus.Read(file));
        string html = ImageReport.Html(image, file);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 10_000, 200_000);
        var page = Page.Parse(html);
        var regions = Page.Regions(page);
        Assert.Equal(image.Length, regions.Sum(region => region.Length));
        Assert.Equal(FlashMap.Of(image).Regions.Select(region => (region.Name, region.Offset, region.Length)), regions);
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Markdown_OfACorpusImage_IsShortWithoutSecretOrMac(string file)
    {
        var image = FlashImage.Parse(Corpus.Read(file));
        string text = ImageReport.Markdown(image, file);
        Assert.InRange(text.Split('\n').Length, 10, 40);
        Assert.DoesNotMatch("(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}", text);
        foreach (string secret in Secrets(image))
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    // The memory and size of a collection are in proportion; 72 dumps have room in 3 MB.
    [Fact]
    public void Collection_OfTheCorpus_LeavesRoomForSeventyTwo()
    {
        string[] dumps = [.. Corpus.Files.Select(row => row.Data)];
        string html = ImageReport.Collection(dumps.Select(file => CollectionEntry.Of(FlashImage.Parse(Corpus.Read(file)), file)));
        Assert.InRange(Encoding.UTF8.GetByteCount(html) / dumps.Length * 72, 0, 3_000_000);
        Page.Parse(html);
    }

    private static IEnumerable<string> Secrets(FlashImage image) => image.TuyaContents.Storage is not { } storage ? [] :
        storage.Values.Where(value => value.Name is "gw_bi" or "gw_ai" or "gw_wsm" or "gw_di").SelectMany(value =>
            Regex.Matches(value.Text ?? string.Empty, "\"(?:uuid|auth_key|psk_key|lckey|ssid|passwd|id|s_id)\":\"([^\"]{6,})\"").Select(match => match.Groups[1].Value));
}

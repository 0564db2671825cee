using System.Text;
using BekenImage.Formats.Foreign;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Foreign;

/// <summary>Files of other tools are named, with what to do; nothing else is taken for one. Magic words and records: the formats' own texts.</summary>
public sealed class ForeignFormatsTests
{
    // The example record of Intel's specification, and the head record of the S-record manual page.
    private const string IntelHex = ":10010000214601360121470136007EFE09D2190140";
    private const string SRecord = "S00F000068656C6C6F202020202000003C";

    [Theory]
    [InlineData("377ABCAF271C0004", "a 7z archive", "unpack")]
    [InlineData("526172211A0700", "a rar archive", "unpack")]
    [InlineData("526172211A070100", "a rar archive", "unpack")]
    [InlineData("FD377A585A000004", "an xz file", "unpack")]
    [InlineData("28B52FFD24", "a zstd file", "unpack")]
    [InlineData("425A683931415926535900", "a bzip2 file", "unpack")]
    [InlineData("7F454C46010101", "an ELF program", "convert")]
    public void File_OfAnotherFormat_IsNamed(string start, string name, string todo)
    {
        byte[] file = [.. Convert.FromHexString(start), .. SyntheticPrograms.Noise(5000, 3)];
        Assert.Equal(name, ForeignFormats.NameOf(file));
        var finding = Assert.Single(FlashImage.Parse(file).Findings);
        Assert.Equal(FindingCode.KnownOtherFormat, finding.Code);
        Assert.Contains($"{name}; {todo}", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IntelHex + "\r\n:00000001FF\r\n", "an Intel HEX file")]
    [InlineData("\uFEFF" + IntelHex, "an Intel HEX file")]
    [InlineData(":020000040800F2\n", "an Intel HEX file")]
    [InlineData(SRecord + "\n", "a Motorola S-record file")]
    [InlineData("S9030000FC", "a Motorola S-record file")]
    [InlineData(":10010000214601360121470136007EFE09D2190141\n", null)]
    [InlineData(":0100", null)]
    [InlineData(":", null)]
    [InlineData("", null)]
    [InlineData("S0", null)]
    [InlineData("S00F000068656C6C6F202020202000003D", null)]
    [InlineData("SSID: home", null)]
    public void Text_OfRecords_IsNamed_WhenItsFirstSumFits(string text, string? name) =>
        Assert.Equal(name, ForeignFormats.NameOf(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Tar_IsNamed()
    {
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Equal("a tar archive", ForeignFormats.NameOf(tar));
        Assert.Null(ForeignFormats.NameOf(tar.AsSpan(0, 260)));
    }

    [Fact]
    public void Combine_WithAnotherFormat_NamesIt()
    {
        var hex = FlashImage.Parse(Encoding.ASCII.GetBytes(IntelHex));
        var error = Assert.Throws<BekenImageException>(() => new ImageCombiner(FlashImage.Parse(Synthetic.Images.Dreo), hex).Plan().ToArray());
        Assert.Equal(FindingCode.KnownOtherFormat, error.Code);
        Assert.Contains("Intel HEX", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<BekenImageException>(() => new ImageCombiner(hex, FlashImage.Parse(Synthetic.Images.ObkM)).Plan().ToArray());
        Assert.Contains("Intel HEX", error.Message, StringComparison.Ordinal);
    }
}

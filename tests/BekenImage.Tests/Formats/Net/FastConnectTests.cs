using System.Text;
using BekenImage.Formats.Net;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Net;

public partial class FastConnectTests
{
    private const long Offset = 0x1D1000;
    private const string Psk = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void TryRead_PlainOrObfuscated_GivesTheRecordAndHidesItsSecrets(bool isObfuscated, bool isLong)
    {
        byte[] sector = Sector(Record("My Network", Psk, "pass phrase"), isObfuscated, isLong);
        var findings = new List<Finding>();
        Assert.True(FastConnectReader.TryRead(sector, Offset, findings, out var record));
        Assert.Equal((isObfuscated, isLong ? 188 : 171, 6, 4, Offset), (record!.IsObfuscated, record.Length, record.Channel, record.SecurityType, record.Offset));
        Assert.Equal(("My Network", Psk, "pass phrase", "02:00:00:00:00:07"), (record.RevealSsid(), record.RevealPsk(), record.RevealPassphrase(), record.RevealBssid().ToString()));
        Assert.True(record.HasPsk && record.HasPassphrase);
        var finding = Assert.Single(findings);
        Assert.Equal((FindingCode.FastConnectCredentials, Offset), (finding.Code, finding.Offset!.Value));
        foreach (string secret in new[] { "Network", "phrase", Psk })
            Assert.DoesNotContain(secret, finding.Message + record, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_OpenNetwork_IsFoundWhenItsPaddingIsClean()
    {
        byte[] open = Record("Guests", "", "");
        Assert.True(FastConnectReader.TryRead(Sector(open, true, false), Offset, null, out var record));
        Assert.False(record!.HasPsk || record.HasPassphrase);
        open[0x70] = 1;
        Assert.False(FastConnectReader.TryRead(Sector(open, true, false), Offset, null, out _));
    }

    [Fact]
    public void TryRead_OtherBytes_AreNoRecord()
    {
        var random = new Random(11);
        var noise = new byte[4096];
        for (int i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            Assert.False(FastConnectReader.TryRead(noise, Offset, null, out _));
        }
        foreach (byte fill in new byte[] { 0x00, 0xFF, 0x55, 0x41 })
        {
            noise.AsSpan().Fill(fill);
            Assert.False(FastConnectReader.TryRead(noise, Offset, null, out _));
        }
        byte[] record = Record("My Network", Psk, "pass phrase");
        for (int length = 0; length < record.Length; length++)
            Assert.False(FastConnectReader.TryRead(record.AsMemory(0, length), Offset, null, out _));
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void TryRead_AnySectorOfACorpusImage_IsNoRecord(string file)
    {
        // Their records were erased before they became the corpus; so every hit would be a false one.
        byte[] image = Corpus.Read(file);
        for (int offset = 0; offset + 4096 <= image.Length; offset += 4096)
            Assert.False(FastConnectReader.TryRead(image.AsMemory(offset, 4096), offset, null, out _), $"0x{offset:x}");
    }

    [Fact]
    public void BlankSector_IsErasedFlash() =>
        BytesAssert.Equal(Enumerable.Repeat((byte)0xFF, 4096).ToArray(), FastConnectRecord.BlankSector());
}

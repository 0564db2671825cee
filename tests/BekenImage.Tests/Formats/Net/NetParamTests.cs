using BekenImage.Formats.Net;
using BekenImage.Formats.Rf;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;

namespace BekenImage.Tests.Formats.Net;

public partial class NetParamTests
{
    private const long Offset = 0x1E1000;

    [Fact]
    public void TryRead_ATable_GivesItsItemsWithSecretsMasked()
    {
        byte[] bytes = Table();
        var findings = new List<Finding>();
        Assert.True(NetParamReader.TryRead(RfTestData.Sector(bytes), Offset, findings, out var table));
        Assert.Empty(findings);
        Assert.Equal((Offset, bytes.Length - 8, "02:11:22:33:44:55"), (table!.Offset, table.Length, table.Mac!.Value.ToString()));
        Assert.Equal(["auto connect", "MAC", "SSID and key", "IP, mask and gateway", "OpenBeken MQTT", "0x12345678"], table.Items.Select(item => item.Name));
        Assert.Equal(["1", "02:11:22:33:44:55", SecretMask.Text, "192.168.0.9 255.255.255.0 192.168.0.1", SecretMask.Text, ""], table.Items.Select(item => item.ValueText));
        Assert.Equal("net SECRET-1", table.Find(NetParamTags.SsidAndKey)!.RevealText());
        BytesAssert.Equal(RfTestData.Sector(bytes), NetParamWriter.ToSector(table));
        Assert.False(RfReader.TryRead(bytes, Offset, findings, out _));
    }

    [Fact]
    public void TryRead_RfTable_IsNoNetParam()
    {
        var findings = new List<Finding>();
        Assert.False(NetParamReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), Offset, findings, out _));
        Assert.Empty(findings);
    }

    [Fact]
    public void TryRead_CutOrFlippedAnywhere_NeverThrows()
    {
        byte[] bytes = Table();
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.False(NetParamReader.TryRead(bytes.AsMemory(0, i), Offset, null, out _));
            byte[] flipped = (byte[])bytes.Clone();
            flipped[i] ^= 0xFF;
            if (NetParamReader.TryRead(flipped, Offset, null, out var table))
                Assert.All(table!.Items, item => Assert.NotNull(item.RevealText()));
        }
        var findings = new List<Finding>();
        bytes[4] -= 1;
        Assert.False(NetParamReader.TryRead(bytes, Offset, findings, out _));
        Assert.Equal(FindingCode.NetParamDamaged, Assert.Single(findings).Code);
    }

    [Fact]
    public void WithMac_StationAddress_ChangesTheMacOnly()
    {
        NetParamReader.TryRead(Table(), Offset, null, out var table);
        MacAddress.TryParse("3a:00:00:00:00:01", out var mac);
        byte[] expected = Table();
        mac.ToArray().CopyTo(expected, 8 + 12 + 8);
        BytesAssert.Equal(expected, NetParamWriter.WithMac(table!, mac).Bytes.Span);

        Assert.Equal(FindingCode.NetParamMacRefused, Assert.Throws<BekenImageException>(() => NetParamWriter.WithMac(table!, default)).Code);
        NetParamReader.TryRead(RfTestData.Group(NetParamTags.Root, RfTestData.Item(0x11111111, "01000000")), Offset, null, out var bare);
        Assert.Equal(FindingCode.NetParamMacMissing, Assert.Throws<BekenImageException>(() => NetParamWriter.WithMac(bare!, mac)).Code);
    }

    [Fact]
    public void TryRead_ATableWithoutRoomForItsFirstItem_IsDamagedAndNotEmpty()
    {
        var findings = new List<Finding>();
        byte[] table = [.. RfTestData.Group(NetParamTags.Root), .. RfTestData.Item(0x11111111, "01000000")];
        Assert.False(NetParamReader.TryRead(table, Offset, findings, out _));
        Assert.Equal(FindingCode.NetParamDamaged, Assert.Single(findings).Code);
        table = [.. RfTestData.Group(NetParamTags.Root), .. RfTestData.Group(0x11111100, RfTestData.Item(0x11111101, "4E61BC00"))];
        Assert.False(BekenImage.Formats.Rf.RfReader.TryRead(table, Offset, findings, out _));
        Assert.Equal(FindingCode.RfTableDamaged, findings[1].Code);
    }

    [Fact]
    public void WithoutSecrets_ATable_LeavesNoneAndKeepsTheRest()
    {
        NetParamReader.TryRead(Table(), Offset, null, out var table);
        var clean = NetParamWriter.WithoutSecrets(table!);
        Assert.Equal(-1, clean.Bytes.Span.IndexOf("SECRET"u8));
        Assert.Equal(table!.Items.Where(item => !item.IsSecret).Select(item => item.ValueText), clean.Items.Where(item => !item.IsSecret).Select(item => item.ValueText));
        Assert.Equal(table.Bytes.Length, clean.Bytes.Length);
    }
}

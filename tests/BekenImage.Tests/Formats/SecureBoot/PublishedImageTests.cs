using System.Text;
using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.SecureBoot;

/// <summary>The images the vendor published with their key, from package to signature. The cipher is the tests' own.</summary>
public class PublishedImageTests
{
    private const string Package = "armino/BK7236_BKDLV10_published_k09da.bin";
    private const string Update = "armino/BK7236_ota_published_k09da.bin";

    [Fact]
    public void Package_Published_ListsItsPartitions_AndItsAppVerifies()
    {
        var keys = Keys();
        var package = ReadPackage(Corpus.Read(Package));
        Assert.Empty(package.Findings);
        Assert.Equal((DownloadKind.Bkdl, 2), (package.Kind, package.Images.Count));
        Assert.Equal([(0x1000u, 0x1000u), (0x23000u, 0x1FD000u)], package.Images.Select(image => (image.PartitionOffset, image.PartitionLength)));
        Assert.All(package.Images, image => Assert.True(image.CrcOk));

        Assert.True(SecurePartitionTable.TryRead(Decipher(package.Images[0], keys), out var table, 0x1000));
        Assert.Empty(table!.Findings);
        Assert.Equal(1, table.Version);
        // Format notes 4.4, "published secure BK7236".
        foreach (var (name, offset) in new (string, uint)[]
        {
            ("bl1_control", 0), ("partition", 0x1000), ("sys_rf", 0x2000), ("primary_manifest", 0x3000), ("bl2", 0x4000), ("sys_its", 0x1C000),
            ("sys_ps", 0x1E000), ("sys_net", 0x20000), ("easyflash", 0x21000), ("primary_all", 0x23000), ("secondary_all", 0x220000),
        })
            Assert.Equal((name, (uint?)offset), (name, table.Find(name)?.Offset));
        Assert.Equal(0x1FD000u, table.Find("primary_all")!.Length);

        Assert.True(McuBootImage.TryRead(Decipher(package.Images[1], keys), out var image));
        Assert.Empty(image!.Verify(keys));
        Assert.True(image.HashOk);
        Assert.True(image.CheckSignature().IsValid);
        Assert.Equal("a57201fa6db77126d2b1fdc08444e21827cced37dc81f542a0e7580bf1e0876c", image.PublicKeyHash);
    }

    [Fact]
    public void Package_Published_WithAFlippedByteAnywhere_SaysWhichImage()
    {
        byte[] bytes = Corpus.Read(Package);
        foreach (int at in new[] { 9, 13, 19, 21, 33, 40, 63, 64, 95, 0x60, 0x60 + 17, 0x671, 0x6D1, 0x6D2, 0x100000, bytes.Length - 1 })
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x40;
            Assert.Contains(ReadPackage(changed).Findings, finding => finding.Severity == FindingSeverity.Error);
        }
    }

    [Fact]
    public void App_Published_WithAFlippedByteInEachRegion_FailsWhereItMust()
    {
        var keys = Keys();
        byte[] plain = Decipher(ReadPackage(Corpus.Read(Package)).Images[1], keys);
        Assert.True(McuBootImage.TryRead(plain, out var image));
        foreach (var tlv in image!.Tlvs)
            AssertFails((int)tlv.Offset + 10, keys, plain);
        AssertFails(0x11, keys, plain);
        AssertFails(0x800, keys, plain);
        AssertFails(0x1000, keys, plain);
        AssertFails((int)image.HeaderSize + (int)image.PayloadLength - 1, keys, plain);
    }

    [Fact]
    public void Update_Published_HasRightCrcsAndPages_AndItsSignatureVerifies()
    {
        var keys = Keys();
        Assert.True(McuUpdatePackage.TryRead(Corpus.Read(Update), out var package));
        Assert.Empty(package!.Findings);
        var body = Assert.Single(package.Images);
        Assert.Equal((0x23000u, false, 5u), (body.FlashAddress, body.IsClear, body.SecurityCounter));
        byte[] stored = PlainFormats.Strip(body.Data.Span, out int wrong);
        Assert.Equal((0, 61184), (wrong, body.Data.Length / 34));
        byte[] plain = SyntheticAesPages.Cipher(Hex(keys), CodePartitionData.FirstPage(new FlashRange(0x23000, 0x1000)) / 34 * 32, stored, encrypt: false);
        Assert.True(McuBootImage.TryRead(plain, out var image));
        Assert.Empty(image!.Verify(keys));
        Assert.True(image.CheckSignature().IsValid);
    }

    private static void AssertFails(int at, SecureBootKeys keys, byte[] plain)
    {
        plain[at] ^= 1;
        Assert.True(McuBootImage.TryRead(plain, out var image));
        Assert.Contains(image!.Verify(keys), finding => finding.Severity == FindingSeverity.Error);
        plain[at] ^= 1;
    }

    private static byte[] Decipher(DownloadImage image, SecureBootKeys keys)
    {
        long first = CodePartitionData.FirstPage(image.PartitionRange);
        byte[] stored = PlainFormats.Strip(image.Data.Span.Slice((int)(first - image.FlashAddress)), out _);
        return SyntheticAesPages.Cipher(Hex(keys), first / 34 * 32, stored, encrypt: false);
    }

    private static string Hex(SecureBootKeys keys) => Convert.ToHexString(keys.FlashKey!.Value.Span);

    private static SecureBootKeys Keys()
    {
        Assert.True(SecureBootKeys.TryReadText(Encoding.UTF8.GetString(Corpus.Read("armino/BK7236_published_keys.json")), out var keys));
        return keys!;
    }

    private static DownloadPackage ReadPackage(byte[] bytes)
    {
        Assert.True(DownloadPackage.TryRead(bytes, out var package));
        return package!;
    }
}

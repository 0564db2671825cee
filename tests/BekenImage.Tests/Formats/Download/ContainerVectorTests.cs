using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.NvsKey;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Download;

/// <summary>The vendor's packages from their parts, byte for byte. The flash cipher is the tests' own.</summary>
public class ContainerVectorTests
{
    private const string Key = "73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18";

    [Theory]
    [InlineData("secure-plain", false)]
    [InlineData("secure-aes", true)]
    public void Vendor_DownloadPackage_IsRebuiltFromItsParts(string folder, bool isEnciphered)
    {
        byte[] expected = Read(folder, "all-app.bin");
        byte[] table = Read(folder, "partition.bin");
        Assert.True(SecurePartitionTable.TryRead(table, out var partitions));
        Assert.True(NvsKeyRecord.TryRead(Read(folder, "nvs_key.bin"), out var nvsKey));
        var parts = new[]
        {
            new DownloadPart(RangeOf("bl2"), Code(Read(folder, "bl2.bin"), RangeOf("bl2"), withMarks: true)),
            new DownloadPart(RangeOf("partition"), table),
            new DownloadPart(RangeOf("primary_all"), Code(Read(folder, "primary_all_signed.bin"), RangeOf("primary_all"), withStatus: true)),
            new DownloadPart(RangeOf("wiz_mfr"), Factory()),
            new DownloadPart(RangeOf("nvs"), []),
            new DownloadPart(RangeOf("nvs_key"), CodePartitionData.LayOutCut(Cipher(nvsKey!.Write(), RangeOf("nvs_key")), RangeOf("nvs_key"))),
        };
        BytesAssert.Equal(expected, DownloadWriter.Pack(DownloadKind.Bl1, parts));

        Assert.True(DownloadPackage.TryRead(expected, out var package));
        Assert.Empty(package!.Findings);
        Assert.True(package.HeaderCrcCoversImages);
        Assert.Equal([0u, 0x18000u, 0x19000u, 0x3DC000u, 0x3DD000u, 0x3FD000u], package.Images.Select(image => image.FlashAddress));
        byte[] flash = package.ToFlash();
        Assert.Equal(0x3FE000, flash.Length);
        for (int i = 0; i < parts.Length; i++)
            BytesAssert.Equal(parts[i].Data.Span, flash.AsSpan((int)parts[i].Partition.Start, parts[i].Data.Length));
        Assert.Equal(0xFF, flash[0x1DB000]);

        FlashRange RangeOf(string name) => partitions!.Find(name)!.PhysicalRange;

        byte[] Cipher(byte[] plain, FlashRange range)
        {
            byte[] whole = [.. plain, .. Enumerable.Repeat((byte)0xFF, (32 - plain.Length % 32) % 32)];
            return isEnciphered ? SyntheticAesPages.Cipher(Key, CodePartitionData.FirstPage(range) / 34 * 32, whole, encrypt: true) : whole;
        }

        byte[] Code(byte[] plain, FlashRange range, bool withMarks = false, bool withStatus = false)
        {
            byte[] stored = Cipher(plain, range);
            if (withMarks)
            {
                "BK7236\0"u8.CopyTo(stored.AsSpan(0x100));
                new byte[] { 1, 2, 3, 0 }.CopyTo(stored, 0x120);
            }
            return CodePartitionData.LayOut(stored, range, withStatus);
        }

        byte[] Factory()
        {
            byte[] plain = Read(folder, "wiz_mfr.bin");
            byte[] encrypted = isEnciphered ? nvsKey!.Encrypt(plain) : [];
            return [.. encrypted, .. Enumerable.Repeat((byte)0xFF, 0x1000 - encrypted.Length)];
        }
    }

    [Theory]
    [InlineData("secure-plain")]
    [InlineData("secure-aes")]
    public void Vendor_UpdatePackage_IsRebuiltFromItsImage(string folder)
    {
        byte[] expected = Read(folder, "ota.bin");
        byte[] signed = Read(folder, "primary_all_signed.bin");
        BytesAssert.Equal(expected, McuUpdateWriter.Pack([new McuUpdatePart(0x19000, signed, 5)]));
        Assert.True(McuUpdatePackage.TryRead(expected, out var package));
        Assert.Empty(package!.Findings);
        var image = Assert.Single(package.Images);
        Assert.True(image.IsClear);
        BytesAssert.Equal(signed, image.Data.Span);
    }

    // The header of the published package names one enciphered body: the same body gives the same file.
    [Fact]
    public void Published_UpdatePackage_IsRebuiltFromItsEncipheredBody()
    {
        byte[] expected = Corpus.Read("armino/BK7236_ota_published_k09da.bin");
        BytesAssert.Equal(expected, McuUpdateWriter.Pack([new McuUpdatePart(0x23000, expected[64..], 5)]));
    }

    [Fact]
    public void Published_Package_IsRebuiltFromItsParts()
    {
        byte[] expected = Corpus.Read("armino/BK7236_BKDLV10_published_k09da.bin");
        Assert.True(DownloadPackage.TryRead(expected, out var package));
        BytesAssert.Equal(expected, DownloadWriter.Pack(DownloadKind.Bkdl,
            package!.Images.Select(image => new DownloadPart(image.PartitionRange, image.Data.ToArray())).ToList()));
    }

    private static byte[] Read(string folder, string file) => Corpus.ReadVector($"armino/container/{folder}/{file}");
}

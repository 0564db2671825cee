using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Editing;

public class DraftPartitionTableTests
{
    /// <summary>The bootloader's place, 0 to 0x11000: a header at its end, judged by the format notes alone.</summary>
    [Theory]
    [InlineData("N", "tuya")]
    [InlineData("T", "tuya")]
    [InlineData("SDK", "zero")]
    [InlineData("whole", "uascent")]
    public void Replace_OfASyntheticTable_RenewsTheHeaderThatCoversIt(string kind, string key)
    {
        var device = new SyntheticImage
        {
            Boot = kind switch { "T" => SyntheticBoot.T, "SDK" => SyntheticBoot.U, _ => SyntheticBoot.N },
            Key = Synthetic.Images.ToSynthetic(key), EnciphersTable = kind == "whole", HeaderJunk = 0x5A,
            Record = new SyntheticKeyRecord(kind == "SDK" ? SyntheticRecordKind.Sdk : SyntheticRecordKind.Tuya, SyntheticKey.Tuya),
        };
        byte[] image = device.Qio();
        AssertHeader(image, device);
        var fal = FlashImage.Parse(image).Fal!;
        BytesAssert.Equal(image, FlashImage.Parse(image).Edit().SetPartitionTable(fal.Partitions).ToArray());

        var download = new FalPartition("download", FalPartition.RawFlash, 0x140000, 0x80000);
        byte[] changed = FlashImage.Parse(image).Edit().SetPartitionTable(fal.With(download).Partitions).ToArray();

        AssertHeader(changed, device);
        Assert.NotEqual(image.AsSpan(device.Layout.BootHeader, 102).ToArray(), changed.AsSpan(device.Layout.BootHeader, 102).ToArray());
        var read = FlashImage.Parse(changed).Fal!.Find("download")!;
        Assert.Equal((0x140000u, 0x80000u), (read.Offset, read.Length));
        BytesAssert.Equal(image.AsSpan(0x11000), changed.AsSpan(0x11000));
    }

    // CRC-32 and FNV hash over the stored payload, and over the header itself.
    private static void AssertHeader(byte[] image, SyntheticImage device)
    {
        byte[] header = PlainFormats.Strip(image.AsSpan(device.Layout.BootHeader, PlainFormats.HeaderPages), out int wrong);
        Assert.Equal(0, wrong);
        int size = (int)PlainFormats.Word(header, 0x54);
        byte[] stored = PlainFormats.Strip(image.AsSpan(0, (size + 31) / 32 * 34), out wrong).AsSpan(0, size).ToArray();
        Assert.Equal(0, wrong);
        int padding = (int)PlainFormats.Word(header, 0x58) - size;
        Assert.Equal(PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()), PlainFormats.Word(header, 0x5C));
        Assert.Equal(PlainFormats.Fnv(stored), PlainFormats.Word(header, 0x50));
        Assert.Equal(PlainFormats.Crc32(stored, Enumerable.Repeat((byte)padding, padding).ToArray()), PlainFormats.Word(header, 0x4C));
    }
}

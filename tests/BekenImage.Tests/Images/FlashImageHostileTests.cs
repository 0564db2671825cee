using System.Diagnostics;
using System.Text;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>Nothing in a file makes reading throw or take long.</summary>
public class FlashImageHostileTests
{
    [Fact]
    public void Empty_IsUnknown()
    {
        var image = FlashImage.Parse([]);

        Assert.Equal((ImageKind.Unknown, BekenChip.Unknown, 0), (image.Kind, image.Chip, image.Length));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", image.Sha256);
        Properties.Touch(image);
        Assert.False(ImageVerifier.Verify(image).Boots);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0x55)]
    public void OneByteOverAndOver_IsUnknown(int value)
    {
        foreach (int length in new[] { 1, 33, 34, 4096, 0x11000, 0x200000 })
        {
            var image = FlashImage.Parse(Filled(length, (byte)value));
            Assert.Equal(ImageKind.Unknown, image.Kind);
            Assert.Equal(value is 0 or 0xFF, image.Findings.Any(finding => finding.Code == FindingCode.Blank));
            Properties.Touch(image);
            var verdict = ImageVerifier.Verify(image);
            Assert.False(verdict.Boots);
            Assert.Equal(length == 0x200000 ? false : null, verdict.Backup);
        }
    }

    [Fact]
    public void Text_IsUnknown()
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("A text file is no flash image. ", 5000)));

        Assert.Equal(ImageKind.Unknown, FlashImage.Parse(text).Kind);
        Assert.Contains(FlashImage.Parse(text).Findings, finding => finding.Code == FindingCode.NotRecognised);
    }

    [Fact]
    public void EveryShortLength_OfEveryStart_NeverThrows()
    {
        byte[][] starts =
        [
            SyntheticImages.ObkN, SyntheticImages.ObkM, SyntheticImage.ObkNFirmware().Ua(), SyntheticImage.ObkNFirmware(SyntheticKey.Zero).StoredApp(),
            new SyntheticImage().StoredBootloader(), PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, "x")), RfTestData.CompleteTable(),
            [0x55, 0xAA, 0x55, 0xAA, .. new byte[0x18], 0xAA, 0x55, 0xAA, 0x55], "01PE"u8.ToArray(), SyntheticPrograms.Noise(200, 4),
        ];
        foreach (byte[] start in starts)
        {
            for (int length = 0; length <= Math.Min(200, start.Length); length++)
                Properties.Touch(FlashImage.Parse(start.AsMemory(0, length)));
        }
    }

    [Fact]
    public void TruncatedImages_NeverThrow_AndSplitBackExactly()
    {
        byte[] dump = SyntheticImages.TuyaN;
        int[] around = [34, 68, 0x1000, 0x2EDC, 0x10F9A, 0x11000, 0x1AF00, 0x129F0A, 0x129F70, 0x12A000, 0x132000, 0x1D0000, 0x1D1000, 0x200000];
        foreach (int length in around.SelectMany(at => new[] { at - 33, at - 1, at, at + 1, at + 17, at + 34 }).Where(length => length is > 0 and <= 0x200000))
        {
            var image = FlashImage.Parse(dump.AsMemory(0, length));
            Properties.Touch(image);
            var split = ImageSplitter.Split(image);
            BytesAssert.Equal(image.Source.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        }
    }

    [Fact]
    public void RandomGarbage_NeverThrows()
    {
        var random = new Random(20261124);
        for (int i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 0x3000)];
            random.NextBytes(bytes);
            Properties.Touch(FlashImage.Parse(bytes));
        }
    }

    [Fact]
    public void RandomMutations_NeverThrow_AndSplitBackExactly()
    {
        // Small: bootloader, an app of a few pages, RF and a package, so that hits are frequent.
        byte[] table = [.. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x2000, true), .. PlainFormats.FalEntry("download", "beken_onchip", 0x14000, 0x4000, true)];
        byte[] app = SyntheticPrograms.App(0x1875, SyntheticImage.ObkN);
        byte[] image = Filled(0x1C000, 0xFF);
        new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.BootContainer().CopyTo(image, 0);
        PlainFormats.Container(app, PlainFormats.Header(app, "app", "1", 1), 0x2200).CopyTo(image, 0x11000);
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x2000, "x")).CopyTo(image, 0x14000);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(image, 0x18000);
        Assert.Equal(3, FlashImage.Parse(image).Containers.Count);

        int[] hot = [0, 0x20, 0x2EDC / 32 * 34 - 0x100, 0x10F9A, 0x11000, 0x1319A, 0x14000, 0x14054, 0x18000, 0x18008];
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            byte[] mutated = (byte[])image.Clone();
            for (int flips = random.Next(1, 12); flips > 0; flips--)
            {
                int at = random.Next(3) == 0 ? random.Next(mutated.Length) : hot[random.Next(hot.Length)] + random.Next(0x100);
                mutated[at] = random.Next(4) switch { 0 => 0xFF, 1 => 0, 2 => (byte)(mutated[at] ^ 1 << random.Next(8)), _ => (byte)random.Next(256) };
            }
            var parsed = FlashImage.Parse(mutated.AsMemory(0, random.Next(5) == 0 ? random.Next(mutated.Length) : mutated.Length));
            Properties.Touch(parsed);
            var split = ImageSplitter.Split(parsed);
            BytesAssert.Equal(parsed.Source.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        }
    }

    // Whole-page CRCs do not survive random flips, so headers and tables are changed inside, and their pages and CRCs made right again.
    [Fact]
    public void MutationsBehindRightChecksums_NeverThrow()
    {
        var random = new Random(11);
        for (int i = 0; i < 150; i++)
        {
            byte[] table = SyntheticLayout.N.Table();
            for (int n = 0; n < 6; n++)
                table[64 * random.Next(3) + 0x34 + random.Next(8)] = (byte)random.Next(256);
            byte[] app = SyntheticPrograms.App(0x1875, SyntheticImage.ObkN);
            byte[] header = PlainFormats.Header(app, "app", "1", 1);
            for (int n = 0; n < 4; n++)
                header[random.Next(4) == 0 ? 4 + random.Next(2) : 0x54 + random.Next(8)] = (byte)random.Next(256);
            PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
            byte[] image = Filled(0x20000, 0xFF);
            new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.BootContainer().CopyTo(image, 0);
            PlainFormats.Container(app, header, 0x2200).CopyTo(image, 0x11000);
            header.CopyTo(image, 0x18000);

            var parsed = FlashImage.Parse(image);
            Properties.Touch(parsed);
            var split = ImageSplitter.Split(parsed);
            BytesAssert.Equal(parsed.Source.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        }
    }

    public static TheoryData<string, int> Floods => new()
    {
        { "RBL", 2 }, { "RBL plausible", 2 }, { "RBL valid", 2 }, { "RBL striped", 2 }, { "TLV", 2 }, { "TLV tables", 2 }, { "01PE", 2 }, { "FAL entries", 2 },
        { "CFG", 2 }, { "OpenBK", 2 }, { "vectors", 2 }, { "pages of app vectors", 2 }, { "pages", 2 }, { "64 partitions", 2 },
        { "TLV tables", 64 }, { "RBL plausible", 64 }, { "pages", 64 }, { "zeros", 64 },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Flood_IsReadQuickly(string what, int megabytes)
    {
        byte[] bytes = Flood(what, megabytes * 0x100000);
        var watch = Stopwatch.StartNew();

        var image = FlashImage.Parse(bytes);
        Properties.Touch(image);
        ImageSplitter.Split(image);

        // Well under a second each on an idle machine; busy ones get room, quadratic work would take minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(megabytes == 2 ? 10 : 40), $"{what}: {watch.Elapsed}");
    }

    private static byte[] Flood(string what, int length)
    {
        byte[] unit = what switch
        {
            "RBL" => "RBL\0"u8.ToArray(),
            "RBL plausible" => "RBL\0\0\0\0\0"u8.ToArray(),
            "RBL valid" => ValidHeader(),
            "RBL striped" => PlainFormats.Pages(ValidHeader()),
            "TLV" => "TLV\0"u8.ToArray(),
            "TLV tables" => RfTestData.Sector(RfTestData.CompleteTable()),
            "01PE" => "01PE"u8.ToArray(),
            "FAL entries" => PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, true),
            "CFG" => [.. "CFG\0\x05\0\0\0"u8, .. new byte[4088]],
            "OpenBK" => "\0OpenBK"u8.ToArray(),
            "vectors" => Vectors(),
            "pages of app vectors" => PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Zero, 0, Vectors())),
            "pages" => PlainFormats.Pages(new byte[32]),
            "zeros" => [0],
            "64 partitions" => FlashImageSyntheticTests.GarbageTable("many").Dump(),
            _ => throw new ArgumentException(what),
        };
        var bytes = new byte[length];
        for (int at = 0; at < length; at += unit.Length)
            unit.AsSpan(0, Math.Min(unit.Length, length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static byte[] Vectors()
    {
        var program = new byte[0x40];
        SyntheticPrograms.Vectors(program, 0xEA00000E, 0x106C0);
        return program;
    }

    // States a raw size of two megabytes each.
    private static byte[] ValidHeader()
    {
        byte[] header = PlainFormats.Header(new byte[16], "app", "1", 1);
        PlainFormats.Put(header, 0x54, 0x1F0000);
        PlainFormats.Put(header, 0x58, 0x1F0010);
        PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
        return header;
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}

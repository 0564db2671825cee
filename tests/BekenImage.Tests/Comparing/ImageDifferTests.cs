using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Comparing;

/// <summary>The same content in other forms, other content in the same form.</summary>
public class ImageDifferTests
{
    private static readonly byte[] Device = SyntheticImage.TuyaNDevice().Dump();

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void CorpusImage_WithItself_IsIdentical(string file)
    {
        byte[] bytes = Corpus.Read(file);
        var comparison = Compare(bytes, (byte[])bytes.Clone());
        Assert.Equal((true, true, 0), (comparison.IsIdentical, comparison.IsSameContent, comparison.Differences.Count));
        Assert.NotEmpty(comparison.SameAreas);
    }

    [Fact]
    public void RotatedRead_IsTheSameContent()
    {
        const int rotation = 0x11000;
        byte[] rotated = [.. Device[rotation..], .. Device[..rotation]];
        var comparison = Compare(Device, rotated);
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((DifferenceArea.Rotation, (object)0L, (object)(long)rotation), (difference.Area, difference.A, difference.B));
        Assert.Equal((false, true), (comparison.IsIdentical, comparison.IsSameContent));
    }

    [Fact]
    public void RotatedRead_WithAnEdit_HasBoth()
    {
        byte[] rotated = [.. Device[0x11000..], .. Device[..0x11000]];
        byte[] edited = FlashImage.Parse(rotated).Edit().SetMac(new MacAddress([2, 9, 9, 9, 9, 9])).ToArray();
        var comparison = Compare(Device, edited);
        Assert.Equal([DifferenceArea.Rf, DifferenceArea.Rotation], Areas(comparison));
        Assert.False(comparison.IsSameContent);
    }

    [Fact]
    public void DoubledRead_IsTheSameContent()
    {
        var comparison = Compare([.. Device, .. Device], Device);
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((DifferenceArea.Length, (object)0x400000L, (object)0x200000L), (difference.Area, difference.A, difference.B));
        Assert.True(comparison.IsSameContent);
    }

    [Fact]
    public void CutRead_LacksWhatLiesBehindItsEnd()
    {
        var comparison = Compare(Device, Device[..0x1D0000]);
        Assert.False(comparison.IsSameContent);
        Assert.Contains(comparison.Differences, difference => difference is { Area: DifferenceArea.Rf, Kind: DifferenceKind.Removed, OffsetA: 0x1D0000, OffsetB: null });
        Assert.Contains(DifferenceArea.Length, Areas(comparison));
        Assert.DoesNotContain(DifferenceArea.App, Areas(comparison));
        Assert.All(comparison.Differences.Where(difference => difference.Area != DifferenceArea.Length),
            difference => Assert.Equal(DifferenceKind.Removed, difference.Kind));
    }

    // Made under each key by the test's own cipher.
    [Fact]
    public void SameImageUnderAnotherKey_DiffersInTheKeyAlone()
    {
        var comparison = Compare(SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump(), Device);
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((DifferenceArea.Key, "zero", "tuya"), (difference.Area, difference.A, difference.B));
        Assert.True(comparison.IsSameContent);
    }

    [Fact]
    public void OtherFirmwareUnderAnotherKey_IsComparedDeciphered()
    {
        var comparison = Compare(
            SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Qio(),
            new SyntheticImage { App = SyntheticPrograms.App(0xC010, "OpenBK7231N_1.18.301", seed: 3), AppVersion = "1.18.301" }.Qio());
        Assert.Equal([DifferenceArea.App, DifferenceArea.Container, DifferenceArea.Key], Areas(comparison));
        var version = Assert.Single(comparison.Differences, difference => difference.Name == "version");
        Assert.Equal(("OpenBeken 1.18.300", "OpenBeken 1.18.301"), (version.A, version.B));
        Assert.Contains(comparison.Differences, difference => difference is { Name: "string", B: string text } && text.Contains("1.18.301", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadWithoutPageCrcs_IsTheSameContent()
    {
        byte[] qio = SyntheticImage.ObkNFirmware().Qio();
        byte[] logical = qio.Chunk(34).SelectMany(page => page.Take(32)).ToArray();
        foreach (var comparison in new[] { Compare(qio, logical), Compare(logical, qio) })
        {
            Assert.Equal([DifferenceArea.Length, DifferenceArea.Other], Areas(comparison));
            Assert.Equal("stored", comparison.Differences[1].Name);
            Assert.True(comparison.IsSameContent);
        }
    }

    [Fact]
    public void ReadWithoutPageCrcs_WithAnotherByte_IsNotTheSameContent()
    {
        byte[] qio = SyntheticImage.ObkNFirmware().Qio();
        byte[] logical = qio.Chunk(34).SelectMany(page => page.Take(32)).ToArray();
        logical[0x12345] ^= 1;
        var comparison = Compare(qio, logical);
        Assert.False(comparison.IsSameContent);
        Assert.Contains(DifferenceArea.App, Areas(comparison));
    }

    [Fact]
    public void Archive_OfAnImage_IsTheSameContent()
    {
        var comparison = Compare(SyntheticArchive.Zip(("a.bin", Device)), Device);
        var difference = Assert.Single(comparison.Differences);
        Assert.Equal((DifferenceArea.Other, "file", "archive", "dump"), (difference.Area, difference.Name, difference.A, difference.B));
        Assert.Equal((false, true), (comparison.IsIdentical, comparison.IsSameContent));
    }

    [Fact]
    public void PageCrcAlone_IsADifferenceOfItsProgram()
    {
        byte[] other = (byte[])Device.Clone();
        other[0x11000 + 34 * 20 + 33] ^= 1;
        var difference = Assert.Single(Compare(Device, other).Differences);
        Assert.Equal((DifferenceArea.App, "page CRCs", 0x11000 + 34 * 20 + 33L, 1L), (difference.Area, difference.Name, difference.OffsetA, difference.Length));
    }

    [Fact]
    public void RfTable_AtAnotherPlace_IsMoved()
    {
        byte[] other = (byte[])Device.Clone();
        other.AsSpan(0x1D0000, 0x1000).CopyTo(other.AsSpan(0x1F8000));
        other.AsSpan(0x1D0000, 0x1000).Fill(0xFF);
        var difference = Assert.Single(Compare(Device, other).Differences);
        Assert.Equal((DifferenceArea.Rf, DifferenceKind.Moved, 0x1D0000L, 0x1F8000L), (difference.Area, difference.Kind, difference.OffsetA, difference.OffsetB));
    }

    [Fact]
    public void StagedUpdate_ThatIsGone_IsSaid()
    {
        byte[] with = SyntheticImage.TuyaNDevice().WithPackage().Dump();
        var difference = Assert.Single(Compare(with, Device).Differences);
        Assert.Equal((DifferenceArea.Download, DifferenceKind.Removed, "update"), (difference.Area, difference.Kind, difference.Name));
        Assert.Equal(SyntheticLayoutOffset, difference.OffsetA);
    }

    private static long SyntheticLayoutOffset => SyntheticImage.TuyaNDevice().Layout.DownloadOffset;

    [Fact]
    public void Secrets_AreMaskedAndToldApart()
    {
        var image = FlashImage.Parse(DataImages.Full());
        var other = image.Edit().SetObk("wifiPass", "another pass phrase").ToImage();
        var masked = Assert.Single(ImageDiffer.Compare(image, other).Differences);
        Assert.Equal(("wifiPass", SecretMask.Text, SecretMask.Text + " (another)"), (masked.Name, masked.A, masked.B));
        var shown = Assert.Single(ImageDiffer.Compare(image, other, showSecrets: true).Differences);
        Assert.Equal(("pass phrase C", "another pass phrase"), (shown.A, shown.B));
    }

    [Fact]
    public void NoDifference_ShowsASecret()
    {
        byte[] full = DataImages.Full();
        var blank = FlashImage.Parse(SyntheticImage.TuyaNDevice().Dump());
        var sanitized = FlashImage.Parse(full).Edit().Sanitize().ToImage();
        foreach (var comparison in new[] { ImageDiffer.Compare(FlashImage.Parse(full), sanitized), ImageDiffer.Compare(blank, FlashImage.Parse(full)) })
        {
            string all = string.Join("\n", comparison.Differences.Select(difference => $"{difference.Name} {difference.A} {difference.B}"));
            Assert.All(DataImages.Secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        }
    }

    // Each byte of an image belongs to some area, whatever becomes of the image by it.
    [Fact]
    public void AnyByte_ThatDiffers_IsADifference()
    {
        var random = new Random(13);
        foreach (byte[] image in new[] { DataImages.Full(), Device, SyntheticImage.ObkNFirmware().Ua() })
        {
            var before = FlashImage.Parse(image);
            for (int i = 0; i < 25; i++)
            {
                byte[] other = (byte[])image.Clone();
                int at = i < 5 ? i * 0x40 : random.Next(image.Length);
                other[at] ^= (byte)random.Next(1, 256);
                var comparison = ImageDiffer.Compare(before, FlashImage.Parse(other));
                Assert.False(comparison.IsIdentical);
                Assert.False(comparison.IsSameContent, $"byte 0x{at:x}");
                Assert.NotEmpty(comparison.Differences);
            }
        }
    }

    [Fact]
    public void ArminoImages_HaveTheirProgramsCompared()
    {
        byte[] one = SyntheticArmino.Dump(SyntheticArmino.Linear(null,
            (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (0x11000, SyntheticArmino.Program(0x4000, 0x10000, 1))), 0x800000);
        byte[] other = (byte[])one.Clone();
        other[0x11000 + 34 * 50] ^= 1;
        other[0x700000] = 0;
        var comparison = Compare(one, other);
        Assert.False(comparison.IsSameContent);
        Assert.True(comparison.Differences.Count >= 2, string.Join(", ", comparison.Differences));
        Assert.Contains(comparison.Differences, difference => difference.OffsetB <= 0x700000 && difference.OffsetB + difference.Length > 0x700000);
    }

    [Fact]
    public void LargestImages_AreComparedInShortTime()
    {
        var random = new Random(5);
        byte[] a = new byte[FlashImage.MaximumLength];
        byte[] b = new byte[FlashImage.MaximumLength];
        random.NextBytes(a);
        random.NextBytes(b);
        var (first, second) = (FlashImage.Parse(a), FlashImage.Parse(b));
        _ = (first.Findings, second.Findings);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(ImageDiffer.Compare(first, second).Differences);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static ImageComparison Compare(byte[] a, byte[] b) => ImageDiffer.Compare(FlashImage.Parse(a), FlashImage.Parse(b));

    private static DifferenceArea[] Areas(ImageComparison comparison) => comparison.Differences.Select(difference => difference.Area).Distinct().ToArray();
}

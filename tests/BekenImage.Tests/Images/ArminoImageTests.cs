using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Images;

/// <summary>
/// Images of BK7236, BK7258 and their kin: physical tables, the mark at 0x110, the AES cipher. Synthetic ones are made by
/// <see cref="SyntheticArmino"/>; the facts of the real ones are those of the format notes (armino.md, 4.1 and 6.2) and the vectors' inputs.
/// </summary>
public class ArminoImageTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + 3)).ToArray();

    private static readonly byte[] App = SyntheticArmino.Program(0x9001, 0x10000, 2);

    private static readonly byte[] App1 = SyntheticArmino.Program(0x5000, 0x110000, 3);

    private static byte[] T5(byte[]? key = null) => SyntheticArmino.Linear(
        key, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (0x11000, App), (0x121000, App1));

    private static byte[] BK7236() => SyntheticArmino.Linear(null, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236)), (0x11000, App));

    [Fact]
    public void Linear_OfT5_HasItsProgramsAtTheTablesPhysicalAddresses()
    {
        var image = FlashImage.Parse(T5());

        Assert.Equal((ImageKind.Qio, BekenChip.BK7258, "zero"), (image.Kind, image.Chip, image.Key.Name));
        Assert.Equal(
            ["bootloader 0x0..0x11000", "app 0x11000..0x121000", $"app1 0x121000..0x{image.Length:x}"],
            image.Partitions.Select(partition => partition.ToString()));
        Assert.Equal(9, image.Fal!.Partitions.Count);
        Assert.Empty(image.Findings);
    }

    [Fact]
    public void Dump_OfT5_IsOneOfEightMebibytes()
    {
        var image = FlashImage.Parse(SyntheticArmino.Dump(T5(), 0x800000));

        Assert.Equal((ImageKind.Dump, BekenChip.BK7258), (image.Kind, image.Chip));
        Assert.Equal(new FlashRange(0x473000, 0x256000), image.FindPartition("download")!.Range);
        Assert.Equal(new FlashRange(0x121000, 0x352000), image.FindPartition("app1")!.Range);
        // Given away by the later table.
        Assert.Null(image.FindPartition("app2"));
    }

    [Fact]
    public void Linear_WithoutSecondCore_IsTakenForBK7236()
    {
        var image = FlashImage.Parse(BK7236());

        Assert.Equal((ImageKind.Qio, BekenChip.BK7236), (image.Kind, image.Chip));
        Assert.Equal(0x11000, image.FindPartition("app")!.Offset);
    }

    [Fact]
    public void Dump_ReadFromTheAppOn_IsRotatedBack()
    {
        byte[] dump = SyntheticArmino.Dump(T5(), 0x800000);
        byte[] rotated = [.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)];

        var image = FlashImage.Parse(rotated);

        Assert.Equal((0x11000, BekenChip.BK7258), (image.Rotation, image.Chip));
        Assert.Equal(dump, image.Bytes.ToArray());
    }

    [Theory]
    [InlineData("app")]
    [InlineData("app1")]
    public void Decode_GivesTheProgram(string name)
    {
        var image = FlashImage.Parse(T5());

        byte[] program = name == "app" ? App : App1;
        Assert.Equal(program, image.Extract(image.FindPartition(name)!).Slice(0, program.Length).ToArray());
    }

    // ---- without page CRCs -----------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Logical_OfT5_HasItsProgramsAtTheirLogicalAddresses()
    {
        byte[] pages = T5();
        byte[] logical = Enumerable.Range(0, pages.Length / 34).SelectMany(page => pages.Skip(page * 34).Take(32)).ToArray();

        var image = FlashImage.Parse(logical);

        Assert.Equal((ImageKind.Qio, BekenChip.BK7258, StoredForm.Logical), (image.Kind, image.Chip, image.Stored));
        Assert.Equal([0L, 0x10000, 0x110000], image.Partitions.Select(partition => partition.Offset));
    }

    [Fact]
    public void BootloaderFile_IsOne()
    {
        var image = FlashImage.Parse(SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5));

        Assert.Equal((ImageKind.Bootloader, BekenChip.BK7258), (image.Kind, image.Chip));
    }

    [Fact]
    public void AppFile_IsAnApp()
    {
        var image = FlashImage.Parse(App);

        Assert.Equal((ImageKind.App, BekenChip.Unknown), (image.Kind, image.Chip));
        Assert.Equal(0x10000, image.FindPartition("app")!.LogicalStart!.Value.Value);
    }

    // ---- the cipher ------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Encrypted_WithoutItsKey_IsRecognisedAndStaysEncrypted()
    {
        var image = FlashImage.Parse(SyntheticArmino.Dump(T5(Key), 0x800000));

        Assert.False(image.Key.IsKnown);
        Assert.Equal(BekenChip.BK7258, image.Chip);
        var app = image.FindPartition("app")!;
        Assert.True(app.IsEncrypted);
        Assert.Equal(0x11000, app.Offset);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyUnknown);
        Assert.Throws<BekenImageException>(() => image.Extract(app));
    }

    [Fact]
    public void Encrypted_WithItsKey_GivesThePrograms()
    {
        var image = FlashImage.Parse(T5(Key), new FlashImageOptions { AesKey = new AesFlashKey(Key) });

        Assert.Equal((new AesFlashKey(Key), AesFlashVariant.WordSwapped, KeySource.Given), (image.Key.Aes, image.Key.AesVariant, image.Key.Source));
        Assert.Null(image.Key.Value);
        Assert.Equal(BekenChip.BK7258, image.Chip);
        Assert.Equal(App1, image.Extract(image.FindPartition("app1")!).Slice(0, App1.Length).ToArray());
    }

    [Fact]
    public void Encrypted_WithADamagedMark_IsOpenedByItsKey()
    {
        byte[] bytes = T5(Key);
        bytes[0x110] ^= 1;
        var image = FlashImage.Parse(bytes, new FlashImageOptions { AesKey = new AesFlashKey(Key) });

        // Without the mark nothing tells the chip.
        Assert.Equal((ImageKind.Qio, BekenChip.Unknown), (image.Kind, image.Chip));
        Assert.Equal(["bootloader-pages"], ImageVerifier.Verify(image).Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Name));
    }

    [Fact]
    public void Encrypted_UnderAPublishedKey_IsOpenedWithoutBeingTold()
    {
        var image = FlashImage.Parse(T5(AesFlashKey.SdkExample.ToArray()));

        Assert.Equal(("sdk-example", KeySource.Vectors), (image.Key.Name, image.Key.Source));
    }

    [Fact]
    public void Encrypted_WithAWrongKey_SaysSoAndGivesNoBytes()
    {
        var image = FlashImage.Parse(T5(Key), new FlashImageOptions { AesKey = new AesFlashKey(new byte[32]) });

        Assert.False(image.Key.IsKnown);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
        Assert.Throws<BekenImageException>(() => image.Extract(image.FindPartition("app")!));
    }

    [Fact]
    public void Plain_WithAnAesKey_IsReadWithoutIt()
    {
        var image = FlashImage.Parse(T5(), new FlashImageOptions { AesKey = new AesFlashKey(Key) });

        Assert.Equal("zero", image.Key.Name);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
    }

    [Fact]
    public void OldImage_WithAnAesKey_IsReadWithoutIt()
    {
        var image = FlashImage.Parse(Synthetic.Images.TuyaN, new FlashImageOptions { AesKey = new AesFlashKey(Key) });

        Assert.True(image.Key.Value.HasValue);
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
    }

    // ---- split, merge, put -----------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Split_AndMerge_GiveTheImageBack(bool encrypted)
    {
        byte[] bytes = SyntheticArmino.Dump(T5(encrypted ? Key : null), 0x800000);
        var split = ImageSplitter.Split(FlashImage.Parse(bytes, new FlashImageOptions { AesKey = encrypted ? new AesFlashKey(Key) : null }));

        Assert.Equal(App, split.Contents["app.bin"].Slice(0, App.Length).ToArray());
        Assert.Equal(bytes, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merge_OfAnEditedApp_GivesWhatTheNotesMakeOfIt(bool encrypted)
    {
        byte[]? key = encrypted ? Key : null;
        byte[] other = (byte[])App1.Clone();
        other[0x123] ^= 1;
        var options = new FlashImageOptions { AesKey = encrypted ? new AesFlashKey(Key) : null };
        var split = ImageSplitter.Split(FlashImage.Parse(T5(key), options));

        byte[] merged = ImageMerger.Merge(split.Manifest, name => name == "app1.bin" ? (byte[])[.. other] : split.Contents[name]);

        var bootloader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5);
        Assert.Equal(SyntheticArmino.Linear(key, (0, bootloader), (0x11000, App), (0x121000, other)), merged);
    }

    [Fact]
    public void Put_OfAnAppOfTheOlderChips_IsRefused()
    {
        byte[] old = SyntheticPrograms.Noise(0x2000, 9);
        SyntheticPrograms.Vectors(old, 0xEA00000E, 0x106C0);

        var error = Assert.Throws<ImageGuardException>(() => FlashImage.Parse(SyntheticArmino.Dump(T5(), 0x800000)).Edit().Put("app", old));
        Assert.Equal(FindingCode.ChipsDiffer, error.Code);
    }

    [Fact]
    public void Put_OfAnArminoAppOnAnOlderChip_IsRefused()
    {
        var error = Assert.Throws<ImageGuardException>(() => FlashImage.Parse(Synthetic.Images.TuyaN).Edit().Put("app", App));
        Assert.Equal(FindingCode.ChipsDiffer, error.Code);
    }

    // ---- verify ----------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Verify_OfALinearImage_SaysThatItBoots() => Assert.True(ImageVerifier.Verify(FlashImage.Parse(T5())).Boots);

    [Theory]
    [InlineData(0x200, "bootloader-pages")]
    [InlineData(0x11300, "app-pages")]
    [InlineData(0x121300, "app1-pages")]
    public void Verify_OfAFlippedByte_NamesTheCheck(int offset, string check)
    {
        byte[] bytes = T5();
        bytes[offset] ^= 0x40;

        var result = ImageVerifier.Verify(FlashImage.Parse(bytes));

        Assert.False(result.Boots);
        Assert.Equal([check], result.Checks.Where(made => made.Status == CheckStatus.Fail).Select(made => made.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x120)]
    [InlineData(0x11010)]
    [InlineData(0x30000)]
    public void AnyCut_IsReadWithoutBreaking(int length)
    {
        var image = FlashImage.Parse(T5().AsSpan(0, Math.Min(length, T5().Length)).ToArray());

        Assert.NotNull(ImageVerifier.Verify(image));
        Assert.NotNull(image.Findings);
    }

    // ---- real ones -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Vendor_LinearT5_HasItsInputsInPlace()
    {
        byte[] bytes = Corpus.ReadVector("armino/linear_T5/all-app_crc.bin");
        var image = FlashImage.Parse(SyntheticArmino.Dump(bytes, 0x800000));

        Assert.Equal((ImageKind.Dump, BekenChip.BK7258), (image.Kind, image.Chip));
        foreach (var (name, offset) in new[] { ("bootloader", 0), ("app", 0x11000), ("app1", 0x121000) })
        {
            byte[] input = Corpus.ReadVector($"armino/linear_T5/{name}.bin");
            var partition = image.FindPartition(name)!;
            Assert.Equal(offset, partition.Offset);
            Assert.Equal(input, image.Extract(partition).Slice(0, input.Length).ToArray());
        }
        Assert.Equal(0x473000, image.FindPartition("download")!.Offset);
        var split = ImageSplitter.Split(FlashImage.Parse(bytes));
        Assert.Equal(bytes, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Fact]
    public void Vendor_AesBootloader_OfTheSdkExample_IsOpened()
    {
        // The vendor's bytes at address 0 under the key of the SDK: what beken_aes made of 4 KiB.
        byte[] plain = Corpus.ReadVector("armino/aes/in4k.bin");
        byte[] stored = SyntheticArmino.Encrypt(AesFlashKey.SdkExample.ToArray(), 0, plain);

        Assert.Equal(Corpus.ReadVector("armino/aes/in4k_k1_sdkexample_0.bin"), stored);
    }
}

using BekenImage.TestSupport;
using BekenImage.Tests.Combining;
using BekenImage.Tests.Splitting;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>One partition or range taken out or replaced; every other byte stays.</summary>
public class DraftPutTests
{
    private static readonly FlashImage Device = FlashImage.Parse(SyntheticImages.TuyaN);

    [Fact]
    public void Extract_OfEachKind_IsPlain()
    {
        var synthetic = SyntheticImage.TuyaNDevice();

        BytesAssert.Equal(synthetic.App, Device.Extract(Find("app")).Span.Slice(0, synthetic.App.Length));
        BytesAssert.Equal(SyntheticImages.TuyaN.AsSpan(0x1D0000, 0x1000), Device.Extract(Find("rf")).Span);
        // The cipher is applied to every byte, so the code is plain (and the table, plain in flash, looks scrambled).
        byte[] bootloader = synthetic.PlainBootloader();
        BytesAssert.Equal(bootloader.AsSpan(0x110, 0x2000), Device.Extract(Find("bootloader")).Span.Slice(0x110, 0x2000));
    }

    [Fact]
    public void Extract_WhatCannotBeDeciphered_IsRefused()
    {
        var unknown = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Custom }.Dump());
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => unknown.Extract(unknown.FindPartition("app")!)).Code);

        byte[] broken = SyntheticImages.TuyaN;
        broken[0x11000 + 33] ^= 1;
        var image = FlashImage.Parse(broken);
        Assert.Equal(FindingCode.BadPage, Assert.Throws<BekenImageException>(() => image.Extract(image.FindPartition("app")!)).Code);
        Assert.Throws<ArgumentNullException>(() => Device.Extract(null!));
    }

    [Theory]
    [InlineData(0x4000)]
    [InlineData(0x9A75)]
    [InlineData(0xC001)]
    public void Replace_ByAPlainApp_BootsAndLeavesTheRest(int length)
    {
        byte[] app = SyntheticPrograms.App(length, SyntheticImage.TuyaN, seed: 70);

        byte[] result = Device.Edit().Put(Find("app"), app).ToArray();

        var boot = BootSimulator.Run(result, SyntheticKey.Tuya);
        boot.AssertBoots();
        BytesAssert.Equal(app, boot.App);
        SplitMergeTests.AssertOnlyChanged(SyntheticImages.TuyaN, result, (0x11000, 0x118F70));
    }

    // A program of another place would start in the middle of nothing.
    [Theory]
    [InlineData(0u)]
    [InlineData(0x90000u)]
    public void Replace_ByAnAppLinkedElsewhere_IsRefused(uint linkBase)
    {
        byte[] app = SyntheticPrograms.App(0x12000, SyntheticImage.TuyaN, seed: 70, linkBase: linkBase);
        var refused = Assert.Throws<ImageGuardException>(() => Device.Edit().Put(Find("app"), app));
        Assert.Equal(FindingCode.AddressUnknown, refused.Code);
        Assert.Contains(FormattableString.Invariant($"linked for logical 0x{linkBase:x}, but would begin at logical 0x10000"), refused.Message, StringComparison.Ordinal);
        byte[] pages = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, app));
        if (linkBase != 0)
            Assert.Equal(FindingCode.AddressUnknown, Assert.Throws<ImageGuardException>(() => Device.Edit().Put(Find("app"), pages)).Code);
    }

    [Fact]
    public void Replace_ByWhatWasExtracted_ChangesNothing()
    {
        foreach (string name in new[] { "app", "rf", "net", "tuya", "tuya-uf", "download" })
            BytesAssert.Equal(SyntheticImages.TuyaN, Device.Edit().Put(Find(name), Device.Extract(Find(name)).ToArray()).ToArray());
    }

    [Fact]
    public void Replace_ByStoredPages_TakesThemAsTheyAre()
    {
        byte[] section = SyntheticImage.ObkNFirmware().Ua();

        byte[] result = Device.Edit().Put(Find("app"), section).ToArray();

        BytesAssert.Equal(section, result.AsSpan(0x11000, section.Length));
        BootSimulator.Run(result, SyntheticKey.Tuya).AssertBoots();
    }

    [Fact]
    public void Replace_OfARawPartition_ErasesWhatAShorterFileLeaves()
    {
        byte[] result = Device.Edit().Put(Find("tuya"), [1, 2, 3]).ToArray();

        BytesAssert.Equal([1, 2, 3], result.AsSpan(0x1EE000, 3));
        CombineAssert.Erased(result, 0x1EE003, 0x200000);
        SplitMergeTests.AssertOnlyChanged(SyntheticImages.TuyaN, result, (0x1EE000, 0x12000));
    }

    [Fact]
    public void Replace_InARotatedDump_StaysRotated()
    {
        byte[] dump = SyntheticImages.TuyaN;
        byte[] read = [.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)];

        byte[] result = FlashImage.Parse(read).Edit().Put(new FlashRange(0x1D1000, 4), [9, 8, 7, 6]).ToArray();

        new byte[] { 9, 8, 7, 6 }.CopyTo(read, 0x1D1000 - 0x11000);
        BytesAssert.Equal(read, result);
    }

    public static TheoryData<string, FindingCode> Refusals => new()
    {
        { "bootloader", FindingCode.BootloaderProtected },
        { "bootloader range", FindingCode.BootloaderProtected },
        { "last bootloader byte", FindingCode.BootloaderProtected },
        { "outside", FindingCode.OutsideFlash },
        { "far outside", FindingCode.OutsideFlash },
        { "app too large", FindingCode.AppTooLarge },
        { "pages too large", FindingCode.AppTooLarge },
        { "raw too large", FindingCode.AppTooLarge },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Replace_WhatAGuardForbids_IsRefused(string what, FindingCode code)
    {
        Action write = what switch
        {
            "bootloader" => () => Device.Edit().Put(Find("bootloader"), SyntheticImage.TuyaNDevice().PlainBootloader()),
            "bootloader range" => () => Device.Edit().Put(new FlashRange(0, 4), new byte[4]),
            "last bootloader byte" => () => Device.Edit().Put(new FlashRange(0x10FFF, 4), new byte[4]),
            "outside" => () => Device.Edit().Put(new FlashRange(0x1FFFFD, 4), new byte[4]),
            "far outside" => () => Device.Edit().Put(new FlashRange(long.MaxValue - 4, 4), new byte[4]),
            "app too large" => () => Device.Edit().Put(Find("app"), SyntheticPrograms.App((0x129F0A - 0x11000) / 34 * 32 + 1, "x")),
            "pages too large" => () => Device.Edit().Put(Find("app"), PlainFormats.Pages(new byte[0x108720])),
            _ => () => Device.Edit().Put(Find("rf"), new byte[0x1001]),
        };

        Assert.Equal(code, Assert.Throws<ImageGuardException>(write).Code);
        BytesAssert.Equal(SyntheticImages.TuyaN, Device.Source.Span);
    }

    [Fact]
    public void Replace_ARangeByAnotherLength_IsRefused()
    {
        Assert.Equal(FindingCode.WrongKind, Assert.Throws<BekenImageException>(() => Device.Edit().Put(new FlashRange(0x1D0000, 4), new byte[3])).Code);
        BytesAssert.Equal(SyntheticImages.TuyaN, Device.Edit().Put(new FlashRange(0x1D0000, 0), []).ToArray());
    }

    [Fact]
    public void Replace_ADownloadThatHoldsOtherAreas_KeepsThem()
    {
        var device = FlashImage.Parse(SyntheticImage.DreoDevice().WithRf(0x1D0000).WithFiller(0x140000, 0x100).Dump());
        var download = device.FindPartition("download")!;

        byte[] result = device.Edit().Put(download, [1, 2]).ToArray();
        BytesAssert.Equal(device.Bytes.Span.Slice(0x1D0000, 0x1000), result.AsSpan(0x1D0000, 0x1000));
        CombineAssert.Erased(result, 0x132002, 0x1D0000);

        var refusal = Assert.Throws<ImageGuardException>(() => device.Edit().Put(download, new byte[0x9E001]));
        Assert.Equal(FindingCode.RegionsOverlap, refusal.Code);
    }

    [Fact]
    public void Replace_APartitionThatOverlapsTheNext_DoesNotWriteIntoIt()
    {
        byte[] table = [.. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, true),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0x20000, true), .. PlainFormats.FalEntry("files", "beken_onchip", 0x148000, 0x4000, true)];
        var device = FlashImage.Parse(new SyntheticImage { Table = table }.WithFiller(0x148000, 0x4000).Dump());

        var refusal = Assert.Throws<ImageGuardException>(() => device.Edit().Put(device.FindPartition("download")!, new byte[0x20000]));

        Assert.Equal((FindingCode.RegionsOverlap, 0x148000L), (refusal.Code, refusal.Offset));
    }

    [Fact]
    public void Replace_TheAppAroundAnInnerArea_KeepsThatArea()
    {
        var device = FlashImage.Parse(SyntheticImage.DreoDevice().WithRf(0x12C000).Dump());
        byte[] app = SyntheticPrograms.App(0xB001, SyntheticImage.Sdk, seed: 71);

        byte[] result = device.Edit().Put(device.FindPartition("app")!, app).ToArray();

        var boot = BootSimulator.Run(result, SyntheticKey.Zero);
        boot.AssertBoots();
        BytesAssert.Equal(app, boot.App);
        BytesAssert.Equal(device.Bytes.Span.Slice(0x12C000, 0x1000), result.AsSpan(0x12C000, 0x1000));
        var refusal = Assert.Throws<ImageGuardException>(() => device.Edit().Put(device.FindPartition("app")!, SyntheticPrograms.App(0x10B000, "x")));
        Assert.Equal(FindingCode.AppTooLarge, refusal.Code);
    }

    private static Partition Find(string name) => Device.FindPartition(name)!;
}

public class ImageNormalizerTests
{
    [Fact]
    public void OrdinaryDump_StaysAsItIs()
    {
        var normalized = ImageNormalizer.Normalize(FlashImage.Parse(SyntheticImages.TuyaN));

        Assert.Empty(normalized.Changes);
        BytesAssert.Equal(SyntheticImages.TuyaN, normalized.Bytes.Span);
    }

    public static TheoryData<string, int> Reads => new()
    {
        { "rotated", 1 }, { "rotated far", 1 }, { "doubled", 1 }, { "four times", 1 }, { "doubled rotated", 2 }, { "over-long repeating", 1 },
        { "over-long erased", 1 }, { "over-long zero", 1 }, { "over-long rotated", 2 },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public void OddRead_IsUndone_AndSaid(string how, int changes)
    {
        byte[] dump = SyntheticImages.TuyaN;
        byte[] rotated = [.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)];
        byte[] read = how switch
        {
            "rotated" => rotated,
            "rotated far" => [.. dump.AsSpan(0x1A0000), .. dump.AsSpan(0, 0x1A0000)],
            "doubled" => [.. dump, .. dump],
            "four times" => [.. dump, .. dump, .. dump, .. dump],
            "doubled rotated" => [.. rotated, .. rotated],
            "over-long repeating" => [.. dump, .. dump.AsSpan(0, 0x11000)],
            "over-long erased" => [.. dump, .. Enumerable.Repeat((byte)0xFF, 0x1000)],
            "over-long zero" => [.. dump, .. new byte[0x1000]],
            _ => [.. rotated, .. rotated.AsSpan(0, 0x11000)],
        };

        var normalized = ImageNormalizer.Normalize(FlashImage.Parse(read));

        BytesAssert.Equal(dump, normalized.Bytes.Span);
        Assert.Equal(changes, normalized.Changes.Count);
    }

    [Theory]
    [InlineData("qio")]
    [InlineData("erased chip")]
    [InlineData("two chips")]
    [InlineData("empty")]
    [InlineData("dump and more")]
    public void WhatIsNoOddRead_StaysAsItIs(string what)
    {
        byte[] dump = SyntheticImages.TuyaN;
        byte[] bytes = what switch
        {
            "qio" => SyntheticImages.ObkN,
            "erased chip" => Enumerable.Repeat((byte)0xFF, 0x400000).ToArray(),
            "two chips" => [.. dump, .. SyntheticImages.Dreo],
            "empty" => [],
            _ => [.. dump, .. SyntheticPrograms.Noise(0x1000, 1)],
        };

        var normalized = ImageNormalizer.Normalize(FlashImage.Parse(bytes));

        Assert.Empty(normalized.Changes);
        BytesAssert.Equal(bytes, normalized.Bytes.Span);
    }

    [Fact]
    public void CorpusRotatedDump_IsTurnedBack()
    {
        var image = SyntheticImages.FromCorpus("BK7231T_Tuya_LED_Moon_rotated.bin");
        byte[] read = Corpus.Read("BK7231T_Tuya_LED_Moon_rotated.bin");

        var normalized = ImageNormalizer.Normalize(image);

        Assert.Single(normalized.Changes);
        BytesAssert.Equal([.. read.AsSpan(read.Length - 0x11000), .. read.AsSpan(0, read.Length - 0x11000)], normalized.Bytes.Span);
        Assert.Equal(0, FlashImage.Parse(normalized.Bytes).Rotation);
    }

    [Fact]
    public void Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => ImageNormalizer.Normalize(null!));
}

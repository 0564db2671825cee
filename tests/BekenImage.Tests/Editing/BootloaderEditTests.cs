using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>The two changes of a bootloader that may be asked for by name: what they refuse, and what they say.</summary>
public class BootloaderEditTests
{
    private static readonly FlashImage Device = FlashImage.Parse(SyntheticImages.TuyaN);

    private static FalPartition App(uint length) => new("app", FalPartition.StripedFlash, 0x10000, length);

    private static FalPartition Download(uint offset, uint length) => new("download", FalPartition.RawFlash, offset, length);

    private static Finding[] SetTable(FlashImage image, params FalPartition[] entries)
    {
        var table = image.Fal!;
        foreach (var entry in entries)
            table = table.With(entry);
        return [.. image.Edit().SetPartitionTable(table.Partitions).Findings];
    }

    [Fact]
    public void SetTable_AppOfAnotherLength_SaysWhereItsHeaderIsNotLookedFor()
    {
        var finding = Assert.Single(SetTable(Device, App(0x100000)));
        Assert.Equal((FindingSeverity.Warning, FindingCode.RblHeaderMissing, 0x11000L), (finding.Severity, finding.Code, finding.Offset));
        Assert.Empty(SetTable(Device, App(0x108700)));
        Assert.Empty(SetTable(Device, Download(0x12A000, 0xA5000)));
    }

    // The calibration of this device lies at 0x1D0000, and its download area ends there.
    [Theory]
    [InlineData(0x12A000u, 0xA6000u, false)]
    [InlineData(0x12A000u, 0xA7000u, true)]
    [InlineData(0x1D1000u, 0x10000u, false)]
    public void SetTable_DownloadOverTheCalibration_IsSaid(uint offset, uint length, bool isSaid)
    {
        var findings = SetTable(Device, Download(offset, length));
        if (!isSaid)
        {
            Assert.Empty(findings);
            return;
        }
        var finding = Assert.Single(findings);
        Assert.Equal((FindingSeverity.Warning, FindingCode.FalTableUnusual, 0x1D0000L), (finding.Severity, finding.Code, finding.Offset));
        Assert.Contains("more than 0xa6000 bytes", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetTable_DownloadThatLayOverTheCalibrationBefore_IsNoNews()
    {
        // The SDK's table of this device runs over 0x1D0000 as it is.
        var device = FlashImage.Parse(SyntheticImage.DreoDevice().Dump()[..0x1E0000].Concat(Enumerable.Repeat((byte)0xFF, 0x20000)).ToArray());
        byte[] with = device.Bytes.ToArray();
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(with, 0x1D0000);
        Assert.Empty(SetTable(FlashImage.Parse(with), Download(0x132000, 0xAD000)));
        // Without a calibration there is nothing to lose.
        Assert.Empty(SetTable(device, Download(0x132000, 0xAD000)));
    }

    [Fact]
    public void SetTable_NoTableOrTooFewEntries_IsRefused()
    {
        byte[] erased = SyntheticImages.TuyaN;
        erased.AsSpan(0, 0x11000).Fill(0xFF);
        var partitions = Device.Fal!.Partitions;
        Assert.Equal(FindingCode.FalMissing, Assert.Throws<BekenImageException>(() => FlashImage.Parse(erased).Edit().SetPartitionTable(partitions)).Code);
        Assert.ThrowsAny<BekenImageException>(() => Device.Edit().SetPartitionTable([.. partitions.Take(2)]));
    }

    [Fact]
    public void SetTable_UnknownKeyOfTheBootloader_IsRefused()
    {
        var unknown = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Custom }.Dump());
        Assert.NotNull(unknown.Fal);
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => unknown.Edit().SetPartitionTable(unknown.Fal!.Partitions)).Code);
    }

    [Fact]
    public void SetTable_PageOfTheBootloaderDamaged_IsRefused()
    {
        byte[] damaged = SyntheticImages.TuyaN;
        damaged[34 * 20 + 5] ^= 1;
        var image = FlashImage.Parse(damaged);
        var table = image.Fal!.With(Download(0x12A000, 0xA5000));
        Assert.Equal(FindingCode.BadPage, Assert.Throws<BekenImageException>(() => image.Edit().SetPartitionTable(table.Partitions)).Code);
    }

    // The header covers the payload by a CRC and a hash: one that does not, before, is not made to afterwards.
    [Theory]
    [InlineData(0x4C, false)]
    [InlineData(0x50, false)]
    [InlineData(0x5C, false)]
    [InlineData(0x10, true)]
    public void SetTable_HeaderThatIsOrIsNotOfThisPayload_IsRenewedOrLeft(int field, bool isRenewed)
    {
        var layout = SyntheticLayout.N;
        byte[] bytes = SyntheticImages.TuyaN;
        byte[] header = PlainFormats.Strip(bytes.AsSpan(layout.BootHeader, PlainFormats.HeaderPages), out _);
        header[field] ^= 1;
        // The header's own CRC: right, but where it is what is damaged.
        if (field != 0x5C)
            PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
        PlainFormats.Pages(header).CopyTo(bytes, layout.BootHeader);
        var image = FlashImage.Parse(bytes);
        byte[] changed = image.Edit().SetPartitionTable(image.Fal!.With(Download(0x12A000, 0xA5000)).Partitions).ToArray();
        Assert.Equal(isRenewed, !changed.AsSpan(layout.BootHeader, PlainFormats.HeaderPages).SequenceEqual(bytes.AsSpan(layout.BootHeader, PlainFormats.HeaderPages)));
        BytesAssert.Equal(bytes.AsSpan(0x11000), changed.AsSpan(0x11000));
    }

    [Fact]
    public void SetTable_ReadWithoutPages_WritesThePayloadAlone()
    {
        byte[] paged = SyntheticImage.ObkNFirmware().Qio();
        byte[] read = [.. paged.Chunk(34).SelectMany(page => page.Take(32))];
        var image = FlashImage.Parse(read);
        Assert.NotNull(image.Fal);
        byte[] changed = image.Edit().SetPartitionTable(image.Fal!.With(Download(0x12A000, 0xA5000)).Partitions).ToArray();
        Assert.Equal(0xA5000u, FlashImage.Parse(changed).Fal!.Find("download")!.Length);
        BytesAssert.Equal(read.AsSpan(0x10000), changed.AsSpan(0x10000));
    }

    // A firmware file does not tell how large its device is: a table may reach to the end of the largest flash there is.
    [Fact]
    public void SetTable_OfAFirmwareFile_ReachesToTheLargestFlashAndNoFurther()
    {
        var qio = FlashImage.Parse(SyntheticImages.ObkN);
        Assert.Empty(SetTable(qio, Download(0x200000, 0x200000)));
        Assert.Equal(FindingCode.FalEntryRange, Assert.Throws<ImageGuardException>(() => SetTable(qio, Download(0x200000, 0x201000))).Code);
        Assert.Equal(FindingCode.FalEntryRange, Assert.Throws<ImageGuardException>(() => SetTable(Device, Download(0x1F0000, 0x11000))).Code);
        Assert.Empty(SetTable(Device, Download(0x1F0000, 0x10000)));
    }

    [Fact]
    public void Replace_WhereABootloaderHasNoPlace_IsRefused()
    {
        var source = FlashImage.Parse(SyntheticImages.ObkN);
        var firmware = SyntheticImage.ObkNFirmware();
        foreach (byte[] bytes in new[] { firmware.App, firmware.Ua(), firmware.PlainBootloader(), SyntheticImages.TuyaN[..0x10FDE] })
        {
            var refusal = Assert.Throws<ImageGuardException>(() => FlashImage.Parse(bytes).Edit().ReplaceBootloader(source));
            Assert.Equal(FindingCode.AddressUnknown, refusal.Code);
        }
    }

    // What a piece of a dump begins with is no bootloader's place, whatever the caller knows of chip and key.
    [Fact]
    public void Replace_InAPieceOfADump_IsRefused()
    {
        byte[] piece = SyntheticImages.TuyaN[0x1D0000..];
        var image = FlashImage.Parse(piece, new FlashImageOptions { Chip = BekenChip.BK7231N, Key = BekenKey.Tuya });
        var refusal = Assert.Throws<ImageGuardException>(() => image.Edit().ReplaceBootloader(FlashImage.Parse(SyntheticImages.ObkN)));
        Assert.Equal(FindingCode.AddressUnknown, refusal.Code);
    }

    [Fact]
    public void Replace_ByOneOfTheOtherGeneration_IsRefused_EitherWay()
    {
        var armino = FlashImage.Parse(SyntheticArmino.Pages(SyntheticArmino.App(0x5000, 7, "OpenBK7236_1.18.300")));
        Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => Device.Edit().ReplaceBootloader(armino)).Code);
        Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => armino.Edit().ReplaceBootloader(Device)).Code);
        Assert.Equal(FindingCode.NotForArmino, Assert.Throws<ImageGuardException>(() => armino.Edit().ReplaceBootloader(armino)).Code);
        Assert.Equal(FindingCode.NotForArmino, Assert.Throws<ImageGuardException>(() => armino.Edit().SetPartitionTable(Device.Fal!.Partitions)).Code);
    }

    [Fact]
    public void Replace_UnderAKeyThatIsNotKnown_IsRefused()
    {
        var unknown = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Custom }.Dump());
        Assert.Equal(
            FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => unknown.Edit().ReplaceBootloader(FlashImage.Parse(SyntheticImages.ObkN))).Code);
    }

    [Fact]
    public void Replace_ByOneWhoseTableGivesTheAppAnotherPlace_IsSaid()
    {
        var source = FlashImage.Parse(new SyntheticImage { Table = SyntheticLayout.Sdk.Table() }.Qio());
        var findings = Device.Edit().ReplaceBootloader(source).Findings;
        var finding = Assert.Single(findings, finding => finding.Code == FindingCode.RblHeaderMissing);
        Assert.Equal((FindingSeverity.Warning, 0x11000L), (finding.Severity, finding.Offset));
        Assert.DoesNotContain(
            Device.Edit().ReplaceBootloader(FlashImage.Parse(SyntheticImages.ObkN)).Findings, finding => finding.Code == FindingCode.RblHeaderMissing);
    }
}

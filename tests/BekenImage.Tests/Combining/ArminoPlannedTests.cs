using BekenImage.Combining;
using BekenImage.Formats.Rbl;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Combining.PlanLines;

namespace BekenImage.Tests.Combining;

/// <summary>
/// Every region of a plan for BK7236 and its kin, and each reason to refuse one. Calibration and network parameters are the last two
/// sectors of the flash, whatever firmware is there.
/// </summary>
public class ArminoPlannedTests
{
    private const string Obk = "OpenBK7236_1.18.300";

    private static readonly byte[] Old = SyntheticArmino.App(0xA123, 5);
    private static readonly byte[] New = SyntheticArmino.App(0x9001, 6, Obk);
    private static readonly byte[] App5 = SyntheticArmino.App(0x8000, 7);
    private static readonly byte[] App1 = SyntheticArmino.Program(0x5000, 0x110000, 8);

    private static CombineOptions Named(Action<CombineOptions>? change = null)
    {
        var options = new CombineOptions { FactoryName = "old.bin", FirmwareName = "new.bin", BootloaderName = "boot.bin" };
        change?.Invoke(options);
        return options;
    }

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options ?? Named()).Plan();

    private static byte[] Device(Action<byte[]>? change = null)
    {
        byte[] device = SyntheticArmino.DeviceBK7236(Old);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(device, 0x3FE000);
        device.AsSpan(0x3FF000, 0x40).Fill(0x5A);
        change?.Invoke(device);
        return device;
    }

    private static byte[] Lost(Action<byte[]>? change = null)
    {
        byte[] lost = Device(change);
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        return lost;
    }

    private static byte[] LinearT5(byte[] app, byte[] app1) => SyntheticArmino.Linear(
        null, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (0x11000, app), (0x121000, app1));

    private static byte[] T5(byte[] app, byte[] app1, int length = 0x800000) => SyntheticArmino.Dump(LinearT5(app, app1), length);

    private static byte[] Firmware => SyntheticArmino.FirmwareBK7236(New);

    private const string OwnBootloader = "bootloader 0..11000 Factory old.bin@0: the device's own bootloader stays, byte for byte";
    private const string OfTheChip = "of the chip, not of its firmware: it stays as it is";
    private const string Pages = "the firmware's pages, where the device's table has them and they are linked for";
    private const string Packed = "the firmware's program in pages, where the device's table has it and it is linked for";

    // ---- regions -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Conversion_OfADevice()
    {
        var plan = Plan(Device(), Firmware);

        var regions = Regions(plan);
        Assert.Equal(OwnBootloader, regions[0]);
        Assert.Equal($"app 11000..242000 Firmware new.bin@11000: {Pages}", regions[1]);
        Assert.Equal("rf 3fe000..3ff000 Factory old.bin@3fe000: calibration is where this firmware looks", regions[^2]);
        Assert.Equal($"net 3ff000..400000 Factory old.bin@3ff000: {OfTheChip}", regions[^1]);
        Assert.All(regions[2..^2], line => Assert.EndsWith("Erased: erased before, and still", line, StringComparison.Ordinal));
        Assert.Empty(plan.Findings);
        Assert.Equal((BekenChip.BK7236, true, 0x400000L), (plan.Target!.Chip, plan.Target.KeepsBootloader, plan.Target.FlashLength));
        Assert.True(plan.Target.Key.IsIdentity);
        byte[] loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
        Assert.Equal(loader, plan.Target.DecipherBootloader()[..loader.Length]);
    }

    [Fact]
    public void App_IsTakenWithWhereItStood()
    {
        Assert.Equal($"app 11000..242000 Built new.bin@0: {Packed}", Line(Region(Plan(Device(), New), "app")));
        Assert.Equal($"app 11000..242000 Firmware new.bin@0: {Pages}", Line(Region(Plan(Device(), Firmware[0x11000..]), "app")));
        // Out of a package it has no place in the file.
        Assert.Equal($"app 11000..242000 Built new.bin: {Packed}", Line(Region(Plan(Device(), OtaWriter.Pack(New, new OtaPackOptions())),
            "app")));
    }

    [Fact]
    public void Calibration_ThatCannotBeRead_IsTheChips()
    {
        var regions = Regions(Plan(Device(bytes => bytes.AsSpan(0x3FE000, 0x100).Fill(0x33)), Firmware));

        Assert.Equal($"rf 3fe000..3ff000 Factory old.bin@3fe000: {OfTheChip}", regions[^2]);
        Assert.Equal($"net 3ff000..400000 Factory old.bin@3ff000: {OfTheChip}", regions[^1]);
    }

    [Fact]
    public void Sectors_ThatAreErased_AreNothingToKeep()
    {
        var regions = Regions(Plan(SyntheticArmino.DeviceBK7236(Old), Firmware));

        Assert.DoesNotContain(regions, line => line.Contains(OfTheChip, StringComparison.Ordinal));
    }

    // In a larger chip they are its last two, not those of the known maps.
    [Fact]
    public void Sectors_AreTheLastTwoOfTheChip()
    {
        byte[] device = T5(Old, App1, 0x1000000);
        device.AsSpan(0xFFE000, 0x10).Fill(0x33);
        device.AsSpan(0xFFF000, 0x10).Fill(0x44);
        device.AsSpan(0x7FE000, 0x10).Fill(0x55);
        device.AsSpan(0x7FF000, 0x10).Fill(0x66);

        var regions = Regions(Plan(device, LinearT5(App5, App1)));

        Assert.Equal($"rf ffe000..fff000 Factory old.bin@ffe000: {OfTheChip}", regions[^2]);
        Assert.Equal($"net fff000..1000000 Factory old.bin@fff000: {OfTheChip}", regions[^1]);
        // Those of the usual chip of 8 MiB, which its firmware still knows, stay too.
        Assert.Contains($"rf 7fe000..7ff000 Factory old.bin@7fe000: {OfTheChip}", regions);
        Assert.Contains($"net 7ff000..800000 Factory old.bin@7ff000: {OfTheChip}", regions);
    }

    // Where the table that is used is known, another sector is the former firmware's.
    [Fact]
    public void Sectors_BesideATableThatIsRead_AreNotCalibration()
    {
        byte[] device = T5(Old, App1, 0x1000000);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(device, 0x7FE000);
        device.AsSpan(0xFFE000, 0x10).Fill(0x33);

        var plan = Plan(device, LinearT5(App5, App1));

        Assert.Equal(0x7FE000, Region(plan, "rf").Offset);
        CombineAssert.Erased(plan.ToArray(), 0xFFE000, 0xFFF000);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "net", false)]
    [InlineData("", "all", false)]
    [InlineData("net", "all", true)]
    [InlineData("net", "net", true)]
    [InlineData("", "tuya", true)]
    public void Net_StaysUnlessItIsErasedByName(string keep, string erase, bool stays)
    {
        var plan = Plan(Device(), Firmware, Named(options =>
        {
            if (keep.Length > 0)
                options.Keep.Add(keep);
            if (erase.Length > 0)
                options.Erase.Add(erase);
        }));

        Assert.Equal(stays ? 0x5A : 0xFF, plan.ToArray()[0x3FF000]);
        Assert.Equal(stays, Regions(plan)[^1].EndsWith(OfTheChip, StringComparison.Ordinal));
    }

    [Fact]
    public void Rf_LeftOut_IsErased_ReadableOrNot()
    {
        foreach (byte[] device in new[] { Device(), Device(bytes => bytes.AsSpan(0x3FE000, 0x100).Fill(0x33)) })
            CombineAssert.Erased(Plan(device, Firmware, Named(options => options.Rf = RfChoice.None)).ToArray(), 0x3FE000, 0x3FF000);
    }

    [Fact]
    public void Small_Chip_HasNoSectorsBehindItsEnd()
    {
        // The known maps have them at the end of 4 MiB; this flash ends before.
        byte[] loader = SyntheticArmino.Bootloader(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x110000), ("download", false,
            0x121000, 0x80000));
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, Old)), 0x200000);
        device.AsSpan(0x1FE000, 0x10).Fill(0x33);

        var plan = Plan(device, SyntheticArmino.App(0x9001, 6), Named(options => options.Chip = BekenChip.BK7236));

        Assert.Contains($"rf 1fe000..1ff000 Factory old.bin@1fe000: {OfTheChip}", Regions(plan));
        Assert.Equal(0x200000, plan.Output.End);
    }

    // ---- further programs --------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Program_TheFirmwareDoesNotBring_StaysAndIsSaid()
    {
        var plan = Plan(T5(Old, App1), App5, Named(options => options.Chip = BekenChip.BK7258));

        Assert.Contains("app1 121000..473000 Factory old.bin@121000: the firmware brings none; the device's own stays", Regions(plan));
        // This device has no calibration that could be read.
        Assert.Equal(["Warning ProgramNotBrought firmware @121000", "Warning RfMissing"], Said(plan));
        Assert.Equal("app1", plan.Findings[0].Partition);
        byte[] without = T5(Old, App1);
        without.AsSpan(0x121000, 0x352000).Fill(0xFF);
        var erased = Plan(without, App5, Named(options => options.Chip = BekenChip.BK7258));
        Assert.Contains("app1 121000..473000 Erased: erased before, and still", Regions(erased));
        Assert.Equal(["Warning RfMissing"], Said(erased));
    }

    [Fact]
    public void Linear_ImageOfTheDevice_EndsNoSoonerThanItDid()
    {
        byte[] device = LinearT5(Old, App1);

        var plan = Plan(device, App5, Named(options => options.Chip = BekenChip.BK7258));

        Assert.Equal(new FlashRange(0, device.Length), plan.Output);
        Assert.Equal(device.AsSpan(0x121000).ToArray(), plan.ToArray().AsSpan(0x121000).ToArray());
        // Of what is not known of the device nothing is said.
        Assert.Equal(["Warning ProgramNotBrought firmware @121000"], Said(plan));
        // A longer program than the device's reaches further.
        byte[] longer = SyntheticArmino.Program(0x7000, 0x110000, 8);
        Assert.Equal(LinearT5(App5, longer), Plan(device, LinearT5(App5, longer)).ToArray());
    }

    [Fact]
    public void App_WithoutTheProgramItWasBuiltWith_IsNotCutOut()
    {
        var options = Named(options => options.Extent = OutputExtent.App);
        PlanLines.Refused(Plan(T5(Old, App1), LinearT5(App5, App1), options), "ContentCutOff firmware @121000", "'app1'");
        // One that holds nothing is none.
        byte[] nothing = Enumerable.Repeat((byte)0xFF, 0x1000).ToArray();
        Assert.True(Plan(T5(Old, App1), LinearT5(App5, nothing), options).CanBuild);
        // One byte is one, and so is a program that comes without pages.
        nothing[0] = 0x5A;
        PlanLines.Refused(Plan(T5(Old, App1), LinearT5(App5, nothing), options), "ContentCutOff firmware @121000", "'app1'");
        byte[] ua = [.. App5, .. Enumerable.Repeat((byte)0xFF, 0x100000 - App5.Length), .. App1];
        var unpaged = Named(other => (other.Extent, other.Chip) = (OutputExtent.App, BekenChip.BK7258));
        PlanLines.Refused(Plan(T5(Old, App1), ua, unpaged), "ContentCutOff firmware @121000", "'app1'");
        // One the device keeps is no part of the firmware.
        options.Chip = BekenChip.BK7258;
        Assert.True(Plan(T5(Old, App1), App5, options).CanBuild);
    }

    // ---- updates over the air ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(0x242000u, Obk, false)]
    [InlineData(0x243000u, Obk, true)]
    [InlineData(0x243000u, "nothing", false)]
    public void Updates_WhereTheBootloaderDoesNotLook_AreSaid(uint download, string text, bool isSaid)
    {
        byte[] loader = SyntheticArmino.Bootloader(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x231000), ("download", false,
            download, 0x100000));
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, Old)), 0x400000);

        var plan = Plan(device, SyntheticArmino.App(0x9001, 6, text), Named(options => options.Chip = BekenChip.BK7236));

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        Assert.Equal(isSaid, plan.Findings.Any(finding => finding is { Code: FindingCode.UpdateAddressesDiffer, Offset: 0x242000 } &&
            finding.Message.Contains("to 0x242000, the bootloader looks at 0x243000", StringComparison.Ordinal)));
        Assert.Equal(isSaid, plan.Findings.Any(finding => finding.Code == FindingCode.UpdateAddressesDiffer));
    }

    [Fact]
    public void Updates_OfATableWithoutADownload_AreNotJudged()
    {
        byte[] loader = SyntheticArmino.Bootloader(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x231000));
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, Old)), 0x400000);

        Assert.DoesNotContain(Plan(device, New).Findings, finding => finding.Code == FindingCode.UpdateAddressesDiffer);
    }

    // ---- what is refused ---------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Device_WithoutATable_HasNoDefaultAddress()
    {
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, SyntheticArmino.Bootloader()), (0x11000, Old)), 0x400000);

        PlanLines.Refused(Plan(device, New, Named(options => options.Chip = BekenChip.BK7236)), "AddressUnknown factory",
            "holds no partition table");
    }

    // A linear image tells no length: the chip's is taken, and a program that is said to lie behind it cannot be.
    [Fact]
    public void Program_BehindTheChipsEnd_IsTheTablesFault()
    {
        byte[] loader = SyntheticArmino.Bootloader(
            ("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x110000), ("app1", true, 0x121000, 0x352000), ("app2", true,
                0x902000, 0x22000));
        byte[] device = SyntheticArmino.Linear(null, (0, loader), (0x11000, Old), (0x121000, App1));

        var plan = Plan(device, App5, Named(options => options.Chip = BekenChip.BK7258));

        var error = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((FindingCode.OutsideFlash, "bootloader"), (error.Code, error.Subject));
        Assert.Contains("app2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfAnotherKindOfChip_DoesNotFit()
    {
        PlanLines.Refused(Plan(Device(), Firmware, Named(options => options.Key = SyntheticKey.Tuya.ToKey())), "KeyDoesNotFit key @0",
            "no chip of its family has coefficients");
        Assert.True(Plan(Device(), Firmware, Named(options => options.Key = SyntheticKey.Zero.ToKey())).CanBuild);
    }

    [Fact]
    public void Program_InTheWay_IsTheFirmwares()
    {
        // Where OpenBeken writes updates: 0x242000, to which the partition of the app reaches here and beyond.
        byte[] loader = SyntheticArmino.Bootloader(("bootloader", true, 0, 0x11000), ("app", true, 0x11000,
            0x250000 / 34 / 4096 * 34 * 4096), ("download", false, 0x261000, 0x80000));
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, Old)), 0x400000);
        int largest = (0x242000 - 0x11000) / 34 * 32;

        Assert.True(Plan(device, SyntheticArmino.App(largest, 6, Obk)).CanBuild);
        PlanLines.Refused(Plan(device, SyntheticArmino.App(largest + 1, 6, Obk)), "AppTooLarge firmware @242000", "; nothing was written");
    }

    // A place that is owned by nothing but the table is owned: what the firmware keeps there would be lost with the next program.
    [Fact]
    public void Configuration_InThePlaceOfAProgram_IsRefused()
    {
        byte[] loader = SyntheticArmino.Bootloader(
            ("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x231000), ("app2", true, 0x3C4000, 0x11000), ("download", false,
                0x242000, 0x100000));
        byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, Old)), 0x400000);
        var config = BekenImage.Formats.Obk.ObkConfigReader.Read(ObkTestData.Minimal(), 0, default);

        Assert.True(Plan(device, New).CanBuild);
        PlanLines.Refused(Plan(device, New, Named(options => (options.ObkConfigFrom, options.ObkConfig) = (ObkConfigChoice.Given, config))),
            "RegionsOverlap bootloader @3c6000", "'obk-config'");
    }

    // Its length is a number from an image: nothing is made of it before it is judged.
    [Fact]
    public void Program_OfALengthNoFlashHas_IsRefused()
    {
        byte[] loader = SyntheticArmino.Bootloader(("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x110000), ("app1", true,
            0x121000, 0xF0000000));
        byte[] device = SyntheticArmino.Linear(null, (0, loader), (0x11000, Old), (0x121000, App1));

        var plan = Plan(device, LinearT5(App5, App1));

        Assert.False(plan.CanBuild);
        Assert.Contains(plan.Findings, finding => finding is { Severity: FindingSeverity.Error, Code: FindingCode.OutsideFlash });
    }

    [Fact]
    public void Bootloader_ThatIsGone_MustBeSupplied()
    {
        PlanLines.Refused(Plan(Lost(), Firmware), "BootloaderMissing factory @0", "erased flash stands where the bootloader belongs");
        byte[] damaged = Device();
        damaged[34 * 20] ^= 1;
        PlanLines.Refused(Plan(damaged, Firmware), "BootloaderMissing factory @0",
            "the device's bootloader is damaged or missing; a bootloader must be supplied");
    }

    [Fact]
    public void Bootloader_ThatIsSupplied_SaysWhereItIsFrom()
    {
        byte[] loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
        var pages = Plan(Lost(), Firmware, Named(options => (options.Chip, options.Bootloader) = (BekenChip.BK7236,
            FlashImage.Parse(Firmware))));
        Assert.Equal("bootloader 0..11000 Firmware boot.bin@0: asked for by name", Line(pages.Regions[0]));
        Assert.False(pages.Target!.KeepsBootloader);
        var file = Plan(Lost(), Firmware, Named(options => (options.Chip, options.Bootloader) = (BekenChip.BK7236,
            FlashImage.Parse(loader))));
        Assert.Equal("bootloader 0..11000 Built boot.bin@0: asked for by name", Line(file.Regions[0]));
        // 0x60C0 bytes are 774 pages; behind them nothing.
        byte[] slot = file.ToArray()[..0x11000];
        Assert.Equal(SyntheticArmino.Pages(loader), slot[..(774 * 34)]);
        CombineAssert.Erased(slot, 774 * 34, 0x11000);
        var own = Plan(Lost(), Firmware, Named(options => (options.Chip, options.ReplaceBootloader) = (BekenChip.BK7236, true)));
        Assert.Equal("bootloader 0..11000 Firmware new.bin@0: asked for by name", Line(own.Regions[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(32)]
    public void Bootloader_WithBytesBehindItsTable_FillsItsLastPage(int more)
    {
        byte[] loader = [.. SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236), .. SyntheticPrograms.Noise(more, 7)];

        var plan = Plan(Lost(), Firmware, Named(options => (options.Chip, options.Bootloader) = (BekenChip.BK7236,
            FlashImage.Parse(loader))));

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        byte[] padded = [.. loader, .. Enumerable.Repeat((byte)0xFF, 32 - more)];
        Assert.Equal(SyntheticArmino.Pages(padded), plan.ToArray()[..(775 * 34)]);
        CombineAssert.Erased(plan.ToArray(), 775 * 34, 0x11000);
    }

    [Fact]
    public void Bootloader_ThatIsNone_IsRefused()
    {
        CombinePlan With(byte[] file, BekenChip chip = BekenChip.BK7236) =>
            Plan(Lost(), Firmware, Named(options => (options.Chip, options.Bootloader) = (chip, FlashImage.Parse(file))));

        const string none = "no bootloader with a partition table is in what was to supply one";
        PlanLines.Refused(With(SyntheticArmino.Bootloader()), "BootloaderMissing bootloader", none);
        PlanLines.Refused(With(New), "BootloaderMissing bootloader", none);
        PlanLines.Refused(With(Firmware[0x11000..]), "BootloaderMissing bootloader", none);
        PlanLines.Refused(With(LinearT5(App5, App1)), "ChipsDiffer bootloader", "the bootloader is for BK7258, the device is a BK7236");
        PlanLines.Refused(With(Firmware, BekenChip.Unknown), "ChipUnknown factory",
            "lost its bootloader and does not tell its chip; that it is a BK7236");
        PlanLines.Refused(With(SyntheticArmino.FirmwareBK7236(New, BekenImage.Crypto.AesFlashKey.SdkExample.ToArray())),
            "ImageEnciphered bootloader @0", "the bootloader's image");
        byte[] large = [.. SyntheticArmino.Program(0x10000, 0, 1), .. SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236)];
        Assert.False(With(large).CanBuild);
    }

    // A dump that lost its loader, taken as firmware: the device's own table says where its program ends.
    [Fact]
    public void Firmware_OfADumpWithoutItsBootloader_IsReadByTheDevicesTable()
    {
        byte[] other = SyntheticArmino.DeviceBK7236(New);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(other, 0x3FE000);
        // Left over from an update, behind the end of the app's partition.
        SyntheticArmino.Pages(SyntheticPrograms.Noise(0x1000, 3)).CopyTo(other, 0x242000);
        other.AsSpan(0, 0x11000).Fill(0xFF);

        var plan = Plan(Device(), other, Named(options => options.FirmwareIsDump = true));

        Assert.Equal($"app 11000..242000 Firmware new.bin@11000: {Pages}", Line(Region(plan, "app")));
        Assert.Equal(Plan(Device(), Firmware).ToArray(), plan.ToArray());
    }
}

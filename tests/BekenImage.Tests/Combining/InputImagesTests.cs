using BekenImage.Chips;
using BekenImage.Combining;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>The two inputs of a combination: of which kind and generation each must be, and what each is called where it is not.</summary>
public class InputImagesTests
{
    private static readonly byte[] ArminoApp = SyntheticArmino.App(0x9001, 6, "OpenBK7236_1.18.300");
    private static readonly byte[] ArminoLinear = SyntheticArmino.FirmwareBK7236(ArminoApp);
    private static readonly byte[] ArminoDevice = SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0xA000, 5));

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options ?? Named()).Plan();

    private static CombineOptions Named() => new() { FactoryName = "old.bin", FirmwareName = "new.bin" };

    private static InputImages Open(byte[] factory, byte[] firmware, CombineOptions options) =>
        InputImages.Open(FlashImage.Parse(factory), FlashImage.Parse(firmware), options);

    /// <summary>A chip without any program: its calibration tells that it is a device's, and nothing its generation.</summary>
    private static byte[] Bare(int length = 0x200000)
    {
        byte[] flash = Enumerable.Repeat((byte)0xFF, length).ToArray();
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(flash, 0x1D0000);
        return flash;
    }

    private static byte[] Unpaged(byte[] pages) => PlainFormats.Strip(pages, out _);

    // ---- what an input is called -------------------------------------------------------------------------------------------------------

    public static TheoryData<string, string> Kinds => new()
    {
        { "qio", "a QIO image (bootloader and app as they are built, without a device's calibration)" },
        { "logical qio", "a logical read (bootloader and app without page CRCs, and nothing whole of what else the device holds)" },
        { "logical app", "a logical read of its app's slot, without page CRCs" },
        { "logical bootloader", "a logical read of its bootloader's slot, without page CRCs" },
        { "ua", "a packed app" },
        { "app", "an application" },
        { "bootloader", "a bootloader" },
        { "ota", "an update package" },
        { "ug", "a Tuya update package" },
        { "part", "a part of a dump (it begins neither at 0 nor at 0x11000, and nothing proves where in the chip it belongs)" },
        { "piece", "a piece of a dump" },
        { "uf2", "a UF2 file, firmware for a device" },
        { "download", "a download package, firmware for a device" },
        { "nothing", "nothing known" },
        { "elf", "an ELF program" },
    };

    private static byte[] DownloadPackage()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        return made.Package();
    }

    private static byte[] Made(string kind)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        return kind switch
        {
            "qio" => firmware.Qio(),
            "logical qio" => Unpaged(firmware.Qio()),
            "logical app" => Unpaged(firmware.Ua()),
            "logical bootloader" => Unpaged(firmware.BootContainer()),
            "ua" => firmware.Ua(),
            "app" => firmware.App,
            "bootloader" => firmware.PlainBootloader(),
            "ota" => PlainFormats.UpdatePackage(firmware.App),
            "ug" => UgWriter.Pack(PlainFormats.UpdatePackage(firmware.App), "1.0.0"),
            "part" => SyntheticImages.TuyaN[0x12345..],
            "piece" => [.. firmware.BootContainer(), .. Enumerable.Repeat((byte)0xFF, 0x10000), .. SyntheticPrograms.Noise(0x10000, 4)],
            "uf2" => Uf2Writer.Write(0x7B3EF230, [], [new Uf2Part("download", [Uf2Scheme.DeviceSingle], 0,
                PlainFormats.UpdatePackage(firmware.App))]),
            "download" => DownloadPackage(),
            "elf" => [.. Convert.FromHexString("7F454C46010101"), .. SyntheticPrograms.Noise(5000, 3)],
            _ => SyntheticPrograms.Noise(0x3000, 3),
        };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Input_OfAnotherKind_IsCalledByItsName(string kind, string words)
    {
        Assert.StartsWith(words, InputImages.Describe(FlashImage.Parse(Made(kind))), StringComparison.Ordinal);
        if (kind is "uf2")
            return;
        PlanLines.Refused(Plan(Made(kind), SyntheticImages.ObkN), "WrongKind factory",
            "the device's dump is no dump of a whole chip but " + words);
        PlanLines.Refused(Plan(Made(kind), SyntheticImages.TuyaN), "WrongKind factory",
            "the two inputs look swapped: 'new.bin' is the dump of a device, 'old.bin' is not; the dump comes first; " +
            "the device's dump is no dump");
        Assert.DoesNotContain("swapped", Plan(Made(kind), SyntheticImages.ObkN).Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_AsFirmware_IsTakenWhereItIsAskedFor_AlsoOutOfAnArchive()
    {
        byte[] other = SyntheticImage.ObkNFirmware().WithRf(0x1D0000).Dump();
        foreach (byte[] file in new[] { other, SyntheticArchive.Zip(("dump.bin", other)) })
        {
            PlanLines.Refused(Plan(SyntheticImages.TuyaN, file), "WrongKind firmware", "the firmware is a dump of a whole chip");
            var options = Named();
            options.FirmwareIsDump = true;
            Assert.True(Plan(SyntheticImages.TuyaN, file, options).CanBuild);
        }
    }

    [Fact]
    public void Device_WithoutItsPrograms_IsStillADevice()
    {
        // An erased app, and an app's pages at 0 that nothing tells to be a device's.
        byte[] flash = SyntheticImages.TuyaN;
        flash.AsSpan(0x11000, 0x118F70).Fill(0xFF);
        Assert.True(Plan(flash, SyntheticImages.ObkN).CanBuild);
        byte[] padded = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        SyntheticImage.ObkNFirmware().Ua().CopyTo(padded, 0);
        SyntheticPrograms.Noise(0x1000, 4).CopyTo(padded, 0x190000);
        PlanLines.Refused(Plan(padded, SyntheticImages.ObkN), "WrongKind factory", "a piece of a dump");
    }

    [Fact]
    public void Cut_Dump_IsRefusedWithItsLength() => PlanLines.Refused(
        Plan(SyntheticImages.TuyaN[..0x1FF000], SyntheticImages.ObkN), "Truncated factory @1ff000", "read the device's whole flash again");

    [Fact]
    public void Read_BehindTheBootloader_NeedsOne()
    {
        byte[] read = SyntheticImages.TuyaN[0x11000..];

        PlanLines.Refused(Plan(read, SyntheticImages.ObkN), "BootloaderMissing factory",
            "a bootloader must be supplied, or the chip read again from 0");
        PlanLines.Refused(Plan(SyntheticImages.ObkN, read), "WrongKind factory",
            "the two inputs look swapped: 'new.bin' is the dump of a device");
        var replace = Named();
        replace.ReplaceBootloader = true;
        Assert.Equal(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, replace).ToArray(), Plan(read, SyntheticImages.ObkN,
            replace).ToArray());
        var given = Named();
        given.Bootloader = FlashImage.Parse(SyntheticImages.TuyaN[..0x11000]);
        Assert.Equal(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN).ToArray(), Plan(read, SyntheticImages.ObkN, given).ToArray());
    }

    [Fact]
    public void Doubled_And_Rotated_Reads_AreMadeRight()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var opened = Open([.. dump, .. dump], SyntheticImages.ObkN, Named());
        Assert.Equal(dump, opened.Factory.Bytes.ToArray());
        Assert.Equal(dump, Open([.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)], SyntheticImages.ObkN,
            Named()).Factory.Bytes.ToArray());
        // Another dump in its place leaves firmware and generation.
        var other = FlashImage.Parse(SyntheticImages.Dreo);
        var with = opened.With(other);
        Assert.Same(other, with.Factory);
        Assert.Same(opened.Firmware, with.Firmware);
        Assert.Equal(opened.Generation, with.Generation);
    }

    // ---- linear images of Armino devices -----------------------------------------------------------------------------------------------

    [Fact]
    public void Linear_Image_IsADeviceOfTheNewerChipsOnly()
    {
        Assert.True(InputImages.IsLinear(FlashImage.Parse(ArminoLinear)));
        Assert.False(InputImages.IsLinear(FlashImage.Parse(ArminoDevice)));
        Assert.False(InputImages.IsLinear(FlashImage.Parse(SyntheticImages.ObkN)));
        Assert.False(InputImages.IsLinear(FlashImage.Parse(Unpaged(ArminoLinear))));
        Assert.True(Plan(ArminoLinear, ArminoLinear).CanBuild);
        // Beside a dump it is not the device.
        var options = Named();
        options.FirmwareIsDump = true;
        PlanLines.Refused(Plan(ArminoLinear, ArminoDevice, options), "WrongKind factory", "the two inputs look swapped");
        PlanLines.Refused(Plan(Unpaged(ArminoLinear), ArminoLinear), "WrongKind factory", "a logical read");
    }

    // ---- generations -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Generation_IsTheDevices_ElseTheNamedOnes_ElseTheBootloaders_ElseThePrograms()
    {
        byte[] unknown = SyntheticPrograms.Noise(0x3000, 3);
        CombineOptions Named(BekenChip chip, byte[]? loader = null) => new() { Chip = chip,
            Bootloader = loader is null ? null : FlashImage.Parse(loader) };

        Assert.Null(FlashImage.Parse(Bare()).Origin.ToldGeneration);
        Assert.Equal(ChipGeneration.Bk72xx, Open(SyntheticImages.TuyaN, unknown, Named(BekenChip.Unknown)).Generation);
        Assert.Equal(ChipGeneration.Armino, Open(ArminoDevice, unknown, Named(BekenChip.Unknown)).Generation);
        Assert.Equal(ChipGeneration.Armino, Open(Bare(), unknown, Named(BekenChip.BK7236)).Generation);
        Assert.Equal(ChipGeneration.Bk72xx, Open(Bare(), unknown, Named(BekenChip.BK7231N)).Generation);
        Assert.Equal(ChipGeneration.Armino, Open(Bare(), unknown, Named(BekenChip.Unknown, ArminoLinear)).Generation);
        Assert.Equal(ChipGeneration.Bk72xx, Open(Bare(), unknown, Named(BekenChip.Unknown, SyntheticImages.ObkN)).Generation);
        Assert.Equal(ChipGeneration.Armino, Open(Bare(), ArminoLinear, Named(BekenChip.Unknown)).Generation);
        Assert.Equal(ChipGeneration.Armino, Open(Bare(), ArminoLinear, Named(BekenChip.Unknown, ArminoLinear)).Generation);
        Assert.Equal(ChipGeneration.Bk72xx, Open(Bare(), unknown, Named(BekenChip.Unknown)).Generation);
    }

    [Fact]
    public void Generation_ThatContradicts_IsRefusedForWhomItIs()
    {
        var older = new CombineOptions { Chip = BekenChip.BK7231N };
        var newer = new CombineOptions { Chip = BekenChip.BK7236 };
        PlanLines.Refused(Plan(ArminoDevice, ArminoLinear, older), "ChipsDiffer factory",
            "the chip that was named is BK7231N, but the device's programs are for the family of BK7236");
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, newer), "ChipsDiffer factory",
            "the chip that was named is BK7236, but the device's programs are for the BK72xx");
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, ArminoLinear), "ChipsDiffer firmware", "that does not run, and may not be flashed");
        PlanLines.Refused(Plan(Bare(), ArminoLinear, older), "ChipsDiffer firmware", "that does not run");
        PlanLines.Refused(Plan(Bare(), SyntheticImages.ObkN, newer), "ChipsDiffer firmware", "that does not run");
        CombineOptions With(byte[] loader, BekenChip chip = BekenChip.Unknown) => new() { Chip = chip,
            Bootloader = FlashImage.Parse(loader) };
        // The bootloader that is brought speaks where device and caller are silent.
        PlanLines.Refused(Plan(Bare(), ArminoLinear, With(SyntheticImages.ObkN)), "ChipsDiffer firmware", "that does not run");
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, With(ArminoLinear)), "ChipsDiffer bootloader", "another core");
        PlanLines.Refused(Plan(Bare(), SyntheticImages.ObkN, With(ArminoLinear, BekenChip.BK7231N)), "ChipsDiffer bootloader",
            "another core");
        byte[] unknown = SyntheticPrograms.Noise(0x3000, 3);
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, unknown, With(ArminoLinear)), "ChipsDiffer bootloader", "another core");
        PlanLines.Refused(Plan(Bare(), unknown, With(SyntheticImages.ObkN, BekenChip.BK7236)), "ChipsDiffer bootloader", "another core");
    }
}

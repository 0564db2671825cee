using BekenImage.Formats.Rbl;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Combining;

/// <summary>
/// Combining for BK7236, BK7258 and their kin: what comes out is held against images that <see cref="SyntheticArmino"/> makes from the format
/// notes, and against the vendor's linear image.
/// </summary>
public class ArminoCombineTests
{
    private const string Obk = "OpenBK7236_1.18.300";

    private static readonly byte[] Factory = SyntheticArmino.App(0xA123, 5);
    private static readonly byte[] Firmware = SyntheticArmino.App(0x9001, 6, Obk);
    private static readonly byte[] App5 = SyntheticArmino.App(0x8000, 7);
    private static readonly byte[] App1 = SyntheticArmino.Program(0x5000, 0x110000, 8);

    private static byte[] T5(byte[] app, byte[] app1) => SyntheticArmino.Linear(
        null, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (0x11000, app), (0x121000, app1));

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Device(Action<byte[]>? change = null)
    {
        byte[] device = SyntheticArmino.DeviceBK7236(Factory);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(device, 0x3FE000);
        device.AsSpan(0x3FF000, 0x40).Fill(0x5A);
        change?.Invoke(device);
        return device;
    }

    // What the notes make of it: the device's bytes, the new app in pages, everything of the former firmware erased.
    private static byte[] Expected(byte[] device, byte[] app, params (int Start, int Length)[] kept)
    {
        byte[] expected = SyntheticArmino.DeviceBK7236(app);
        device.AsSpan(0, 0x11000).CopyTo(expected);
        foreach (var (start, length) in kept)
            device.AsSpan(start, length).CopyTo(expected.AsSpan(start));
        return expected;
    }

    [Fact]
    public void Conversion_KeepsBootloaderCalibrationAndNet_AndErasesTheRest()
    {
        byte[] device = Device(bytes =>
        {
            bytes.AsSpan(0x250000, 0x1000).Fill(0x11);
            bytes.AsSpan(0x3D0000, 0x2000).Fill(0x22);
        });

        var plan = Plan(device, SyntheticArmino.FirmwareBK7236(Firmware));

        Assert.Equal(CombineMode.Convert, plan.Mode);
        Assert.Equal(Expected(device, Firmware, (0x3FE000, 0x2000)), plan.ToArray());
        CombineAssert.RegionsCoverOnce(plan);
        var review = CombineReview.Of(plan);
        Assert.True(review.Verify!.Boots);
        Assert.True(review.Lint!.Runs, review.Lint.ToString());
    }

    [Fact]
    public void Update_ByTheConfiguration_KeepsEverythingButAppAndDownload()
    {
        byte[] device = Device(bytes =>
        {
            ObkTestData.Sector(ObkTestData.Minimal()).CopyTo(bytes, 0x3C6000);
            bytes.AsSpan(0x250000, 0x1000).Fill(0x11);
            bytes.AsSpan(0x3D0000, 0x2000).Fill(0x22);
        });

        var plan = Plan(device, SyntheticArmino.FirmwareBK7236(Firmware));

        Assert.Equal(CombineMode.Update, plan.Mode);
        Assert.Equal(Expected(device, Firmware, (0x3C6000, 0x1000), (0x3D0000, 0x2000), (0x3FE000, 0x2000)), plan.ToArray());
    }

    [Fact]
    public void Calibration_ThatCannotBeRead_StaysAllTheSame()
    {
        byte[] device = Device(bytes => bytes.AsSpan(0x3FE000, 0x100).Fill(0x33));

        byte[] combined = Plan(device, SyntheticArmino.FirmwareBK7236(Firmware)).ToArray();

        Assert.Equal(device.AsSpan(0x3FE000, 0x2000).ToArray(), combined.AsSpan(0x3FE000, 0x2000).ToArray());
    }

    [Fact]
    public void EveryFormOfTheFirmware_GivesTheSameApp()
    {
        byte[] device = Device();
        byte[] linear = SyntheticArmino.FirmwareBK7236(Firmware);
        byte[] expected = Plan(device, linear).ToArray();
        byte[] logical = Enumerable.Range(0, linear.Length / 34).SelectMany(page => linear.AsSpan(page * 34, 32).ToArray()).ToArray();

        Assert.Equal(expected, Plan(device, Firmware).ToArray());
        Assert.Equal(expected, Plan(device, linear.AsSpan(0x11000).ToArray()).ToArray());
        Assert.Equal(expected, Plan(device, logical).ToArray());
        Assert.Equal(expected, Plan(device, OtaWriter.Pack(Firmware, new OtaPackOptions())).ToArray());
        Assert.Equal(expected, Plan(device, SyntheticArmino.DeviceBK7236(Firmware), new CombineOptions { FirmwareIsDump = true }).ToArray());
    }

    [Fact]
    public void Combined_Again_IsTheSame()
    {
        byte[] once = Plan(Device(), Firmware).ToArray();

        Assert.Equal(once, Plan(once, Firmware).ToArray());
    }

    [Fact]
    public void Configuration_OfAFile_GoesWhereTheFirmwareLooks()
    {
        byte[] config = ObkTestData.Minimal();
        var options = new CombineOptions
        {
            ObkConfigFrom = ObkConfigChoice.Given, ObkConfig = BekenImage.Formats.Obk.ObkConfigReader.Read(config, 0, default),
        };

        var plan = Plan(Device(), Firmware, options);

        Assert.Equal(config, plan.ToArray().AsSpan(0x3C6000, config.Length).ToArray());
    }

    [Fact]
    public void Configuration_ItsFields_AreNotChangedWhereThePinsAreNotKnown()
    {
        var options = new CombineOptions();
        options.ObkChanges.Add(new NamedValue("wifiSsid", "x"));

        CombineAssert.Refused(Plan(Device(), Firmware, options), FindingCode.NotForArmino);
    }

    // ---- sizes -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void App_Alone_IsItsPartition()
    {
        var plan = Plan(Device(), Firmware, new CombineOptions { Extent = OutputExtent.App });

        Assert.Equal(new FlashRange(0x11000, 0x231000), plan.Output);
        Assert.Equal(Expected(Device(), Firmware).AsSpan(0x11000, 0x231000).ToArray(), plan.ToArray());
    }

    [Fact]
    public void Qio_EndsBehindTheLastProgram()
    {
        byte[] linear = T5(App5, App1);

        var plan = Plan(SyntheticArmino.Dump(T5(Factory, App1), 0x800000), linear, new CombineOptions { Extent = OutputExtent.Qio });

        Assert.Equal(linear, plan.ToArray());
    }

    [Fact]
    public void AppAlone_OfAFirmwareWithTwoPrograms_IsRefused()
    {
        var plan = Plan(SyntheticArmino.Dump(T5(Factory, App1), 0x800000), T5(App5, App1), new CombineOptions { Extent = OutputExtent.App });

        Assert.False(plan.CanBuild);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.ContentCutOff);
    }

    [Fact]
    public void LinearImageOfTheDevice_GivesALinearImage()
    {
        var plan = Plan(T5(Factory, App1), T5(App5, App1));

        Assert.Equal(T5(App5, App1), plan.ToArray());
        Assert.True(CombineReview.Of(plan).Verify!.Boots);
    }

    // ---- two programs ------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void SecondCore_GetsItsProgramToo()
    {
        byte[] other1 = SyntheticArmino.Program(0x4321, 0x110000, 9);
        byte[] device = SyntheticArmino.Dump(T5(Factory, App1), 0x800000);

        var plan = Plan(device, T5(App5, other1));

        Assert.Equal(SyntheticArmino.Dump(T5(App5, other1), 0x800000), plan.ToArray());
        Assert.DoesNotContain(plan.Findings, finding => finding.Code == FindingCode.ProgramNotBrought);
    }

    [Fact]
    public void UaFile_HasBothPrograms()
    {
        byte[] device = SyntheticArmino.Dump(T5(Factory, App1), 0x800000);
        byte[] ua = [.. App5, .. Enumerable.Repeat((byte)0xFF, 0x100000 - App5.Length), .. App1];

        var plan = Plan(device, ua, new CombineOptions { Chip = BekenChip.BK7258 });

        Assert.Equal(SyntheticArmino.Dump(T5(App5, App1), 0x800000), plan.ToArray());
    }

    [Fact]
    public void AppAlone_LeavesTheSecondCoresProgram_AndSaysSo()
    {
        byte[] device = SyntheticArmino.Dump(T5(Factory, App1), 0x800000);

        var plan = Plan(device, App5, new CombineOptions { Chip = BekenChip.BK7258 });

        var image = plan.ToImage();
        Assert.Equal(App5, image.Extract(image.FindPartition("app")!).Slice(0, App5.Length).ToArray());
        Assert.Equal(device.AsSpan(0x121000, 0x352000).ToArray(), plan.ToArray().AsSpan(0x121000, 0x352000).ToArray());
        Assert.Contains(plan.Findings, finding => finding is { Code: FindingCode.ProgramNotBrought, Partition: "app1" });
    }

    [Fact]
    public void AnotherTable_IsRefused()
    {
        // The prebuilt bootloader's own layout: app1 elsewhere.
        byte[] program1 = SyntheticArmino.Program(0x4000, 0x1DC000 / 34 * 32 + 32, 9);
        var table = SyntheticArmino.TableOfT5.Take(5).ToArray();
        byte[] firmware = SyntheticArmino.Linear(null, (0, SyntheticArmino.Bootloader(table)), (0x11000, App5), (0x1DC000 + 34, program1));

        CombineAssert.Refused(Plan(SyntheticArmino.Dump(T5(Factory, App1), 0x800000), firmware), FindingCode.AddressUnknown);
    }

    [Fact]
    public void ProgramLinkedElsewhere_IsRefused()
    {
        byte[] app1AsApp = SyntheticArmino.Program(0x4000, 0x110000, 9);

        CombineAssert.Refused(Plan(Device(), app1AsApp, new CombineOptions { Chip = BekenChip.BK7236 }), FindingCode.AddressUnknown);
    }

    [Fact]
    public void ProgramTheTableDoesNotName_IsRefused() =>
        CombineAssert.Refused(Plan(Device(), T5(App5, App1), new CombineOptions { Chip = BekenChip.BK7258 }), FindingCode.AddressUnknown);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void LargestApp_Fits_OneByteMoreDoesNot(int more, bool fits)
    {
        byte[] app = SyntheticArmino.App(0x231000 / 34 * 32 + more, 4, Obk);

        var plan = Plan(Device(), app);

        if (fits)
            Assert.Equal(Expected(Device(), app, (0x3FE000, 0x2000)), plan.ToArray());
        else
            CombineAssert.Refused(plan, FindingCode.AppTooLarge);
    }

    // ---- what is signed or enciphered ----------------------------------------------------------------------------------------------------

    [Fact]
    public void Enciphered_Firmware_IsRefused_WhetherOrNotItsKeyIsKnown()
    {
        CombineAssert.Refused(Plan(Device(), SyntheticArmino.FirmwareBK7236(Firmware, new byte[31].Append((byte)1).ToArray()),
            new CombineOptions { Chip = BekenChip.BK7236 }), FindingCode.ImageEnciphered);
        CombineAssert.Refused(Plan(Device(), SyntheticArmino.FirmwareBK7236(Firmware, BekenImage.Crypto.AesFlashKey.SdkExample.ToArray())), FindingCode.ImageEnciphered);
    }

    [Fact]
    public void Enciphered_Device_IsRefused() => CombineAssert.Refused(
        Plan(SyntheticArmino.Dump(SyntheticArmino.FirmwareBK7236(Factory, BekenImage.Crypto.AesFlashKey.SdkExample.ToArray()), 0x400000), Firmware),
        FindingCode.ImageEnciphered);

    [Fact]
    public void Signed_Firmware_IsRefused()
    {
        byte[] signed = [0x3D, 0xB8, 0xF3, 0x96, .. new byte[0x1000 - 4], .. Firmware];

        CombineAssert.Refused(Plan(Device(), SyntheticArmino.FirmwareBK7236(signed)), FindingCode.SecureBootSigned);
        CombineAssert.Refused(Plan(Device(), signed), FindingCode.SecureBootSigned);
    }

    [Fact]
    public void Device_UnderSecureBoot_IsRefused()
    {
        byte[] signed = [0x3D, 0xB8, 0xF3, 0x96, .. new byte[0x1000 - 4], .. Factory];

        CombineAssert.Refused(Plan(SyntheticArmino.DeviceBK7236(signed), Firmware), FindingCode.SecureBootSigned);
    }

    // ---- bootloaders -------------------------------------------------------------------------------------------------------------------

    private static byte[] Lost()
    {
        byte[] lost = Device();
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        return lost;
    }

    [Fact]
    public void LostBootloader_IsReadAsOneOfTheseChips()
    {
        var image = FlashImage.Parse(Lost());

        Assert.Equal(ImageKind.Dump, image.Kind);
        var app = image.FindPartition("app")!;
        Assert.Equal(0x11000, app.Offset);
        Assert.Equal(Factory, image.Extract(app).Slice(0, Factory.Length).ToArray());
        CombineAssert.Refused(Plan(Lost(), Synthetic.Images.ObkN), FindingCode.ChipsDiffer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LostBootloader_IsSupplied_ForAChipThatWasNamed(bool asFile)
    {
        byte[] loader = asFile ? SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236) : SyntheticArmino.FirmwareBK7236(Firmware);
        var options = new CombineOptions { Bootloader = FlashImage.Parse(loader) };

        CombineAssert.Refused(Plan(Lost(), Firmware, options), FindingCode.ChipUnknown);
        options.Chip = BekenChip.BK7236;
        // Between program and slot's end the linear image has pages of 0xFF, the file nothing.
        byte[] whole = Plan(Lost(), Firmware, options).ToArray();
        var image = FlashImage.Parse(whole);
        Assert.True(ImageVerifier.Verify(image).Boots);
        Assert.Equal(SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236), image.Extract(image.FindPartition("bootloader")!).Slice(0, 0x60C0).ToArray());
    }

    [Fact]
    public void Bootloader_IsNotReplaced_NorItsTable()
    {
        byte[] firmware = SyntheticArmino.FirmwareBK7236(Firmware);

        CombineAssert.Refused(Plan(Device(), firmware, new CombineOptions { ReplaceBootloader = true }), FindingCode.NotForArmino);
        CombineAssert.Refused(Plan(Device(), firmware, new CombineOptions { PartitionTable = PartitionTableChoice.Firmware }), FindingCode.NotForArmino);
        CombineAssert.Refused(Plan(Device(), firmware, new CombineOptions { Bootloader = FlashImage.Parse(firmware) }), FindingCode.BootloaderProtected);
    }

    // ---- chips -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void MarkOfSeveralChips_GivesWayToTheOneThatIsNamed()
    {
        byte[] app = SyntheticArmino.App(0x9001, 6, "OpenBK7239N_1.18.300");

        CombineAssert.Refused(Plan(Device(), app), FindingCode.ChipUnknown);
        Assert.True(Plan(Device(), app, new CombineOptions { Chip = BekenChip.BK7239N }).CanBuild);
    }

    [Fact]
    public void NamedChip_NeverOverrulesASign()
    {
        byte[] device = SyntheticArmino.Dump(T5(Factory, App1), 0x800000);

        CombineAssert.Refused(Plan(device, T5(App5, App1), new CombineOptions { Chip = BekenChip.BK7236 }), FindingCode.ChipsDiffer);
        CombineAssert.Refused(Plan(device, Firmware, new CombineOptions { Chip = BekenChip.BK7258 }), FindingCode.ChipsDiffer);
    }

    // ---- the vendor's --------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Vendor_LinearT5_OnItsOwnDevice_IsTheSame()
    {
        // Its app is no program, but the vendor's own test bytes: nothing tells where it is linked but the table of the image.
        byte[] linear = Corpus.ReadVector("armino/linear_T5/all-app_crc.bin");
        byte[] device = SyntheticArmino.Dump(linear, 0x800000);

        var plan = Plan(device, linear);

        Assert.Equal(device, plan.ToArray());
        Assert.Null(FirmwareLinter.Lint(FlashImage.Parse(linear), FlashImage.Parse(device)).Answer);
        byte[] other = (byte[])device.Clone();
        other.AsSpan(0x11000, 0x110000).Fill(0xFF);
        other.AsSpan(0x500000, 0x1000).Fill(0x11);
        Assert.Equal(device, Plan(other, linear).ToArray());
        CombineAssert.Refused(Plan(Synthetic.Images.TuyaN, linear), FindingCode.ChipsDiffer);
    }
}

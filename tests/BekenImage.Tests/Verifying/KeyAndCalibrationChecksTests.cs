using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using BekenImage.Verifying;
using static BekenImage.Tests.Verifying.CheckLines;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>The two checks that are made of an image and of a device a firmware is for: the stored key, and the calibration.</summary>
public class KeyAndCalibrationChecksTests
{
    private const int Behind = 0x11000;

    // Where OpenBeken for BK7231N looks: Chips/FORMAT.md.
    private const int Looks = 0x1D0000;

    private static readonly ChipLayout Map = ChipLayout.For(BekenChip.BK7231N, FirmwareFlavor.OpenBeken)!;

    private static VerifyCheck OfDevice(byte[]? device) => RfChecks.OfDevice(Map, device is null ? null : FlashImage.Parse(device)).First();

    private static void Is(string line, string words, VerifyCheck check)
    {
        Assert.Equal(line, Line(check));
        Assert.Contains(words, check.Message, StringComparison.Ordinal);
    }

    // ---- calibration -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Calibration_OfADeviceNobodyHas_IsNotJudged()
    {
        Is("rf Skipped RfMissing @1d0000", "looks for calibration at 0x1d0000; there is no dump", OfDevice(null));
        Is("rf Warn FirmwareMapUnknown", "it is not known where", Assert.Single(RfChecks.OfDevice(null,
            FlashImage.Parse(SyntheticImages.TuyaN))));
    }

    [Fact]
    public void Calibration_InItsPlace_Passes_AlsoInAReadFromBehindTheBootloader()
    {
        byte[] dump = new SyntheticImage().WithRf(Looks).Dump();

        Is("rf Pass RfMissing @1d0000", "is where the firmware looks", OfDevice(dump));
        Is("rf Pass RfMissing @1d0000", "is where the firmware looks", OfDevice(dump[Behind..]));
        Assert.Single(RfChecks.OfDevice(Map, FlashImage.Parse(dump)));
    }

    [Fact]
    public void Calibration_InItsPlaceBesideAnother_Passes()
    {
        byte[] dump = new SyntheticImage().WithRf(0x150000, "020102030406").WithRf(Looks).Dump();

        Is("rf Pass RfMissing @1d0000", "is where the firmware looks", OfDevice(dump));
        Is("rf Pass RfMissing @1d0000", "is where the firmware looks", OfDevice(dump[Behind..]));
    }

    [Fact]
    public void Calibration_Elsewhere_IsNamedByItsPlaceInTheChipAndInTheFile()
    {
        byte[] dump = new SyntheticImage().WithRf(0x1E0000).Dump();

        Is("rf Warn RfElsewhere @1e0000",
            "looks for calibration at 0x1d0000, the device keeps it at 0x1e0000; left there, the MAC will end in 00:00:00", OfDevice(dump));
        Is("rf Warn RfElsewhere @1cf000", "looks for calibration at 0x1d0000, the device keeps it at 0x1e0000; left there",
            OfDevice(dump[Behind..]));
    }

    [Fact]
    public void Calibration_ElsewhereWhileAnotherTableIsInItsPlace_SaysWhatThatIs()
    {
        byte[] dump = new SyntheticImage().WithRf(Looks, calibrated: false).WithRf(0x1E0000).Dump();

        Is("rf Warn RfElsewhere @1e0000", "what lies in its place is", OfDevice(dump));
        Is("rf Warn RfElsewhere @1cf000", "what lies in its place is", OfDevice(dump[Behind..]));
    }

    [Fact]
    public void Calibration_ThatIsNowhere_Warns() =>
        Is("rf Warn RfMissing @1d0000", "no RF table, neither there nor elsewhere", OfDevice(new SyntheticImage().Dump()));

    [Fact]
    public void Calibration_OfAnotherFamilyInItsPlace_Warns()
    {
        byte[] dump = new SyntheticImage().With(Looks, RfTestData.Sector(RfTestData.CompleteTable("020102030405", isT: true))).Dump();

        Is("rf Warn RfOtherChip @1d0000", "another family", OfDevice(dump));
        Says(ImageVerifier.Verify(FlashImage.Parse(dump)), "rf-calibrated Fail RfOtherChip @1d0000",
            "programs and calibration are not of one device");
    }

    [Fact]
    public void Mac_ThatIsNoDevices_IsSaidBesides()
    {
        var checks = RfChecks.OfDevice(Map, FlashImage.Parse(new SyntheticImage().WithRf(Looks, "030102030405").Dump())).ToArray();

        Assert.Equal(["rf Pass RfMissing @1d0000", "rf-mac Warn RfMacInvalid @1d0024"], Lines(checks));
    }

    [Fact]
    public void Table_WithoutAMac_HasNoneToJudge()
    {
        // The element of the MAC has another tag.
        byte[] table = RfTestData.CompleteTable();
        int at = table.AsSpan().IndexOf(RfTestData.Item(0x11111102, "021122334455"));
        table[at] = 0x09;
        var result = ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage().With(Looks, RfTestData.Sector(table)).Dump()));

        Says(result, "rf-table Fail RfMacMissing @1d0000", "has no MAC");
        Says(result, "rf-mac Skipped RfMacMissing @1d0000", "no MAC to judge");
        Says(result, "rf-calibrated Pass RfUncalibrated @1d0000", "holds calibration");
        Assert.False(result.Backup);
    }

    [Fact]
    public void Table_OfAWholeDevice_IsSaidInWords()
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(SyntheticImage.ObkNFirmware().WithRf(Looks).Dump()));

        Says(result, "rf-table Pass RfNotATable @1d0000", "is there, with a MAC");
        Says(result, "rf-mac Pass RfMacPlaceholder", "one a station may have");
        Says(result, "rf-calibrated Pass RfUncalibrated @1d0000", "holds calibration");
        var elsewhere = ImageVerifier.Verify(FlashImage.Parse(SyntheticImage.ObkNFirmware().WithRf(0x1E0000).Dump()));
        Says(elsewhere, "rf-table Warn RfElsewhere @1e0000", "at 0x1e0000, this firmware looks at 0x1d0000");
        var lost = ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage().WithRf(Looks, calibrated: false).Dump()));
        Says(lost, "rf-calibrated Fail RfUncalibrated @1d0000", "it was lost before this backup was made");
    }

    // ---- the stored key ----------------------------------------------------------------------------------------------------------------

    private static SyntheticImage Device(SyntheticBoot boot, SyntheticRecordKind kind, SyntheticKey stored,
        SyntheticKey? key = null) => new()
    {
        Boot = boot, Key = key ?? SyntheticKey.Tuya, Record = new SyntheticKeyRecord(kind, stored),
        App = SyntheticPrograms.App(0x9A75, boot.NMarker ? SyntheticImage.TuyaN : SyntheticImage.TuyaT, boot.NMarker),
    };

    private static SyntheticImage T(SyntheticKey stored) => Device(SyntheticBoot.T, SyntheticRecordKind.Tuya, stored);

    private static VerifyCheck After(byte[] firmware, byte[]? device, bool isPackage) =>
        StoredKeyCheck.AfterFlashing(FlashImage.Parse(firmware), device is null ? null : FlashImage.Parse(device), isPackage);

    [Fact]
    public void StoredKey_OfAnImage_IsItsBootloaders()
    {
        var right = ImageVerifier.Verify(FlashImage.Parse(T(SyntheticKey.Tuya).Dump()));
        Says(right, "stored-key Pass StoredKeyDiffers @0", "the bootloader stores the key it is under");
        var wrong = ImageVerifier.Verify(FlashImage.Parse(T(SyntheticKey.Uascent).Dump()));
        Says(wrong, "stored-key Warn StoredKeyDiffers @0", "after the first update the device would not start");
        var unread = ImageVerifier.Verify(FlashImage.Parse(Device(SyntheticBoot.N, SyntheticRecordKind.Tuya, SyntheticKey.Uascent).Dump()));
        Says(unread, "stored-key Warn StoredKeyDiffers @0", "were not seen to encipher updates");
        var vendors = ImageVerifier.Verify(FlashImage.Parse(Device(SyntheticBoot.U, SyntheticRecordKind.Sdk,
            SyntheticKeyRecord.Placeholder).Dump()));
        Says(vendors, "stored-key Pass StoredKeyDiffers @0", "no code of theirs reads it");
        var none = ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage().Dump()));
        Says(none, "stored-key Skipped StoredKeyDiffers", "no key record of a known kind");
        var nothing = ImageVerifier.Verify(FlashImage.Parse(SyntheticImage.ObkNFirmware().Ua()));
        Says(nothing, "stored-key Skipped StoredKeyDiffers", "no bootloader under a known key");
    }

    [Fact]
    public void StoredKey_AfterFlashing_IsThatOfTheBootloaderThatIsThereThen()
    {
        byte[] right = T(SyntheticKey.Tuya).Dump(), wrong = T(SyntheticKey.Uascent).Dump();

        // A firmware that brings its own bootloader.
        Is("stored-key Pass StoredKeyDiffers @0", "stores the key", After(T(SyntheticKey.Tuya).Qio(), wrong, isPackage: false));
        Is("stored-key Warn StoredKeyDiffers @0", "would not start", After(T(SyntheticKey.Uascent).Qio(), right, isPackage: false));
        Is("stored-key Pass StoredKeyDiffers @0", "stores the key", After(T(SyntheticKey.Tuya).Qio(), null, isPackage: false));
        // An app beside it, and a bootloader's plain file, which is not what is flashed.
        foreach (byte[] file in new[] { T(SyntheticKey.Tuya).Ua(), T(SyntheticKey.Tuya).StoredBootloader() })
        {
            Is("stored-key Warn StoredKeyDiffers @0", "would not start", After(file, wrong, isPackage: false));
            Is("stored-key Pass StoredKeyDiffers @0", "stores the key", After(file, right, isPackage: false));
            Is("stored-key Skipped StoredKeyDiffers", "no bootloader under a known key", After(file, null, isPackage: false));
        }
    }

    // A firmware whose table has the bootloader elsewhere brings one as soon as a page of it is there.
    [Theory]
    [InlineData(0, "stored-key Warn StoredKeyDiffers @0")]
    [InlineData(1, "stored-key Skipped StoredKeyDiffers")]
    public void StoredKey_OfAFirmwareWhoseTableHasTheBootloaderElsewhere(int pages, string line)
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0x150000, 0x8000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0x20000, false),
        ];
        byte[] firmware = new SyntheticImage { Table = table }.Dump();
        // Logical 0x150000 is physical 0x165000.
        PlainFormats.Pages(SyntheticPrograms.Noise(32 * pages, 4)).CopyTo(firmware, 0x165000);

        Assert.Equal(line, Line(After(firmware, T(SyntheticKey.Uascent).Dump(), isPackage: false)));
    }

    [Fact]
    public void StoredKey_OfADeviceThatIsToInstallAPackage_FailsWhereTheUpdateIsTheEnd()
    {
        byte[] package = PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.ObkT, nMarker: false));

        Is("stored-key Fail StoredKeyDiffers @0", "would not start", After(package, T(SyntheticKey.Uascent).Dump(), isPackage: true));
        Is("stored-key Pass StoredKeyDiffers @0", "stores the key", After(package, T(SyntheticKey.Tuya).Dump(), isPackage: true));
        Is("stored-key Warn StoredKeyDiffers @0", "were not seen", After(package, Device(SyntheticBoot.N, SyntheticRecordKind.Tuya,
            SyntheticKey.Uascent).Dump(), isPackage: true));
        Is("stored-key Skipped StoredKeyDiffers", "no bootloader under a known key", After(package, null, isPackage: true));
    }

    // ---- the app's header --------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Header_OfAPackageUnderAnUnknownKey_CannotBeChecked()
    {
        var device = new SyntheticImage { Key = SyntheticKey.Custom };
        byte[] flash = device.Dump();
        PlainFormats.Pages(PlainFormats.Header(device.App, "app", "-o", 1, algorithm: 0x102)).CopyTo(flash, 0x129F0A);

        var result = ImageVerifier.Verify(FlashImage.Parse(flash));

        Says(result, "app-header Skipped RblPayloadHash @129f0a", "cannot be checked without its key");
        Assert.Null(result.BootloaderAccepts);
    }

    [Fact]
    public void Header_OfARotatedOrPartialRead_IsLookedForWhereTheTableSays()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var rotated = ImageVerifier.Verify(FlashImage.Parse((byte[])[.. dump.AsSpan(Behind), .. dump.AsSpan(0, Behind)]));
        Says(rotated, "app-header Pass RblPayloadHash @129f0a", "where this bootloader looks, and fits");
        Assert.True(rotated.BootloaderAccepts);
    }

    [Fact]
    public void HeaderOffset_IsOfAnAppInPages()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN);
        Assert.Equal(0x129F0A, BootloaderAcceptance.HeaderOffset(image.Fal));
        Assert.Null(BootloaderAcceptance.HeaderOffset(null));
        byte[] raw =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app", "beken_onchip",
                0x11000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA6000, false),
        ];
        Assert.Null(BootloaderAcceptance.HeaderOffset(FlashImage.Parse(new SyntheticImage { Table = raw }.Dump()).Fal));
    }
}

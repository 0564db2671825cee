using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>The two answers of verify: would it boot, and is it a backup.</summary>
public class ImageVerifierTests
{
    // The answers for the corpus, as the contract and the README of the corpus let expect them: file, boots, the bootloader accepts the
    // app, backup, and the checks that warn.
    public static TheoryData<string, bool, bool?, bool?, string> Answers => new()
    {
        { "BK7231N_LSPA9_Clone_First.bin", true, true, true, "" },
        { "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", true, true, true, "" },
        // TuyaOS 3 after an update over the air: no header. Its RF table holds chip information only.
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", true, false, false, "app-header" },
        // The app's header is that of the package still staged in download.
        { "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", true, true, true, "app-header staged-package" },
        { "BK7231T_TuyaConfig_PC44HA.bin", false, null, null, "" },
        { "BK7231T_Tuya_Brilo_8464455.bin", true, true, true, "" },
        { "BK7231T_Tuya_Globe_37783.bin", true, true, true, "" },
        { "BK7231T_Tuya_LED_Moon_rotated.bin", true, true, true, "origin" },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", true, true, true, "" },
        { "OpenBK7231M_QIO_1.18.300.bin", true, true, null, "" },
        { "OpenBK7231N_QIO_1.18.300.bin", true, true, null, "" },
        { "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", true, true, null, "" },
        // Its header closes the app at 1 MiB, where its own bootloader does not look.
        { "OpenBK7231T_QIO_1.18.300.bin", true, false, null, "app-header" },
        { "OpenBK7238_QIO_1.18.300.bin", true, true, null, "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Corpus_Answer_IsWrittenDown(string file, bool boots, bool? accepts, bool? backup, string warnings)
    {
        var result = ImageVerifier.Verify(SyntheticImages.FromCorpus(file));

        Assert.Equal((boots, accepts, backup), (result.Boots, result.BootloaderAccepts, result.Backup));
        Assert.Equal(warnings, string.Join(" ", result.Checks.Where(check => check.Status == CheckStatus.Warn).Select(check => check.Name)));
        Assert.Equal(warnings.Length > 0, result.HasWarnings);
    }

    // The images themselves against the plain boot simulator: what verify says and what a bootloader does agree.
    [Theory]
    [MemberData(nameof(Answers))]
    public void Corpus_Answer_AgreesWithTheSimulator(string file, bool boots, bool? accepts, bool? backup, string warnings)
    {
        Assert.True(backup is null || boots);
        var image = SyntheticImages.FromCorpus(file);
        if (!boots)
            return;
        var simulator = BootSimulator.Run([.. image.Bytes.Span, .. Enumerable.Repeat((byte)0xFF, 0x200000 - image.Length)], SyntheticImages.ToSynthetic(image.Key.Name));

        Assert.True(simulator.BootloaderStarts && simulator.AppStarts);
        // A header of a package is beyond the simulator; it knows ordinary ones only.
        Assert.Equal(accepts == true && !warnings.Contains("staged", StringComparison.Ordinal), simulator.Verifies);
        Assert.Equal(warnings.Contains("staged", StringComparison.Ordinal), simulator.PackageStaged);
    }

    [Fact]
    public void SoundDevice_PassesEveryCheck()
    {
        var record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Tuya);

        var result = ImageVerifier.Verify(FlashImage.Parse(new SyntheticImage { Record = record }.WithRf(0x1D0000).Dump()));

        Assert.Equal((true, true, true), (result.Boots, result.BootloaderAccepts, result.Backup));
        Assert.All(result.Checks, check => Assert.Equal(CheckStatus.Pass, check.Status));
    }

    public static TheoryData<string, string, CheckStatus, bool, bool?, bool?> Damages => new()
    {
        { "bootloader erased", "bootloader-vectors", CheckStatus.Fail, false, null, false },
        { "app erased", "app-vectors", CheckStatus.Fail, false, false, true },
        { "bootloader page", "bootloader-pages", CheckStatus.Fail, false, true, false },
        { "app page", "app-pages", CheckStatus.Fail, false, false, false },
        { "app page erased", "app-pages", CheckStatus.Fail, false, false, false },
        { "page behind payload", "app-pages", CheckStatus.Pass, true, true, true },
        { "app changed", "app-header", CheckStatus.Fail, false, false, true },
        { "no header", "app-header", CheckStatus.Warn, true, false, true },
        { "header crc", "app-header", CheckStatus.Warn, true, false, true },
        { "header elsewhere", "app-header", CheckStatus.Warn, true, false, true },
        { "package header", "app-header", CheckStatus.Warn, true, true, true },
        { "package header wrong", "app-header", CheckStatus.Fail, false, false, true },
        { "other key", "same-key", CheckStatus.Fail, false, true, true },
        { "staged", "staged-package", CheckStatus.Warn, true, true, true },
        { "no rf", "rf-table", CheckStatus.Fail, true, true, false },
        { "rf mac", "rf-mac", CheckStatus.Warn, true, true, true },
        { "uncalibrated", "rf-calibrated", CheckStatus.Fail, true, true, false },
        { "no table", "app-header", CheckStatus.Skipped, true, null, true },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void DamagedDevice_FailsForItsOwnReason(string damage, string check, CheckStatus status, bool boots, bool? accepts, bool? backup)
    {
        var result = ImageVerifier.Verify(FlashImage.Parse(Damaged(damage)));

        var found = Assert.Single(result.Checks, candidate => candidate.Name == check);
        Assert.Equal(status, found.Status);
        Assert.Equal((boots, accepts), (result.Boots, result.BootloaderAccepts));
        if (damage is not "app erased")
            Assert.Equal(backup, result.Backup);
    }

    private static byte[] Damaged(string damage)
    {
        const int app = 0x11000, appPage = app + 34 * 200, header = 0x129F0A;
        var device = damage == "no table" ? new SyntheticImage { Table = [] }.WithRf(0x1D0000) : SyntheticImage.TuyaNDevice();
        byte[] flash = device.Dump();
        switch (damage)
        {
            case "bootloader erased": flash.AsSpan(0, 0x11000).Fill(0xFF); break;
            case "app erased": flash.AsSpan(app, 34 * 64).Fill(0xFF); break;
            case "bootloader page": flash[34 * 100 + 5] ^= 1; break;
            case "app page": flash[appPage + 5] ^= 1; break;
            case "app page erased": flash.AsSpan(appPage, 34).Fill(0xFF); break;
            case "page behind payload": flash.AsSpan(app + 34 * 2000, 34).Fill(0xAB); break;
            case "app changed": PlainFormats.Pages(new byte[32]).CopyTo(flash, appPage); break;
            case "no header": flash.AsSpan(header, 102).Fill(0xFF); break;
            case "header crc": PlainFormats.Pages(Header(device, crc: 1)).CopyTo(flash, header); break;
            case "header elsewhere":
                flash.AsSpan(header, 102).Fill(0xFF);
                PlainFormats.Pages(Header(device)).CopyTo(flash, app + 34 * 3000);
                break;
            case "package header": PlainFormats.Pages(PlainFormats.Header(device.App, "app", "-o", 1, algorithm: 0x102)).CopyTo(flash, header); break;
            case "package header wrong": PlainFormats.Pages(PlainFormats.Header(new byte[device.App.Length], "app", "-o", 1, algorithm: 0x102)).CopyTo(flash, header); break;
            case "other key": SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Ua().CopyTo(flash, app); break;
            case "staged": PlainFormats.UpdatePackage(device.App).CopyTo(flash, 0x12A000); break;
            case "no rf": flash.AsSpan(0x1D0000, 0x1000).Fill(0xFF); break;
            case "rf mac": flash[0x1D0024] = 0x03; break;
            case "uncalibrated": flash = new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump(); break;
        }
        return flash;
    }

    private static byte[] Header(SyntheticImage device, byte crc = 0)
    {
        byte[] header = PlainFormats.Header(device.StoredApp(), "app", "1.00", 1);
        header[0x5C] ^= crc;
        return header;
    }

    [Fact]
    public void UnknownKey_DoesNotBoot_GivenKey_Does()
    {
        byte[] dump = new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump();

        var unknown = ImageVerifier.Verify(FlashImage.Parse(dump));
        Assert.False(unknown.Boots);
        Assert.Equal(FindingCode.KeyUnknown, unknown.Checks[0].Code);
        Assert.True(ImageVerifier.Verify(FlashImage.Parse(dump, new FlashImageOptions { Key = SyntheticKey.Custom.ToKey() })).Boots);
        Assert.False(ImageVerifier.Verify(FlashImage.Parse(dump, new FlashImageOptions { Key = SyntheticKey.Tuya.ToKey() })).Boots);
    }

    [Fact]
    public void ErasedPageInsideAPayloadTheHashVouchesFor_IsSound()
    {
        // 32 bytes of 0xFF inside the stored payload, left erased by the tool that wrote it.
        byte[] app = SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN);
        app.AsSpan(0x1000, 32).Fill(0xFF);
        byte[] flash = new SyntheticImage { Key = SyntheticKey.Zero, App = app }.WithRf(0x1D0000).Dump();
        flash.AsSpan(0x11000 + 0x1000 / 32 * 34, 34).Fill(0xFF);

        var result = ImageVerifier.Verify(FlashImage.Parse(flash));

        Assert.Equal((true, true, true), (result.Boots, result.BootloaderAccepts, result.Backup));
    }

    [Fact]
    public void DoubledDump_IsABackupWithAWarning()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var result = ImageVerifier.Verify(FlashImage.Parse([.. dump, .. dump]));

        Assert.True(result.Backup);
        Assert.Equal(CheckStatus.Warn, Assert.Single(result.Checks, check => check.Name == "complete").Status);
    }

    [Theory]
    [InlineData("ua")]
    [InlineData("app")]
    [InlineData("bootloader")]
    public void Parts_DoNotBoot_AndAreNoBackup(string part)
    {
        var firmware = SyntheticImage.ObkNFirmware();
        var result = ImageVerifier.Verify(FlashImage.Parse(part switch { "ua" => firmware.Ua(), "app" => firmware.App, _ => firmware.BootContainer() }));

        Assert.Equal((false, null), (result.Boots, result.Backup));
    }

    [Fact]
    public void ReadThatNobodyKnowsTheBeginningOf_IsNoBackup()
    {
        // Calibration where no firmware of any chip looks, and no program at the beginning: a rotated read whose bootloader is lost.
        byte[] bytes = SyntheticPrograms.Noise(0x200000, 5);
        SyntheticImages.TuyaN.AsSpan(0x1D0000, 0x1000).CopyTo(bytes.AsSpan(0x55000));

        var result = ImageVerifier.Verify(FlashImage.Parse(bytes));

        Assert.Equal((false, false), (result.Boots, result.Backup));
        Assert.Equal("origin", Assert.Single(result.Checks, check => check is { Code: FindingCode.Rotated, Status: CheckStatus.Fail }).Name);
    }
}

using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Analysis;

/// <summary>Update packages held against devices: whether the bootloader takes them, whether they fit, and what they overwrite.</summary>
public class PackageLintTests
{
    private const string Key = "5AC0EE0B2379005E3F52CCA49B2D741D";
    private const string IV = "8BCC2EF2EDEC53C7";

    private static readonly byte[] AppN = SyntheticPrograms.App(0x5000, SyntheticImage.ObkN, seed: 3);
    private static readonly byte[] AppT = SyntheticPrograms.App(0x5000, SyntheticImage.ObkT, nMarker: false, seed: 3);
    private static readonly byte[] AppU = SyntheticPrograms.App(0x5000, "OpenBK7231U_1.18.300", nMarker: false, seed: 3);

    /// <summary>Key and vector as every bootloader stores them: at a multiple of four, each with its NUL.</summary>
    private static string Stored(string key, string iv) => "\0\0\0" + iv + "\0" + key;

    private static SyntheticBoot WithKey(SyntheticBoot boot, string key = Key, string iv = IV) => boot with { Texts = [.. boot.Texts, Stored(key, iv)] };

    private static SyntheticImage N(SyntheticBoot? boot = null) => new SyntheticImage { Boot = boot ?? SyntheticBoot.N }.WithRf(0x1D0000);

    private static SyntheticImage U() => new SyntheticImage { Boot = SyntheticBoot.U, Key = SyntheticKey.Zero, App = AppU }.WithRf(0x1E0000);

    private static byte[] Pack(byte[] app, RblCompression compression = RblCompression.Gzip, bool aes = true, OtaKey? key = null, string name = "app") =>
        OtaWriter.Pack(app, new OtaPackOptions
        {
            Compression = compression, Encryption = aes ? RblEncryption.Aes256 : RblEncryption.None, Key = key ?? OtaKey.Default, Name = name,
        });

    private static LintResult Lint(byte[] package, SyntheticImage device) => FirmwareLinter.Lint(FlashImage.Parse(package), FlashImage.Parse(device.Dump()));

    private static VerifyCheck Check(LintResult result, string name) => Assert.Single(result.Checks, check => check.Name == name);

    [Theory]
    [InlineData("N", RblCompression.None, false, CheckStatus.Pass)]
    [InlineData("N", RblCompression.None, true, CheckStatus.Pass)]
    [InlineData("N", RblCompression.Gzip, false, CheckStatus.Pass)]
    [InlineData("N", RblCompression.QuickLz, true, CheckStatus.Pass)]
    [InlineData("N", RblCompression.FastLz, true, CheckStatus.Fail)]
    [InlineData("T", RblCompression.QuickLz, false, CheckStatus.Pass)]
    [InlineData("T", RblCompression.FastLz, false, CheckStatus.Fail)]
    [InlineData("U", RblCompression.None, false, CheckStatus.Fail)]
    [InlineData("U", RblCompression.Gzip, false, CheckStatus.Fail)]
    [InlineData("U", RblCompression.None, true, CheckStatus.Pass)]
    [InlineData("U", RblCompression.Gzip, true, CheckStatus.Pass)]
    [InlineData("U", RblCompression.QuickLz, true, CheckStatus.Warn)]
    [InlineData("Dreo", RblCompression.Gzip, true, CheckStatus.Pass)]
    [InlineData("Dreo", RblCompression.None, false, CheckStatus.Warn)]
    public void Method_IsWhatTheBootloaderTakes(string device, RblCompression compression, bool aes, CheckStatus expected)
    {
        var (image, app) = device switch
        {
            "N" => (N(), AppN),
            "T" => (SyntheticImage.TuyaTDevice(), AppT),
            "U" => (U(), AppU),
            _ => (SyntheticImage.DreoDevice(), AppN),
        };

        var result = Lint(Pack(app, compression, aes), image);

        var check = Check(result, "package-method");
        Assert.Equal((FindingCode.PackageRefused, expected), (check.Code, check.Status));
        Assert.Equal(expected != CheckStatus.Fail, result.Runs);
        Assert.DoesNotContain(result.Checks, other => other.Name is "key" or "app-header" or "wiped");
    }

    [Theory]
    [InlineData(true, true, CheckStatus.Pass)]
    [InlineData(true, false, CheckStatus.Fail)]
    [InlineData(false, false, CheckStatus.Warn)]
    public void AesKey_IsTheOneInTheDevicesBootloader(bool stores, bool packedWithIt, CheckStatus expected)
    {
        var device = N(stores ? WithKey(SyntheticBoot.N) : null);

        var result = Lint(Pack(AppN, key: packedWithIt ? new OtaKey(Key, IV) : null), device);

        Assert.Equal((FindingCode.PackageKeyDiffers, expected), (Check(result, "package-key").Code, Check(result, "package-key").Status));
        Assert.Equal(expected != CheckStatus.Fail, result.Runs);
        Assert.DoesNotContain(result.Checks, check => check.Message.Contains(Key, StringComparison.Ordinal) || check.Message.Contains(IV, StringComparison.Ordinal));
    }

    [Fact]
    public void AesKey_NobodyKnows_CannotBeJudgedAndDoesNotRun()
    {
        var result = Lint(Pack(AppN, key: new OtaKey(Key, IV)), N());

        Assert.False(result.Runs);
        Assert.Equal(FindingCode.OtaWrongKey, Assert.Single(result.Checks).Code);
    }

    [Fact]
    public void Unencrypted_NeedsNoKey() => Assert.Equal(CheckStatus.Skipped, Check(Lint(Pack(AppN, aes: false), N()), "package-key").Status);

    [Fact]
    public void Content_ForAnotherPartition_Fails()
    {
        var check = Check(Lint(Pack(AppN, name: "bootloader"), N()), "package-content");

        Assert.Equal((FindingCode.PackageNotPlain, CheckStatus.Fail), (check.Code, check.Status));
    }

    [Fact]
    public void Content_LinkedElsewhere_Fails()
    {
        byte[] app = SyntheticPrograms.App(0x5000, SyntheticImage.ObkN, seed: 3, linkBase: 0x120000);

        Assert.Equal(CheckStatus.Fail, Check(Lint(Pack(app), N()), "layout").Status);
    }

    [Theory]
    [InlineData("enciphered")]
    [InlineData("pages")]
    [InlineData("data")]
    [InlineData("damaged")]
    public void Package_WithoutAnApp_DoesNotRun(string what)
    {
        byte[] package = what switch
        {
            "enciphered" => Pack(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, AppN)),
            "pages" => Pack(PlainFormats.Pages(AppN)),
            "data" => Pack(SyntheticPrograms.Noise(0x2000, 1)),
            _ => Pack(AppN),
        };
        if (what == "damaged")
            package[package.Length - 20] ^= 1;

        var result = Lint(package, N());

        Assert.False(result.Runs);
        var code = what switch { "damaged" => FindingCode.RblPayloadCrc, "pages" => FindingCode.PackageNotPlain, _ => FindingCode.AppMissing };
        Assert.Equal(code, Assert.Single(result.Checks).Code);
    }

    [Fact]
    public void Size_IsHeldAgainstTheDownloadPartition()
    {
        var layout = SyntheticLayout.N with { DownloadLength = 0x4000 };
        var small = N(SyntheticBoot.N with { Layout = layout });

        Assert.Equal(CheckStatus.Fail, Check(Lint(Pack(AppN, RblCompression.None), small), "package-size").Status);
        Assert.Equal(CheckStatus.Pass, Check(Lint(Pack(AppN.AsSpan(0, 0x3000).ToArray(), RblCompression.None), small), "package-size").Status);
        Assert.Equal(CheckStatus.Pass, Check(Lint(Pack(AppN, RblCompression.None), N()), "package-size").Status);
    }

    [Fact]
    public void Place_WhereTheBootloaderDoesNotLook_FailsAndErasesTheHeader()
    {
        // OpenBeken for BK7231N on a BL2028N writes to 0x12a000; the bootloader looks at 0x132000, and its app ends there.
        var device = new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = AppN }.WithRf(0x1D0000);

        var result = Lint(Pack(AppN, RblCompression.None), device);

        Assert.False(result.Runs);
        Assert.Equal(CheckStatus.Fail, Check(result, "package-place").Status);
        Assert.Contains(result.Checks, check => check is { Name: "package-overwrites", Status: CheckStatus.Fail, Offset: 0x12A000 });
    }

    [Fact]
    public void Overwritten_NothingThere_Passes()
    {
        var result = Lint(Pack(AppN), N().WithPackage());

        Assert.Equal(CheckStatus.Pass, Check(result, "package-overwrites").Status);
        Assert.Equal(CheckStatus.Pass, Check(result, "package-place").Status);
        Assert.True(result.Runs);
    }

    [Theory]
    [InlineData(0xA0000, CheckStatus.Fail)]
    [InlineData(0x5000, CheckStatus.Warn)]
    public void Overwritten_CalibrationInsideTheDownloadPartition_IsNamed(int size, CheckStatus expected)
    {
        // The table's download runs from 0x132000 to 0x1e0000; calibration lies at 0x1d0000 inside of it.
        var device = new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9000, SyntheticImage.Sdk) }.WithRf(0x1D0000);

        var result = Lint(Pack(SyntheticPrograms.App(size, SyntheticImage.ObkN), RblCompression.None), device);

        var check = Check(result, "package-overwrites");
        Assert.Equal((FindingCode.PackageOverwrites, expected, 0x1D0000L), (check.Code, check.Status, check.Offset));
        Assert.Contains("'rf'", check.Message, StringComparison.Ordinal);
        Assert.Equal(expected != CheckStatus.Fail, result.Runs);
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, CheckStatus.Pass)]
    [InlineData(BekenChip.BK7231U, CheckStatus.Fail)]
    public void ChipAndKeyAlone_TellTheMethodAndTheSize(BekenChip chip, CheckStatus method)
    {
        byte[] app = chip == BekenChip.BK7231N ? AppN : AppU;

        var result = FirmwareLinter.Lint(FlashImage.Parse(Pack(app, aes: false)), chip, SyntheticKey.Tuya.ToKey());

        Assert.Equal(method, Check(result, "package-method").Status);
        Assert.Equal(CheckStatus.Pass, Check(result, "package-size").Status);
        Assert.Equal(CheckStatus.Skipped, Check(result, "package-overwrites").Status);
    }

    [Fact]
    public void UgAroundAPackage_IsJudgedLikeIt_AndItsSumsToo()
    {
        byte[] ug = UgWriter.Pack(Pack(AppN), "1.2.3");

        var result = Lint(ug, N());
        Assert.True(result.Runs);
        Assert.Equal(CheckStatus.Pass, Check(result, "package-method").Status);
        Assert.Equal(CheckStatus.Pass, Check(result, "package-wrapper").Status);

        ug[8] ^= 1;
        Assert.Equal(CheckStatus.Fail, Check(Lint(ug, N()), "package-wrapper").Status);
    }

    [Fact]
    public void Wa2_AcceptsThePackageItHasStaged()
    {
        var device = SyntheticImages.FromCorpus("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin");
        var package = FlashImage.Parse(device.Bytes.Slice(0x132000, RblHeader.Size + 500096).ToArray(), new FlashImageOptions { Chip = BekenChip.BK7231Q });

        // Nothing in it names its chip.
        Assert.Null(FirmwareLinter.Lint(FlashImage.Parse(package.Bytes), device).Answer);
        var result = FirmwareLinter.Lint(package, device);

        Assert.True(result.Runs, string.Join("; ", result.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Message)));
        Assert.Equal(CheckStatus.Pass, Check(result, "package-method").Status);
        Assert.Equal(CheckStatus.Pass, Check(result, "package-key").Status);
        // That table's download covers everything behind it.
        Assert.Contains(result.Checks, check => check is { Name: "package-overwrites", Status: CheckStatus.Warn, Offset: 0x1E0000 });
    }
}

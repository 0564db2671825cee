using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>
/// The loaders install what the library packs: the app in flash afterwards is what was packed, by formats written down a second time. And
/// when the plug is pulled while they write, they begin again.
/// </summary>
public class CorpusUpdateTests
{
    /// <summary>Set to a number of points to cut the power at all of them, and to install an app of full size: minutes.</summary>
    private const string LongRun = "BEKENIMAGE_POWER_CUTS";

    private const int SmallApp = 0x4000;
    private const int FullApp = 0xC8000;

    private sealed record Device(string File, int Download, SyntheticKey Key, string Text);

    private static readonly Dictionary<string, Device> Devices = new()
    {
        ["N"] = new("BK7231N_LSPA9_Clone_First.bin", 0x12A000, SyntheticKey.Tuya, "BK7231N"),
        ["D"] = new("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", 0x132000, SyntheticKey.Zero, "BL2028N"),
        ["T"] = new("BK7231T_Tuya_Brilo_8464455.bin", 0x132000, SyntheticKey.Tuya, "BK7231T"),
    };

    [Theory]
    [InlineData("N", RblCompression.Gzip, RblEncryption.Aes256)]
    [InlineData("N", RblCompression.Gzip, RblEncryption.None)]
    [InlineData("N", RblCompression.QuickLz, RblEncryption.Aes256)]
    [InlineData("N", RblCompression.QuickLz, RblEncryption.None)]
    [InlineData("N", RblCompression.None, RblEncryption.Aes256)]
    [InlineData("N", RblCompression.None, RblEncryption.None)]
    [InlineData("D", RblCompression.Gzip, RblEncryption.Aes256)]
    [InlineData("D", RblCompression.QuickLz, RblEncryption.Aes256)]
    [InlineData("D", RblCompression.None, RblEncryption.Aes256)]
    [InlineData("T", RblCompression.Gzip, RblEncryption.Aes256)]
    public void StagedPackage_IsInstalledByTheLoader(string device, RblCompression compression, RblEncryption encryption)
    {
        byte[] app = App(device, SmallApp);
        var report = ImageBooter.Boot(Staged(device, app, compression, encryption));

        Assert.Equal((BootStop.Jumped, true, true), (report.Stopped, report.InstalledUpdate, report.Accepted));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootUpdateInstalled);
        AssertHolds(report, device, app);
    }

    [Theory]
    [InlineData("D", RblCompression.Gzip, RblEncryption.None, "none encryption Not allow!")]
    [InlineData("D", RblCompression.FastLz, RblEncryption.Aes256, "Not supported FastLZ compress firmware")]
    [InlineData("N", RblCompression.FastLz, RblEncryption.Aes256, null)]
    public void PackageInAFormTheLoaderDoesNotTake_IsLeft(string device, RblCompression compression, RblEncryption encryption, string? words)
    {
        var image = Staged(device, App(device, SmallApp), compression, encryption);
        var report = ImageBooter.Boot(image);

        Assert.Equal((BootStop.Jumped, false), (report.Stopped, report.InstalledUpdate));
        Assert.Equal(image.Bytes.Slice(0x11000, 0x100000).ToArray(), report.Flash.Slice(0x11000, 0x100000).ToArray());
        if (words is not null)
            Assert.Contains(words, Assert.Single(report.Findings, finding => finding.Code == FindingCode.BootUpdateFailed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N")]
    [InlineData("D")]
    [InlineData("T")]
    public void DamagedPackage_IsRefusedInTheLoadersWords_AndTheAppStays(string device)
    {
        byte[] flash = Staged(device, App(device, SmallApp), RblCompression.Gzip, RblEncryption.Aes256).Bytes.ToArray();
        flash[Devices[device].Download + 2000] ^= 1;
        var report = ImageBooter.Boot(FlashImage.Parse(flash));

        Assert.Equal((BootStop.Jumped, false), (report.Stopped, report.InstalledUpdate));
        Assert.Contains("failed on partition 'download'", Assert.Single(report.Findings, finding => finding.Code == FindingCode.BootUpdateFailed).Message, StringComparison.Ordinal);
        Assert.Equal(flash.AsSpan(0x11000, 0x110000).ToArray(), report.Flash.Slice(0x11000, 0x110000).ToArray());
    }

    [Fact]
    public void LoaderThatDoesNotKnowTheFlash_WritesNothing()
    {
        // hardware.md, 4.2: with the id 0 loader D runs to 100 % and has written nothing; it says that the app fails its check.
        var report = ImageBooter.Boot(Staged("D", App("D", SmallApp), RblCompression.Gzip, RblEncryption.Aes256), new BootOptions { FlashId = 0 });
        Assert.Equal((false, 0, false), (report.InstalledUpdate, report.FlashWrites, report.Accepted));
        Assert.Contains("failed on partition 'app'", report.JudgementLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N", 6)]
    [InlineData("D", 6)]
    [InlineData("T", 2)]
    public void PowerCut_WhileItWrites_LosesNothing(string device, int points)
    {
        if (Environment.GetEnvironmentVariable(LongRun) is { Length: > 0 } given)
            points = (int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) + 2) / 3;
        byte[] app = App(device, SmallApp);
        var image = Staged(device, app, RblCompression.Gzip, RblEncryption.Aes256);
        int writes = ImageBooter.Boot(image).FlashWrites;
        Assert.InRange(writes, SmallApp / 32, 5000);
        for (int point = 0; point < points; point++)
        {
            // The first write, the last but one, and between them.
            int cut = 1 + (int)((long)point * (writes - 2) / Math.Max(1, points - 1));
            var interrupted = ImageBooter.Boot(image, new BootOptions { PowerCutAfterFlashWrites = cut });
            Assert.Equal((BootStop.Halted, cut), (interrupted.Stopped, interrupted.FlashWrites));

            var again = ImageBooter.Boot(FlashImage.Parse(interrupted.Flash));
            Assert.True(again.Stopped == BootStop.Jumped, $"after a cut at write {cut} of {writes}: {again.Verdict}");
            AssertHolds(again, device, app);
        }
    }

    [Theory]
    [InlineData("N")]
    [InlineData("D")]
    [InlineData("T")]
    public void StagedPackage_OfFullSize_IsInstalled(string device)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(LongRun)), $"Takes minutes (set {LongRun}).");
        byte[] app = App(device, FullApp);
        var report = ImageBooter.Boot(Staged(device, app, RblCompression.Gzip, RblEncryption.Aes256));
        Assert.True(report.InstalledUpdate, report.Verdict);
        AssertHolds(report, device, app);
    }

    // A program that packs as code does: noise in which every second stretch is a repetition.
    private static byte[] App(string device, int length)
    {
        byte[] app = SyntheticPrograms.App(length, Devices[device].Text, nMarker: device != "T", seed: 11);
        for (int at = 0x1000; at + 0x800 <= length; at += 0x1000)
            app.AsSpan(at - 0x800, 0x800).CopyTo(app.AsSpan(at));
        return app;
    }

    private static FlashImage Staged(string device, byte[] app, RblCompression compression, RblEncryption encryption)
    {
        byte[] flash = Corpus.Read(Devices[device].File);
        byte[] package = OtaWriter.Pack(app, new OtaPackOptions { Compression = compression, Encryption = encryption, Version = "9.99.999", Timestamp = 1700000000 });
        int download = Devices[device].Download;
        flash.AsSpan(download, (package.Length + 0xFFF) & ~0xFFF).Fill(0xFF);
        package.CopyTo(flash, download);
        return FlashImage.Parse(flash);
    }

    private static void AssertHolds(BootReport report, string device, byte[] app)
    {
        byte[] stored = PlainFormats.Strip(report.Flash.Span.Slice(0x11000, app.Length / 32 * 34), out int wrong);
        Assert.Equal(0, wrong);
        BytesAssert.Equal(app, PlainFormats.Cipher(Devices[device].Key, 0x10000, stored));
    }
}

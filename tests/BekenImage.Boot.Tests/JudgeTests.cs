using BekenImage.Boot.Tests.Support;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>
/// What every editor of the library makes is booted: by the bootloader of the image, which is no code of ours on real images and a few
/// lines on synthetic ones. It must jump, say the same up to there, and find a program where it goes.
/// </summary>
public class JudgeTests
{
    private const string Obk = "OpenBK7231N_QIO_1.18.300.bin";
    private const string Dreo = "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin";

    public static TheoryData<string> Names => new("tiny", "BK7231N_LSPA9_Clone_First.bin", "BK7231T_Tuya_Brilo_8464455.bin", Dreo, "OpenBK7238_QIO_1.18.300.bin");

    [Theory]
    [InlineData("tiny", "tiny firmware")]
    [InlineData(Dreo, "OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData(Dreo, Obk)]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", Obk)]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin")]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", "OpenBK7231T_QIO_1.18.300.bin")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", "OpenBK7231T_QIO_1.18.300.bin")]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin", "OpenBK7231T_QIO_1.18.300.bin")]
    public void Combined_BootsAsTheDeviceDid(string factory, string firmware)
    {
        var device = Image(factory);
        byte[] made = new ImageCombiner(device, Image(firmware)).Plan().ToArray();
        AssertBoots(device, made);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rekeyed_BootsUnderItsNewKey(string name)
    {
        var image = Image(name);
        foreach (var key in new[] { BekenKey.Uascent, BekenKey.Zero })
        {
            byte[] made = image.Edit().Rekey(key).ToArray();
            AssertBoots(image, made);
            // Under the old one it is noise.
            if (image.Key.Value is { } old && !old.IsEquivalentTo(key))
                Assert.NotEqual(true, ImageBooter.Boot(FlashImage.Parse(made), new BootOptions { Key = old, Steps = 1_000_000 }).Accepted);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PutApp_IsStarted(string name)
    {
        var image = Image(name);
        byte[] app = name == "tiny" ? TinyDevice.AppBytes(TinyDevice.App()) : App(name);
        AssertBoots(image, image.Edit().Put("app", app, isPlain: true).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TableWithAMovedDownload_IsReadByTheLoader(string name)
    {
        var image = Image(name);
        byte[] made = image.Edit().SetPartitionTable([.. image.Fal!.Partitions.Select(entry => entry.Name == "download"
            ? new FalPartition(entry.Name, entry.Flash, entry.Offset + 0x10000, entry.Length - 0x10000) : entry)]).ToArray();
        var (before, after) = (ImageBooter.Boot(image), ImageBooter.Boot(FlashImage.Parse(made)));

        Assert.Equal((0x10000, true), (after.Jumped, after.Accepted));
        // The loaders print the table they found, most of them.
        var moved = image.Fal.Find("download")!;
        string Row(uint number) => FormattableString.Invariant($"0x{number:x8}");
        if (before.Printed(Row(moved.Offset)))
            Assert.True(after.Printed(Row(moved.Offset + 0x10000)) && !after.Printed(Row(moved.Offset)), after.LogText);
        else
            Assert.Equal(before.Log, after.Log);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    public void Normalized_BootsAsBefore(string name)
    {
        byte[] whole = name == "tiny" ? TinyDevice.Flash(TinyDevice.Loader()) : Corpus.Read(name);
        var image = FlashImage.Parse(whole);
        byte[] rotated = [.. whole[0x11000..], .. whole[..0x11000]];
        byte[] doubled = [.. whole, .. whole];
        foreach (byte[] read in new[] { rotated, doubled })
            AssertBoots(image, ImageNormalizer.Normalize(FlashImage.Parse(read)).Bytes.ToArray());
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, Obk)]
    [InlineData(BekenChip.BK7231T, "OpenBK7231T_QIO_1.18.300.bin")]
    [InlineData(BekenChip.BK7231N, "tiny")]
    public void BuiltQio_Boots(BekenChip chip, string name)
    {
        var image = Image(name);
        byte[] loader = name == "tiny" ? TinyDevice.Image(TinyDevice.Loader()).PlainBootloader() : image.Bytes.Slice(0, 0x11000).ToArray();
        byte[] app = name == "tiny" ? TinyDevice.AppBytes(TinyDevice.App()) : App(name);
        foreach (var key in new[] { BekenKey.Tuya, BekenKey.Zero })
        {
            if (name != "tiny" && !key.IsEquivalentTo(image.Key.Value!.Value))
                continue;
            AssertBoots(image, new FirmwareBuilder(chip, new FirmwareBuildOptions { Key = key }).BuildQio(loader, app));
        }
    }

    private static FlashImage Image(string name) => FlashImage.Parse(name switch
    {
        "tiny" => TinyDevice.Image(TinyDevice.Loader()).WithRf(0x1D0000).Dump(),
        "tiny firmware" => new SyntheticImage { App = TinyDevice.AppBytes(TinyDevice.App(), SyntheticImage.ObkN) }.Qio(),
        _ => Corpus.Read(name),
    });

    // The plain app by formats written down a second time, as long as its header says or its pages are.
    private static byte[] App(string name)
    {
        var image = Image(name);
        byte[] bytes = Corpus.Read(name);
        int pages = 0;
        while (pages < 10000 && PlainFormats.Strip(bytes.AsSpan(0x11000 + 34 * pages, 34), out int wrong).Length == 32 && wrong == 0)
            pages++;
        byte[] stored = PlainFormats.Strip(bytes.AsSpan(0x11000, 34 * pages), out _);
        var key = image.Key.Value!.Value.IsIdentity ? SyntheticKey.Zero : SyntheticKey.Tuya;
        return PlainFormats.Cipher(key, 0x10000, stored);
    }

    private static void AssertBoots(FlashImage before, byte[] made)
    {
        var expected = ImageBooter.Boot(before);
        var report = ImageBooter.Boot(FlashImage.Parse(made));
        Assert.True(report is { Stopped: BootStop.Jumped, Jumped: 0x10000, Accepted: true, FlashWrites: 0 }, report.Verdict);
        Assert.Equal(expected.LoaderLines, report.LoaderLines);
        Assert.DoesNotContain(report.Findings, finding => finding.Severity != FindingSeverity.Info);
    }
}

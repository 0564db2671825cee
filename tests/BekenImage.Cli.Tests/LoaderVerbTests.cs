using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Loaders that look like none or like another chip's, and programs that have none, as the command tells and takes them.</summary>
public class LoaderVerbTests
{
    private static byte[] App7252(string text) => SyntheticPrograms.App(0x9A75, text, nMarker: false);

    private static byte[] RtThread => new SyntheticImage { Boot = SyntheticBoot.RtThread, Key = SyntheticKey.Zero, App = App7252(SyntheticImage.Sdk) }.WithRf(0x1E0000).Dump();

    // ldr pc, [pc, #0x18]: known without a key, with the key by name, and by key recovery.
    [Fact]
    public void RtThreadLoader_IsRead_AndItsDeviceCombined_WithAndWithoutKeyZero()
    {
        using var verbs = new TestFolder();
        string dump = verbs.Write("dump.bin", RtThread), firmware = verbs.Write("firmware.bin", App7252("OpenBK7252_1.18.300"));
        foreach (string[] key in new[] { [], new[] { "--key", "zero" } })
        {
            verbs.Do(["inspect", dump, "--json", .. key]);
            Assert.Equal(("dump", "BK7252", 5), (
                verbs.Json.GetProperty("kind").GetString(), verbs.Json.GetProperty("chip").GetString(), verbs.Json.GetProperty("fal").GetArrayLength()));
            Assert.Equal("zero", verbs.Json.GetProperty("key").GetProperty("name").GetString());
            Assert.DoesNotContain("BKI9007", verbs.Output, StringComparison.Ordinal);
            Assert.Equal(0, verbs.Run(["verify", dump, "--boots", .. key]));
            verbs.Do(["combine", dump, firmware, "-o", verbs["out.bin"], "--force", .. key]);
            Assert.Equal(RtThread[..0x11000], verbs.Read("out.bin")[..0x11000]);
            Assert.Equal(PlainFormats.Pages(App7252("OpenBK7252_1.18.300"))[..0x9000], verbs.Read("out.bin")[0x11000..0x1A000]);
        }
        Assert.Equal(4, verbs.Run("combine", dump, firmware, "-o", verbs["no.bin"], "--key", "tuya"));
        Assert.Contains("BKI9007", verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void BK7252_2M_OfThePublicFiles_IsReadPlainAndInAChip()
    {
        using var verbs = new TestFolder();
        foreach (string[] key in new[] { [], new[] { "--key", "zero" } })
        {
            verbs.Do(["inspect", Corpus.PathOf("more/bootloader_BK7252_2M_plain.bin"), "--json", .. key]);
            Assert.Equal(("bootloader", "BK7252"), (verbs.Json.GetProperty("kind").GetString(), verbs.Json.GetProperty("chip").GetString()));
        }
        verbs.Do("key", "recover", Corpus.PathOf("more/bootloader_BK7252_2M_plain.bin"), "--json");
        Assert.Equal("notEncrypted", verbs.Json.GetProperty("status").GetString());
    }

    public static TheoryData<string, string?> Loaders => new()
    {
        { "Q", "BK7231Q" }, { "AWS U", "BK7231U" }, { "neither", null }, { "BK7231_1.0.11", "BK7231Q" }, { "BK7271_1.0.11", null },
    };

    [Theory]
    [MemberData(nameof(Loaders))]
    public void Loader_IsToldByMoreThanOneSign_OrStaysOpenWithTheReason(string kind, string? chip)
    {
        var boot = kind switch
        {
            "Q" => SyntheticBoot.Q,
            "AWS U" => SyntheticBoot.AwsU,
            "neither" => SyntheticBoot.Q with { Registers = [] },
            _ => new SyntheticBoot(SyntheticLayout.Sdk, 0xEA0000C5, false, kind[..6], kind[6..]) { Registers = [0x00802A00] },
        };
        using var verbs = new TestFolder();
        verbs.Do("inspect", verbs.Write("loader.bin", new SyntheticImage { Boot = boot, Key = SyntheticKey.Zero }.PlainBootloader()), "--json");
        Assert.Equal(("bootloader", chip), (verbs.Json.GetProperty("kind").GetString(), verbs.Json.GetProperty("chip").GetString()));
        Assert.Equal(chip is null, verbs.Output.Contains("BKI9011", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("more/bootloader_bk7231u_aws_v1.0.bin", "BK7231U")]
    [InlineData("more/bootloader_bk7231_uart2_v1.0.11.bin", "BK7231Q")]
    [InlineData("more/bootloader_bk7271_uart2_v1.0.11.bin", null)]
    [InlineData("more/alios_bk7231_bootloader.bin", null)]
    [InlineData("more/beken7231_crc.bin", null)]
    public void Loader_OfThePublicFiles_IsToldOrStaysOpen(string file, string? chip)
    {
        using var verbs = new TestFolder();
        verbs.Do("inspect", Corpus.PathOf(file), "--json");
        Assert.Equal(chip, verbs.Json.GetProperty("chip").GetString());
        Assert.NotEqual("qio", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal(chip is null, verbs.Json.GetProperty("findings").EnumerateArray().Any());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ProgramLinkedAt0_IsAnAppOfNoDevice(bool isPaged)
    {
        using var verbs = new TestFolder();
        byte[] program = SyntheticPrograms.App(0x30000, SyntheticImage.Sdk, linkBase: 0);
        string file = verbs.Write("program.bin", isPaged ? PlainFormats.Pages(program) : program), device = verbs.Write("device.bin", Samples.Dreo);
        verbs.Do("inspect", file, "--json");
        Assert.Equal(("app", isPaged ? "paged" : "logical"), (verbs.Json.GetProperty("kind").GetString(), verbs.Json.GetProperty("stored").GetString()));
        Assert.Equal("app", Assert.Single(verbs.Json.GetProperty("partitions").EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("linked at 0", verbs.Output, StringComparison.Ordinal);
        verbs.Do("extract", file, "app", "-o", verbs["app.bin"]);
        Assert.Equal(program, verbs.Read("app.bin"));
        Assert.Equal(1, verbs.Run("verify", file));
        Assert.Equal(1, verbs.Run("lint", file, "--against", device));
        Assert.Equal(4, verbs.Run("combine", device, file, "-o", verbs["no.bin"]));
        Assert.True(verbs.Run("put", device, "app", file, "-o", verbs["no.bin"]) is 3 or 4, verbs.Error);
        // A folder whose app was replaced by it.
        verbs.Do("split", device, "-o", verbs["parts"]);
        File.WriteAllBytes(Path.Combine(verbs["parts"], "app.bin"), program);
        Assert.Equal(4, verbs.Run("merge", verbs["parts"], "-o", verbs["no.bin"]));
        Assert.False(File.Exists(verbs["no.bin"]));
    }

    // Without a table and without a header nothing shows where the app's partition ends.
    [Fact]
    public void DeviceWithoutTableAndHeader_IsRefused_NamingWhatHelps()
    {
        using var verbs = new TestFolder();
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, Table = [], HasAppHeader = false,
            App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk, nMarker: false),
        };
        string dump = verbs.Write("dump.bin", device.WithRf(0x1E0000).Dump());
        var qio = new SyntheticImage { Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0xC010, "OpenBK7238_1.18.300", nMarker: false) };
        string firmware = verbs.Write("firmware.bin", qio.Qio());
        Tool.Run("combine", dump, firmware, "-o", verbs["no.bin"]).Fails(4, "BKI9005", "--replace-bootloader takes the firmware's, and its table");
        Assert.False(File.Exists(verbs["no.bin"]));
        verbs.Do("combine", dump, firmware, "-o", verbs["out.bin"], "--replace-bootloader");
        verbs.Do("verify", verbs["out.bin"], "--boots");
    }
}

using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>The guards of the library, asked through the verbs.</summary>
public sealed class GuardVerbTests
{
    private static byte[] Device => new SyntheticImage().WithRf(0x1D0000).Dump();

    [Fact]
    public void Combine_WithADamagedBootloader_WritesNothing()
    {
        using var folder = new TestFolder();
        byte[] damaged = Device, lost = Device;
        damaged[34 * 13] ^= 4;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        string firmware = folder.Write("fw.bin", Samples.ObkN), boot = folder.Write("boot.bin", damaged);
        Assert.Equal(3, folder.Run("combine", folder.Write("lost.bin", lost), firmware, "--bootloader", boot, "-o", folder["out.bin"]));
        Assert.Contains("BKI1003", folder.Error, StringComparison.Ordinal);
        Assert.Equal(3, folder.Run("combine", boot, firmware, "-o", folder["out.bin"]));
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void Calibration_IsNeverLostOrReplacedWithoutAWord()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device), firmware = folder.Write("fw.bin", Samples.ObkN);
        byte[] foreign = RfTestData.Sector(RfTestData.CompleteTable(isT: true));
        string rf = folder.Write("t.rf", foreign);

        folder.Do("put", device, "rf", rf, "-o", folder["put.bin"]);
        Assert.Contains("warning: BKI4025", folder.Error, StringComparison.Ordinal);
        folder.Do("put", device, "rf", folder.Write("empty.rf", Samples.Blank(4096)), "-o", folder["gone.bin"]);
        Assert.Contains("warning: BKI9017", folder.Error, StringComparison.Ordinal);
        folder.Do("split", device, "-o", folder["parts"]);
        File.WriteAllBytes(Path.Combine(folder["parts"], "rf.raw.bin"), foreign);
        folder.Do("merge", folder["parts"], "-o", folder["merged.bin"]);
        Assert.Contains("warning: BKI4025", folder.Error, StringComparison.Ordinal);
        Assert.Contains("warning: BKI9017", folder.Error, StringComparison.Ordinal);
        folder.Do("combine", device, firmware, "--rf", rf, "-o", folder["given.bin"]);
        Assert.Contains("BKI4025", folder.Output + folder.Error, StringComparison.Ordinal);
        folder.Do("combine", device, firmware, "--rf", "none", "-o", folder["none.bin"]);
        Assert.Contains("BKI9017", folder.Output + folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("dump holds no calibration", folder.Output + folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RawBytesOfAProgram_AfterWhichItWouldNotBoot_AreRefused_OrAnsweredWithNo()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device);
        byte[] piece = Device.AsSpan(0x11000, 0x1100).ToArray();
        piece[34 * 7] ^= 0x10;
        Assert.Equal(4, folder.Run("put", device, "0x11000+0x1100", folder.Write("piece.bin", piece), "-o", folder["put.bin"]));
        Assert.Contains("BKI9016", folder.Error, StringComparison.Ordinal);
        Assert.Contains("--plain", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("put.bin", folder.Names);

        folder.Do("split", device, "-o", folder["parts"]);
        string raw = Path.Combine(folder["parts"], "app.raw.bin");
        byte[] app = File.ReadAllBytes(raw);
        piece.CopyTo(app, 0);
        File.WriteAllBytes(raw, app);
        Assert.Equal(4, folder.Run("merge", folder["parts"], "-o", folder["merged.bin"]));
        Assert.Contains("app.raw.bin: BKI9016", folder.Error, StringComparison.Ordinal);
        Assert.Contains("edit the plain file", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("merged.bin", folder.Names);

        // Without the plain file nobody knows whether the page was wrong before.
        File.Delete(Path.Combine(folder["parts"], "app.bin"));
        Assert.Equal(1, folder.Run("merge", folder["parts"], "-o", folder["merged.bin"]));
        Assert.Contains("error: BKI9016", folder.Error, StringComparison.Ordinal);
        Assert.Contains("merged.bin", folder.Names);
    }

    [Fact]
    public void FalSet_OfAnEntryTwice_IsRefused()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device);
        const string table = """
            { "part_table": [
              { "name": "bootloader", "flash_name": "beken_onchip_crc", "offset": 0, "len": "64K" },
              { "name": "app", "flash_name": "beken_onchip_crc", "offset": 65536, "len": 1083136 },
              { "name": "app", "flash_name": "beken_onchip_crc", "offset": 65536, "len": 1083136 } ] }
            """;
        Assert.Equal(4, folder.Run("fal", "set", device, "--table", folder.Write("table.json", table), "-o", folder["out.bin"]));
        Assert.Contains("2 entries 'app'", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyFile_ThatIsMissing_IsSaidToBe()
    {
        using var folder = new TestFolder();
        Assert.Equal(2, folder.Run("split", folder.Write("in.bin", Samples.ObkN), "-o", folder["out"], "--key", folder["nofile.bin"]));
        Assert.Contains("there is no file of that name", folder.Error, StringComparison.Ordinal);
        Assert.Equal(2, folder.Run("split", folder["in.bin"], "-o", folder["out"], "--key", "zzz"));
        Assert.DoesNotContain("no file of that name", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtractTuya_MasksKeys_UnlessAsked_AndGivesBackTheSameBytes()
    {
        using var folder = new TestFolder();
        byte[] value = TuyaImages.Text("{\"uuid\":\"abcdef0123456789\",\"auth_key\":\"geheimer schluessel\",\"prod_test\":false}");
        byte[] block = TuyaImages.Block(0, 1).Index(1, "gw_bi", value, (0, 2, 2)).Data(2, value);
        string image = folder.Write("in.bin", TuyaImages.Chip(block));
        folder.Do("extract", image, "tuya", "-o", folder["masked.json"]);
        Assert.Contains("--show-secrets", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheimer", File.ReadAllText(folder["masked.json"]), StringComparison.Ordinal);
        folder.Do("extract", image, "tuya", "-o", folder["open.json"], "--show-secrets");
        Assert.Contains("geheimer", File.ReadAllText(folder["open.json"]), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["open.json"]));
        foreach (string document in new[] { "masked.json", "open.json" })
        {
            folder.Do("put", image, "tuya", folder[document], "-o", folder["back.bin"], "--force");
            BytesAssert.Equal(File.ReadAllBytes(image), folder.Read("back.bin"));
        }
        Assert.Equal(2, folder.Run("extract", image, "net", "-o", folder["no.bin"], "--show-secrets"));
    }

    [Fact]
    public void StartupCommand_WithALoginInAnAddress_IsShownWithoutIt()
    {
        using var folder = new TestFolder();
        string device = folder.OpenBekenDevice();
        folder.Do("obk", "set", device, "startupCommand=sendGet http://name:geheim12@host/x", "-o", folder["set.bin"]);
        foreach (string[] line in new string[][] { ["obk", "show"], ["obk", "show", "--json"], ["inspect"], ["inspect", "--json"] })
        {
            folder.Do([.. line, folder["set.bin"]]);
            Assert.DoesNotContain("geheim12", folder.Output + folder.Error, StringComparison.Ordinal);
        }
        folder.Do("sanitize", folder["set.bin"], "-o", folder["clean.bin"]);
        Assert.DoesNotContain("geheim12", Encoding.Latin1.GetString(folder.Read("clean.bin")), StringComparison.Ordinal);
    }
}

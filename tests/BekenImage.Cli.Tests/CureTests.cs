using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>A refusal names the file at fault and, where there is one, the option that helps; never an output that does not exist.</summary>
public sealed class CureTests
{
    [Theory]
    // The device's dump.
    [InlineData("combine qio.bin obk-n.bin", "qio.bin", "BKI8008", "no dump")]
    [InlineData("combine no-boot.bin obk-n.bin", "no-boot.bin", "BKI1004", "--bootloader")]
    [InlineData("combine mixed.bin obk-n.bin", "mixed.bin", "BKI9007", "--key")]
    [InlineData("combine custom.bin obk-n.bin --chip BK7231N", "custom.bin", "BKI1001", "--key")]
    [InlineData("combine no-rf.bin obk-n.bin --mac 02:00:00:00:00:01", "no-rf.bin", "BKI4020", "--rf")]
    [InlineData("combine tuya-n.bin obk-n.bin --size 1M", "obk-n.bin", "BKI9008", "--size")]
    [InlineData("combine tuya-n.bin obk-n.bin --obk-config keep", "tuya-n.bin", "BKI5005", "to keep")]
    [InlineData("combine files.bin obk-u.bin", "files.bin", "BKI9003", "--erase littlefs")]
    // The firmware.
    [InlineData("combine tuya-n.bin tuya-n-2.bin", "tuya-n-2.bin", "BKI8008", "--firmware-dump")]
    [InlineData("combine tuya-n.bin big.bin", "big.bin", "BKI9002", "0x118f0a")]
    [InlineData("combine tuya-n.bin damaged.bin", "damaged.bin", "BKI1003", "damaged")]
    [InlineData("combine tuya-n.bin obk-t.bin", "obk-t.bin", "BKI9006", "BK7231T")]
    [InlineData("combine tuya-t.bin nameless.bin", "nameless.bin", "BKI9011", "--chip")]
    [InlineData("combine tuya-n.bin obk-n.bin --obk-config firmware", "obk-n.bin", "BKI5005", "carries no")]
    // What else was given.
    [InlineData("combine tuya-n.bin obk-n.bin --bootloader obk-n-2.bin", "obk-n-2.bin", "BKI9001", "--replace-bootloader")]
    [InlineData("combine no-boot.bin obk-n.bin --bootloader obk-t.bin", "obk-t.bin", "BKI9006", "BK7231T")]
    [InlineData("combine tuya-n.bin obk-n.bin --rf rf-mac.bin --mac 03:00:00:00:00:01", "", "BKI4007", "")]
    [InlineData("combine tuya-n.bin obk-n.bin --obk-config bad-config.bin", "bad-config.bin", "BKI5001", "checksum")]
    [InlineData("combine tuya-n.bin obk-n.bin --obk-config bad-config.json", "bad-config.json", "BKI5006", "noSuchField")]
    // Other verbs.
    [InlineData("rf restore obk-device.bin --from rf-poor.bin", "rf-poor.bin", "BKI4004", "--allow-uncalibrated")]
    [InlineData("rf restore text.bin --from rf.bin", "text.bin", "BKI9005", "not known")]
    [InlineData("rf set-mac no-rf.bin 02:00:00:00:00:01", "no-rf.bin", "BKI4020", "rf restore")]
    [InlineData("obk set bad-device.bin startupCommand=x", "bad-device.bin", "BKI5001", "--defaults")]
    [InlineData("obk set obk-device.bin --from bad-config.json", "bad-config.json", "BKI5006", "noSuchField")]
    [InlineData("put tuya-n.bin 0x100000+0x10 big.bin", "big.bin", "BKI8008", "as many")]
    [InlineData("put tuya-n.bin 0x100+0x10 ten.bin", "tuya-n.bin", "BKI9001", "bootloader")]
    [InlineData("put custom.bin app app.bin", "custom.bin", "BKI1001", "--key")]
    [InlineData("extract custom.bin app", "custom.bin", "BKI1001", "--raw")]
    [InlineData("rekey custom.bin --to zero", "custom.bin", "BKI1001", "--key")]
    [InlineData("build qio --chip BK7231N --key tuya --app app.bin --bootloader big.bin", "big.bin", "BKI2201", "")]
    public void Refusal_NamesTheFileAtFault_AndWhatToType(string line, string file, string code, string says)
    {
        using var folder = new TestFolder();
        string[] arguments = line.Split(' ').Select(word => Inputs.Value.ContainsKey(word) ? Write(folder, word) : word).ToArray();

        var result = Tool.Run([.. arguments, "-o", folder["out.bin"]]);

        Assert.True(result.ExitCode is 3 or 4, $"exit {result.ExitCode}: {result.Error}");
        result.Fails(result.ExitCode, code, says);
        if (file.Length > 0)
            Assert.StartsWith($"bekenimage: {folder[file]}: {code}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_OfAFileThatDoesNotFit_NamesIt()
    {
        using var folder = new TestFolder();
        Tool.Run("split", folder.Write("tuya-n.bin", Samples.TuyaN), "-o", folder["split"]).Succeeds();
        string raw = Path.Combine(folder["split"], "rf.raw.bin");
        File.WriteAllBytes(raw, [1, 2, 3]);
        var result = Tool.Run("merge", folder["split"], "-o", folder["out.bin"]).Fails(3, "BKI8008", "keeps its length");
        Assert.StartsWith($"bekenimage: {raw}: ", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_SaysWhatCombineWouldDo()
    {
        using var folder = new TestFolder();
        var result = Tool.Run("lint", Write(folder, "obk-n.bin"), "--against", Write(folder, "dreo.bin"));
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(4, result.Output.Split("'combine'").Length - 1);
    }

    [Fact]
    public void Cure_IsInTheErrorDocumentToo()
    {
        using var folder = new TestFolder();
        var error = Tool.Run("combine", Write(folder, "no-boot.bin"), Write(folder, "obk-n.bin"), "-o", folder["out.bin"], "--json").Json;
        Assert.Equal(folder["no-boot.bin"], error.GetProperty("file").GetString());
        Assert.Contains("--bootloader", error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static readonly Lazy<Dictionary<string, byte[]>> Inputs = new(Prepare);

    private static string Write(TestFolder folder, string name) => folder.Write(name, Inputs.Value[name]);

    private static Dictionary<string, byte[]> Prepare()
    {
        byte[] noBootloader = Samples.TuyaN.ToArray(), mixed = Samples.TuyaN.ToArray(), damaged = Samples.ObkN.ToArray();
        noBootloader.AsSpan(0, 0x11000).Fill(0xFF);
        SyntheticImage.TuyaNDevice(SyntheticKey.Uascent).Ua().CopyTo(mixed, 0x11000);
        damaged[0x12000] ^= 1;
        byte[] badConfig = ObkTestData.Minimal();
        badConfig[100] ^= 1;
        const string openBekenU = "OpenBK7231U_1.18.300";
        const int volume = 0x1AB000 - 0x12B000;
        byte[] files = new SyntheticImage { Boot = SyntheticBoot.U, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9000, openBekenU, nMarker: false) }
            .With(0x1E1000, ObkTestData.Sector(ObkTestData.Minimal(change: bytes => BitConverter.TryWriteBytes(bytes.AsSpan(0x4BC), volume))))
            .With(0x12B000, BekenImage.Formats.LittleFs.LittleFsWriter.Create(volume, [])).Dump();
        return new (string Name, byte[] Bytes)[]
        {
            ("qio.bin", Samples.ObkN), ("obk-n.bin", Samples.ObkN), ("obk-n-2.bin", Samples.ObkN), ("obk-t.bin", SyntheticImage.ObkTFirmware().Qio()),
            ("obk-u.bin", SyntheticPrograms.App(0x9000, openBekenU, nMarker: false)), ("tuya-n.bin", Samples.TuyaN), ("tuya-n-2.bin", Samples.TuyaN),
            ("tuya-t.bin", SyntheticImage.TuyaTDevice().Dump()), ("dreo.bin", Samples.Dreo), ("no-boot.bin", noBootloader), ("mixed.bin", mixed),
            ("custom.bin", new SyntheticImage { Key = SyntheticKey.Custom }.WithRf(0x1D0000).Dump()), ("no-rf.bin", new SyntheticImage().Dump()),
            ("files.bin", files), ("damaged.bin", damaged), ("big.bin", SyntheticPrograms.App(0x110000, SyntheticImage.ObkN)),
            ("nameless.bin", SyntheticPrograms.App(0x5000, "no name", nMarker: false)), ("app.bin", Samples.PlainApp), ("ten.bin", new byte[16]),
            ("rf.bin", RfTestData.CompleteTable()), ("rf-mac.bin", RfTestData.CompleteTable()), ("rf-poor.bin", RfTestData.WorkedTable),
            ("bad-config.bin", badConfig), ("bad-config.json", "{\"noSuchField\": 1}"u8.ToArray()), ("text.bin", "no image"u8.ToArray()),
            ("obk-device.bin", Samples.ObkDevice),
            ("bad-device.bin", SyntheticImage.ObkNFirmware().WithRf(0x1D0000).With(0x1D1000, badConfig).Dump()),
        }.ToDictionary(input => input.Name, input => input.Bytes);
    }
}

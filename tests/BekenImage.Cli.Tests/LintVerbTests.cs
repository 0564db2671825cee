using BekenImage.Cli.Tests.Support;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>lint, key recover, and what combine does with bootloaders and tables on request.</summary>
public sealed class LintVerbTests
{
    [Theory]
    [InlineData("obk-m", "dreo", null, 0, true)]
    [InlineData("obk-n", "dreo", null, 1, false)]
    [InlineData("obk-m", "dreo", "warning", 1, true)]
    [InlineData("obk-n", "dreo", "never", 0, false)]
    [InlineData("package", "tuya", null, 0, true)]
    [InlineData("fastlz", "tuya", null, 1, false)]
    [InlineData("text", "tuya", null, 1, false)]
    public void Lint_AgainstADump_AnswersByExitCodeAndJson(string firmware, string device, string? failOn, int exitCode, bool runs)
    {
        using var folder = new TestFolder();
        string file = folder.Write("firmware.bin", firmware switch
        {
            "obk-m" => Samples.ObkM,
            "obk-n" => Samples.ObkN,
            "package" => OtaWriter.Pack(Samples.PlainApp),
            "fastlz" => OtaWriter.Pack(Samples.PlainApp, new OtaPackOptions { Compression = RblCompression.FastLz }),
            _ => "no firmware at all"u8.ToArray(),
        });
        string dump = folder.Write("dump.bin", device == "dreo" ? Samples.Dreo : Samples.TuyaN);
        string[] more = failOn is null ? [] : ["--fail-on", failOn];

        var result = Tool.Run(["lint", file, "--against", dump, "--json", .. more]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal((runs, "lint"), (result.Json.GetProperty("runs").GetBoolean(), result.Json.GetProperty("verb").GetString()));
        Assert.All(result.Json.GetProperty("checks").EnumerateArray(), check =>
            Assert.Contains(check.GetProperty("status").GetString(), (string[])["pass", "warn", "fail", "skipped"]));
        var text = Tool.Run(["lint", file, "--against", dump, .. more]);
        Assert.Equal(exitCode, text.ExitCode);
        Assert.Contains($"runs on this device as it is: {(runs ? "yes" : "no")}", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_NeedsADevice()
    {
        using var folder = new TestFolder();
        string file = folder.Write("firmware.bin", Samples.ObkN);
        Assert.Equal(2, Tool.Run("lint", file).ExitCode);
        Assert.Equal(2, Tool.Run("lint", file, "--chip", "BK7231N").ExitCode);
        Assert.Equal(2, Tool.Run("lint", file, "--key", "tuya").ExitCode);
        Assert.Equal(3, Tool.Run("lint", file, "--against", folder["nothing.bin"]).ExitCode);
        Tool.Run("lint", file, "--chip", "BK7231N", "--key", "tuya").Succeeds();
        Assert.Equal(1, Tool.Run("lint", file, "--chip", "BK7231N", "--key", "zero").ExitCode);
    }

    // ---- key recover ---------------------------------------------------------------------------------------------------------------

    [Fact]
    public void KeyRecover_Json_HasTheShapeOthersRelyOn()
    {
        using var folder = new TestFolder();
        string n = folder.Write("n.bin", Corpus.Read("OpenBK7231N_QIO_1.18.300.bin"));
        var found = Tool.Run("key", "recover", n, "--json").Succeeds().Json;
        Assert.Equal("recovered", found.GetProperty("status").GetString());
        Assert.Equal(4, found.GetProperty("key").GetProperty("coefficients").GetArrayLength());
        Assert.Equal(("tuya", true), (found.GetProperty("key").GetProperty("name").GetString(), found.GetProperty("key").GetProperty("exact").GetBoolean()));

        string m = folder.Write("m.bin", Corpus.Read("OpenBK7231M_QIO_1.18.300.bin"));
        var plain = Tool.Run("key", "recover", m, "--json").Succeeds().Json;
        Assert.Equal(("notEncrypted", "zero"), (plain.GetProperty("status").GetString(), plain.GetProperty("key").GetProperty("name").GetString()));

        var none = Tool.Run("key", "recover", folder.Write("noise.bin", SyntheticPrograms.Noise(0x8000, 2)), "--json");
        Assert.Equal((1, "unknown"), (none.ExitCode, none.Json.GetProperty("status").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, none.Json.GetProperty("key").ValueKind);
        Assert.Equal(0, none.Json.GetProperty("candidates").GetArrayLength());
        Assert.True(none.Json.TryGetProperty("evidence", out _));
    }

    // ---- combine on request --------------------------------------------------------------------------------------------------------

    [Fact]
    public void Combine_BothBootloaderOptions_AreRefused()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("dump.bin", Samples.TuyaN), firmware = folder.Write("firmware.bin", Samples.ObkN);
        var result = Tool.Run("combine", dump, firmware, "-o", folder["out.bin"], "--bootloader", firmware, "--replace-bootloader");
        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void Combine_WithTheFirmwaresTable_TakesTheWarningAway_AndUnknownLayoutIs4()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("dump.bin", Samples.Dreo), firmware = folder.Write("firmware.bin", Samples.ObkN);
        Assert.Equal(1, Tool.Run("combine", dump, firmware, "-o", folder["a.bin"], "--fail-on", "warning").ExitCode);
        Tool.Run("combine", dump, firmware, "-o", folder["b.bin"], "--partition-table", "firmware").Succeeds();
        BootSimulator.Run(folder.Read("b.bin"), SyntheticKey.Zero).AssertBoots();

        byte[] app = SyntheticPrograms.App(0x5000, "nobody's firmware", nMarker: false, seed: 8);
        var refused = Tool.Run("combine", dump, folder.Write("odd.bin", app), "-o", folder["c.bin"], "--partition-table", "firmware", "--chip", "BL2028N");
        Assert.Equal(4, refused.ExitCode);
        Assert.DoesNotContain("c.bin", folder.Names);
        Assert.Equal(2, Tool.Run("combine", dump, firmware, "-o", folder["d.bin"], "--partition-table", "mine").ExitCode);
    }

    [Fact]
    public void Combine_TakesAPackage()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("dump.bin", Samples.TuyaN);
        Tool.Run("combine", dump, folder.Write("app.rbl", OtaWriter.Pack(Samples.PlainApp)), "-o", folder["out.bin"]).Succeeds();
        var boot = BootSimulator.Run(folder.Read("out.bin"), SyntheticKey.Tuya);
        boot.AssertBoots();
        BytesAssert.Equal(Samples.PlainApp, boot.App);
        Assert.Equal(3, Tool.Run("combine", dump, folder.Write("cut.rbl", OtaWriter.Pack(Samples.PlainApp)[..^8]), "-o", folder["no.bin"]).ExitCode);
    }
}

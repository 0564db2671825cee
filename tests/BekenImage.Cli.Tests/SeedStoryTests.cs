using System.Diagnostics;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>samples/SeedStory: a dump and a firmware go in; out comes an image with network, pins and the device's own calibration.</summary>
public sealed class SeedStoryTests
{
    private const string Network = "my own network";
    private const string PassPhrase = "a $pass \"phrase\"";

    [Fact]
    public void Script_OnTheDemosDevice_TellsTheWholeStory()
    {
        using var folder = new TestFolder();
        folder.Do("demo", "-o", folder["demo"]);
        AssertStory(folder, Path.Combine(folder["demo"], "factory.bin"), Path.Combine(folder["demo"], "firmware.bin"));
    }

    [Theory]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin")]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin")]
    public void Script_OnTheDreoFan_TellsTheWholeStory(string firmware)
    {
        using var folder = new TestFolder();
        AssertStory(folder, Corpus.PathOf("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin"), Corpus.PathOf(firmware));
    }

    [Fact]
    public void Script_WithoutANetwork_SaysHowItIsCalled()
    {
        var (exitCode, _, error) = RunScript(null, "a", "b", "c");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("usage: ", error, StringComparison.Ordinal);
    }

    private static void AssertStory(TestFolder folder, string factory, string firmware)
    {
        string output = folder["flash me.bin"];
        var (exitCode, text, error) = RunScript(Network, factory, firmware, output, "pins.6=Btn;2", "pins.26=Rel;1");
        Assert.True(exitCode == 0, text + error);
        byte[] dump = File.ReadAllBytes(factory), image = File.ReadAllBytes(output);

        // It boots: by a model of the bootloader that shares nothing with the library.
        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
        Assert.Equal(0, folder.Run("verify", output));
        // Device and firmware disagree about the place of the calibration: it is where the firmware looks, byte for byte.
        BytesAssert.Equal(dump.AsSpan(0x1E0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
        Assert.Equal(FlashImage.Parse(dump).Rf!.Mac, FlashImage.Parse(image).Rf!.Mac);
        var config = FlashImage.Parse(image).ObkConfig!;
        Assert.Equal((0x1D1000, true), (config.Offset, config.ChecksumOk));
        Assert.Equal((Network, PassPhrase), ((string)config["wifiSsid"]!, (string)config["wifiPass"]!));
        Assert.Equal(["6=Btn;2", "26=Rel;1"], config.Pins.Where(pin => !pin.IsUnused).Select(pin => $"{pin.Number}={pin}"));

        string next = text[text.IndexOf("\nNext\n", StringComparison.Ordinal)..];
        Assert.Contains($"ltchiptool flash write -d COM3 -f bk7231n -s 0x0 \"{output}\"", next, StringComparison.Ordinal);
        Assert.Contains("version ", next, StringComparison.Ordinal);
        Assert.DoesNotContain(PassPhrase, text + error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) RunScript(string? network, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh here; seed-story.ps1 is its twin.");
        Assert.SkipWhen(Tool.Program.Contains(' ', StringComparison.Ordinal), "BEKENIMAGE is split at spaces, and the program lies in a path with one.");
        var start = new ProcessStartInfo("sh", [Path.Combine(FindRoot(), "samples", "SeedStory", "seed-story.sh"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["BEKENIMAGE"] = $"dotnet exec {Tool.Program}";
        start.Environment["WIFI_SSID"] = network;
        start.Environment["WIFI_PASS"] = PassPhrase;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BekenImage.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}

using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>A program for another family of chips: refused by every verb that would write it, and never answered with yes.</summary>
public sealed class FamilyGuardTests
{
    private static byte[] NamelessT => SyntheticPrograms.App(0x5000, SyntheticImage.TuyaOS, nMarker: false, seed: 8);

    [Fact]
    public void ANamelessTApp_OnAnNDevice_IsRefusedByEveryVerb()
    {
        using var folder = new TestFolder();
        string app = folder.Write("t.bin", NamelessT), device = folder.Write("n.bin", Samples.TuyaN);
        string boot = folder.Write("boot.bin", SyntheticImage.ObkNFirmware().PlainBootloader());

        Assert.Equal(1, folder.Run("lint", app, "--against", device));
        Assert.Equal(1, folder.Run("lint", app, "--against", device, "--chip", "BK7231N"));
        Assert.Contains("runs on this device as it is: no", folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("lint", app, "--chip", "BK7231N", "--key", "tuya"));
        foreach (string[] arguments in new string[][]
        {
            ["combine", device, app], ["combine", device, app, "--chip", "BK7231N"], ["put", device, "app", app], ["put", device, "app", app, "--plain"],
            ["build", "qio", "--chip", "BK7231N", "--key", "tuya", "--app", app, "--bootloader", boot],
            ["build", "ua", "--chip", "BK7231N", "--key", "tuya", "--app", app], ["build", "app", "--chip", "BK7231N", "--key", "tuya", "--app", app],
        })
        {
            Assert.Equal(4, folder.Run([.. arguments, "-o", folder["out.bin"]]));
            Assert.Contains("t.bin: BKI9006: ", folder.Error, StringComparison.Ordinal);
            Assert.Contains("take the build for the device's chip", folder.Error, StringComparison.Ordinal);
        }
        folder.Do("split", device, "-o", folder["parts"]);
        File.WriteAllBytes(Path.Combine(folder["parts"], "app.bin"), NamelessT);
        Assert.Equal(4, folder.Run("merge", folder["parts"], "-o", folder["out.bin"]));
        Assert.Contains("app.bin: BKI9006: ", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void ANamelessTApp_OnATDevice_IsAnUnknownUntilTheChipIsNamed()
    {
        using var folder = new TestFolder();
        string app = folder.Write("t.bin", NamelessT), device = folder.Write("device.bin", Samples.TuyaT);
        Assert.Equal(1, folder.Run("lint", app, "--against", device));
        Assert.Contains("runs on this device as it is: not known", folder.Output, StringComparison.Ordinal);
        Assert.Contains("--chip CHIP names it", folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("lint", app, "--against", device, "--json"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, folder.Json.GetProperty("runs").ValueKind);
        folder.Do("lint", app, "--against", device, "--chip", "BK7231T");
        Assert.Contains("runs on this device as it is: yes", folder.Output, StringComparison.Ordinal);
        Assert.Equal(4, folder.Run("combine", device, app, "-o", folder["out.bin"]));
        folder.Do("combine", device, app, "-o", folder["out.bin"], "--chip", "BK7231T");
        folder.Do("put", device, "app", app, "-o", folder["put.bin"]);
    }

    [Fact]
    public void ABootloaderOfAnotherFamily_IsRefusedByBuildAndFailsVerify()
    {
        using var folder = new TestFolder();
        string app = folder.Write("n.bin", Samples.PlainApp), boot = folder.Write("boot-t.bin", SyntheticImage.ObkTFirmware().PlainBootloader());
        Assert.Equal(4, folder.Run("build", "qio", "--chip", "BK7231N", "--key", "tuya", "--app", app, "--bootloader", boot, "-o", folder["out.bin"]));
        Assert.Contains("boot-t.bin: BKI9006: ", folder.Error, StringComparison.Ordinal);

        string mixed = folder.Write("mixed.bin", new SyntheticImage { App = SyntheticImage.ObkTFirmware().App }.Qio());
        Assert.Equal(1, folder.Run("verify", mixed, "--json"));
        Assert.False(folder.Json.GetProperty("boots").GetBoolean());
        Assert.Contains(folder.Json.GetProperty("checks").EnumerateArray(), check =>
            check.GetProperty("name").GetString() == "same-family" && check.GetProperty("status").GetString() == "fail");
    }

    [Fact]
    public void AQio_GivenWhereAnAppBelongs_IsNotWrittenAsCode()
    {
        using var folder = new TestFolder();
        string qio = folder.Write("qio.bin", Samples.ObkN), device = folder.Write("n.bin", Samples.TuyaN);
        foreach (string[] arguments in new string[][]
        {
            ["put", device, "app", qio], ["put", device, "app", qio, "--plain"], ["build", "ua", "--chip", "BK7231N", "--key", "tuya", "--app", qio],
        })
        {
            Assert.Equal(3, folder.Run([.. arguments, "-o", folder["out.bin"]]));
            Assert.Contains("qio.bin: BKI8008: ", folder.Error, StringComparison.Ordinal);
            Assert.Contains("extract IMAGE app", folder.Error, StringComparison.Ordinal);
        }
        // The way out, as it is named.
        folder.Do("extract", qio, "app", "-o", folder["app.bin"]);
        folder.Do("put", device, "app", folder["app.bin"], "-o", folder["out.bin"]);
    }

    [Fact]
    public void LibreTinysTApp_OnARealNDevice_IsRefused()
    {
        using var folder = new TestFolder();
        string package = Corpus.PathOf("more/ESPHome-Kickstart-v25.05.28_bk7231t_app.ota.ug.bin");
        Assert.Equal(1, folder.Run("lint", package, "--against", Corpus.PathOf("BK7231N_LSPA9_Clone_First.bin")));
        Assert.Equal(4, folder.Run("combine", Corpus.PathOf("BK7231N_LSPA9_Clone_First.bin"), package, "--chip", "BK7231N", "-o", folder["out.bin"]));
    }

    [Fact]
    public void ATuyaSdkAppWithoutTexts_TakesUpdatesWhereItsBootloaderLooks()
    {
        using var folder = new TestFolder();
        string firmware = Corpus.PathOf("more/Timer0_2_tuya_demo_template_QIO_1.0.0.bin"), device = Corpus.PathOf("BK7231N_LSPA9_Clone_First.bin");
        folder.Do("combine", device, firmware, "-o", folder["timer.bin"]);
        folder.Run("lint", Corpus.PathOf("more/Timer0_2_tuya_demo_template_UG_1.0.0.bin"), "--against", folder["timer.bin"], "--json");
        Assert.True(folder.Json.GetProperty("runs").GetBoolean(), folder.Output);
        var place = folder.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "package-place");
        Assert.Equal(("pass", 0x12A000), (place.GetProperty("status").GetString(), place.GetProperty("offset").GetInt32()));
    }
}

using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>The verbs that change or judge something, on images of BK7236 and across the generations of chips.</summary>
public sealed class ArminoVerbTests
{
    private static readonly byte[] App = SyntheticArmino.App(0x9001, 6, "OpenBK7236_1.18.300");
    private static readonly byte[] Device = SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0xA000, 5));
    private static readonly byte[] Firmware = SyntheticArmino.FirmwareBK7236(App);

    [Fact]
    public void Combine_KeepsTheBootloader_AndTellsTheSameInJson()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device), firmware = folder.Write("firmware.bin", Firmware);

        folder.Do("combine", device, firmware, "-o", folder["out.bin"], "--json");

        var document = folder.Json;
        Assert.Equal("convert", document.GetProperty("mode").GetString());
        Assert.Equal(
            ["bootloader 0 factory", "app 69632 firmware", "download 2367488 erased"],
            document.GetProperty("regions").EnumerateArray().Take(3).Select(region =>
                $"{region.GetProperty("name").GetString()} {region.GetProperty("offset").GetInt64()} {region.GetProperty("origin").GetString()}"));
        Assert.True(document.GetProperty("verify").GetProperty("boots").GetBoolean());
        Assert.True(document.GetProperty("lint").GetProperty("runs").GetBoolean());
        byte[] combined = File.ReadAllBytes(folder["out.bin"]);
        Assert.Equal(Device.AsSpan(0, 0x11000).ToArray(), combined.AsSpan(0, 0x11000).ToArray());
        Assert.Equal(SyntheticArmino.DeviceBK7236(App), combined);
        folder.Do("lint", firmware, "--against", device);
        Assert.Contains("runs on this device as it is: yes", folder.Output, StringComparison.Ordinal);
        folder.Do("combine", device, firmware, "--size", "app", "-o", folder["app.bin"]);
        Assert.Equal(0x231000, new FileInfo(folder["app.bin"]).Length);
    }

    [Fact]
    public void NewProgram_OnAnOlderDevice_IsRefusedByEveryVerb()
    {
        using var folder = new TestFolder();
        string old = folder.Write("n.bin", Samples.TuyaN), app = folder.Write("app7236.bin", App), firmware = folder.Write("linear.bin", Firmware);
        string loader = folder.Write("loader.bin", SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236)), oldApp = folder.Write("old.bin", Samples.PlainApp);
        foreach (string[] arguments in new string[][]
        {
            ["combine", old, app], ["combine", old, firmware], ["combine", old, app, "--chip", "BK7231N"], ["put", old, "app", app], ["put", old, "app", app, "--plain"],
            ["build", "ua", "--chip", "BK7231N", "--key", "tuya", "--app", app], ["build", "app", "--chip", "BK7231N", "--key", "tuya", "--app", app],
            ["build", "qio", "--chip", "BK7231N", "--key", "tuya", "--app", oldApp, "--bootloader", loader], ["combine", old, firmware, "--replace-bootloader"],
            ["combine", old, oldApp, "--bootloader", loader],
        })
        {
            Assert.Equal(4, folder.Run([.. arguments, "-o", folder["out.bin"]]));
            Assert.Contains(": BKI9006: the program is for the family of BK7236", folder.Error, StringComparison.Ordinal);
            Assert.Single(folder.Error.TrimEnd().Split('\n'));
        }
        Assert.Equal(1, folder.Run("lint", app, "--against", old));
        Assert.Equal(1, folder.Run("lint", firmware, "--chip", "BK7231N", "--key", "tuya"));
        Assert.Contains("runs on this device as it is: no", folder.Output, StringComparison.Ordinal);
        folder.Do("split", old, "-o", folder["parts"]);
        File.WriteAllBytes(Path.Combine(folder["parts"], "app.bin"), App);
        Assert.Equal(4, folder.Run("merge", folder["parts"], "-o", folder["out.bin"]));
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void OlderProgram_OnANewDevice_IsRefusedByEveryVerb()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device), old = folder.Write("n.bin", Samples.ObkN), app = folder.Write("old.bin", Samples.PlainApp);
        foreach (string[] arguments in new string[][]
        {
            ["combine", device, old], ["combine", device, app], ["combine", device, app, "--chip", "BK7236"], ["combine", device, old, "--replace-bootloader"],
            ["put", device, "app", app],
        })
        {
            Assert.Equal(4, folder.Run([.. arguments, "-o", folder["out.bin"]]));
            Assert.Contains(": BKI9006: the program is for the ARM968E-S of the BK72xx", folder.Error, StringComparison.Ordinal);
        }
        Assert.Equal(4, folder.Run("combine", device, folder.Write("linear.bin", Firmware), "--chip", "BK7231N", "-o", folder["out.bin"]));
        Assert.Contains("device.bin: BKI9006: the chip that was named is BK7231N", folder.Error, StringComparison.Ordinal);
        Assert.Equal(1, folder.Run("lint", old, "--against", device));
        Assert.Equal(4, folder.Run("doctor", device, "--backup", folder.Write("backup.bin", Samples.TuyaN)));
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void WhatIsNotSupported_IsRefusedByName()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device), firmware = folder.Write("linear.bin", Firmware);
        folder.Do("fal", "show", device, "--json");
        string table = folder.Write("fal.json", System.Text.Encoding.UTF8.GetBytes(folder.Output));
        foreach (string[] arguments in new string[][]
        {
            ["rekey", device, "--to", "tuya"], ["rekey", firmware, "--to", "zero"], ["fal", "set", device, "--table", table],
            ["combine", device, firmware, "--replace-bootloader"], ["combine", device, firmware, "--partition-table", "firmware"],
            ["combine", device, firmware, "--set", "wifiSsid=x"], ["ug", "pack", folder.Write("app.bin", App), "--app-version", "1.0"],
        })
        {
            Assert.Equal(4, folder.Run([.. arguments, "-o", folder["out.bin"]]));
            Assert.Contains(": BKI9015: ", folder.Error, StringComparison.Ordinal);
            Assert.Single(folder.Error.TrimEnd().Split('\n'));
        }
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void SignedAndEnciphered_AreRefusedWithTheReason()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Device);
        byte[] signed = [0x3D, 0xB8, 0xF3, 0x96, .. new byte[0x1000 - 4], .. App];

        Assert.Equal(4, folder.Run("combine", device, folder.Write("signed.bin", SyntheticArmino.FirmwareBK7236(signed)), "-o", folder["out.bin"]));
        Assert.Contains("signed.bin: BKI9012: ", folder.Error, StringComparison.Ordinal);
        Assert.Contains("a changed one fails its signature", folder.Error, StringComparison.Ordinal);
        byte[] key = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();
        Assert.Equal(4, folder.Run("combine", device, folder.Write("aes.bin", SyntheticArmino.FirmwareBK7236(App, key)), "--chip", "BK7236", "-o", folder["out.bin"]));
        Assert.Contains("aes.bin: BKI9013: ", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void FalShow_CountsPhysically()
    {
        using var folder = new TestFolder();

        folder.Do("fal", "show", folder.Write("device.bin", Device));

        Assert.DoesNotContain("logical", folder.Output, StringComparison.Ordinal);
    }
}

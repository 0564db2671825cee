using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>A bootloader that stores another key than the device's: said with its cure by each verb, and the cure works as printed.</summary>
public sealed class StoredKeyTests
{
    [Fact]
    public void Verify_OfAWrongRecord_WarnsWithTheVerbThatRenewsIt()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("device.bin", Device(SyntheticKey.Uascent).Dump());
        folder.Do("verify", dump);
        Assert.Matches("stored-key +warn .*updates over the air.*'rekey'", folder.Output);
        Assert.Contains("boots: yes", folder.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.No, folder.Run("verify", dump, "--strict"));
        Assert.Contains("BKI1007", folder.Do("inspect", dump), StringComparison.Ordinal);

        folder.Do("rekey", dump, "--to", "tuya", "-o", folder["mended.bin"]);
        Assert.Contains("which it is under", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("moved", folder.Error, StringComparison.Ordinal);
        BytesAssert.Equal(Device(SyntheticKey.Tuya).Dump(), folder.Read("mended.bin"));
        folder.Do("verify", folder["mended.bin"], "--strict");

        folder.Do("rekey", folder["mended.bin"], "--to", "tuya", "-o", folder["same.bin"]);
        Assert.Contains("already", folder.Error, StringComparison.Ordinal);
        BytesAssert.Equal(folder.Read("mended.bin"), folder.Read("same.bin"));
    }

    [Fact]
    public void Lint_OnADeviceWithAWrongRecord_WarnsOfFilesAndRefusesPackages()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("device.bin", Device(SyntheticKey.Uascent).Dump());
        string ua = folder.Write("app.bin", SyntheticImage.ObkTFirmware().Ua());
        string package = folder.Write("app.rbl", PlainFormats.UpdatePackage(SyntheticImage.ObkTFirmware().App));
        folder.Do("lint", ua, "--against", dump);
        Assert.Matches("stored-key +warn .*'rekey'", folder.Output);
        Assert.Equal(ExitCodes.No, folder.Run("lint", package, "--against", dump));
        Assert.Matches("stored-key +fail ", folder.Output);
        string sound = folder.Write("sound.bin", Device(SyntheticKey.Tuya).Dump());
        folder.Do("lint", package, "--against", sound);
    }

    [Fact]
    public void Build_OfAFileWithAnotherKeyInIt_StoresTheRightOneAndSaysSo()
    {
        using var folder = new TestFolder();
        string boot = folder.Write("boot.bin", Device(SyntheticKey.Uascent).PlainBootloader());
        string app = folder.Write("app.bin", SyntheticImage.ObkTFirmware().App);
        folder.Do("build", "qio", "--chip", "BK7231T", "--key", "tuya", "--app", app, "--bootloader", boot, "-o", folder["qio.bin"]);
        Assert.Contains($"{boot}: info: BKI1007: ", folder.Error, StringComparison.Ordinal);
        folder.Do("verify", folder["qio.bin"]);
        Assert.Matches("stored-key +pass", folder.Output);
        string right = folder.Write("right.bin", Device(SyntheticKey.Tuya).PlainBootloader());
        folder.Do("build", "qio", "--chip", "BK7231T", "--key", "tuya", "--app", app, "--bootloader", right, "-o", folder["same.bin"]);
        Assert.DoesNotContain("BKI", folder.Error, StringComparison.Ordinal);
        BytesAssert.Equal(folder.Read("qio.bin"), folder.Read("same.bin"));
    }

    // The packager's own list is packed as it is.
    [Fact]
    public void Build_OfAConfiguration_SaysWhatItsBootloaderStores()
    {
        using var folder = new TestFolder();
        var device = Device(SyntheticKey.Uascent);
        string boot = folder.Write("boot.bin", device.StoredBootloader());
        folder.Write("app.bin", device.StoredApp());
        string config = folder.Write("config.json", """
            { "magic": "RT-Thread", "version": "0.1", "count": 2, "section": [
              { "firmware": "boot.bin", "version": "1.00", "partition": "bootloader", "start_addr": "0x00000000", "size": "68K" },
              { "firmware": "app.bin", "version": "1.00", "partition": "app", "start_addr": "0x00011000", "size": "1156K" } ] }
            """);
        folder.Do("build", "--config", config, "-o", folder["qio.bin"]);
        Assert.Contains($"{boot}: warning: BKI1007: ", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_OnADeviceWithAWrongRecord_WarnsAndReplacementMendsIt()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("device.bin", Device(SyntheticKey.Uascent).Dump());
        string firmware = folder.Write("firmware.bin", Device(SyntheticKey.Uascent).Qio());
        folder.Do("combine", dump, firmware, "-o", folder["kept.bin"]);
        Assert.Contains("BKI1007", folder.Output, StringComparison.Ordinal);
        Assert.Contains("'rekey'", folder.Output, StringComparison.Ordinal);
        BytesAssert.Equal(Device(SyntheticKey.Uascent).Dump().AsSpan(0, 0x11000), folder.Read("kept.bin").AsSpan(0, 0x11000));
        folder.Do("combine", dump, firmware, "--replace-bootloader", "-o", folder["replaced.bin"]);
        Assert.DoesNotContain("BKI1007", folder.Output, StringComparison.Ordinal);
        Assert.Contains("stores the device's key now", folder.Output, StringComparison.Ordinal);
        BytesAssert.Equal(Device(SyntheticKey.Tuya).Dump().AsSpan(0, 0x10F00), folder.Read("replaced.bin").AsSpan(0, 0x10F00));
    }

    private static SyntheticImage Device(SyntheticKey stored) => new SyntheticImage
    {
        Boot = SyntheticBoot.T, Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, stored),
        App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkT, nMarker: false),
    }.WithRf(0x1E0000);
}

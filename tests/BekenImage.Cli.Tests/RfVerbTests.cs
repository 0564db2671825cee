using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class RfVerbTests
{
    [Fact]
    public void Show_PrintsEveryTable()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", SyntheticDevice.FactoryDump());
        Assert.Contains("TXID_MAC", verbs.Do("rf", "show", factory), StringComparison.Ordinal);
        verbs.Do("rf", "show", factory, "--json");
        Assert.Equal("rf show", verbs.Json.GetProperty("verb").GetString());
        Assert.Equal(1, verbs.Json.GetProperty("schema").GetInt32());
        Assert.Equal("02:00:00:12:34:56", verbs.Json.GetProperty("rf").GetProperty("mac").GetString());
        var mac = verbs.Json.GetProperty("tables")[0].GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "TXID_MAC");
        Assert.Equal("020000123456", mac.GetProperty("data").GetString());
    }

    [Fact]
    public void Show_WithoutATable_IsExit3()
    {
        using var verbs = new TestFolder();
        string firmware = verbs.Write("firmware.bin", SyntheticDevice.Firmware());
        Assert.Equal(3, verbs.Run("rf", "show", firmware));
        Assert.Contains("BKI4020", verbs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SetMac_ChangesSixBytes_AndRefusesOthers()
    {
        using var verbs = new TestFolder();
        byte[] bytes = SyntheticDevice.FactoryDump();
        string factory = verbs.Write("factory.bin", bytes);
        verbs.Do("rf", "set-mac", factory, "02:aa:bb:cc:dd:ee", "-o", verbs["out.bin"]);
        byte[] expected = bytes.ToArray();
        Convert.FromHexString("02AABBCCDDEE").CopyTo(expected, 0x1E0024);
        BytesAssert.Equal(expected, verbs.Read("out.bin"));
        Assert.Equal(4, verbs.Run("rf", "set-mac", factory, "02:aa:bb:cc:dd:ee", "-o", verbs["out.bin"]));
        Assert.Equal(4, verbs.Run("rf", "set-mac", factory, "02:aa:bb:cc:dd:ee", "-o", factory, "--force"));
        Assert.Equal(2, verbs.Run("rf", "set-mac", factory, "02:aa", "-o", verbs["no.bin"]));
        Assert.Equal(3, verbs.Run("rf", "set-mac", factory, "03:aa:bb:cc:dd:ee", "-o", verbs["no.bin"]));
        Assert.False(File.Exists(verbs["no.bin"]));
    }

    [Fact]
    public void Compare_SaysWhatIsOfTheDevice()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", SyntheticDevice.FactoryDump());
        verbs.Do("rf", "set-mac", factory, "02:aa:bb:cc:dd:ee", "-o", verbs["other.bin"]);
        verbs.Do("rf", "compare", factory, verbs["other.bin"], "--json");
        var different = verbs.Json.GetProperty("items").EnumerateArray().Where(item => !item.GetProperty("equal").GetBoolean()).ToArray();
        Assert.Equal("TXID_MAC", Assert.Single(different).GetProperty("name").GetString());
        Assert.Equal(("02:00:00:12:34:56", "02:aa:bb:cc:dd:ee"), (different[0].GetProperty("a").GetString(), different[0].GetProperty("b").GetString()));
        Assert.True(different[0].GetProperty("deviceSpecific").GetBoolean());
        Assert.Contains("another device", verbs.Do("rf", "compare", factory, verbs["other.bin"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_BringsTheTableBack()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        byte[] original = verbs.Read("device.bin");
        byte[] lost = original.ToArray();
        lost.AsSpan(0x1D0000, 4096).Fill(0xFF);
        string damaged = verbs.Write("lost.bin", lost);
        // The factory dump has it at 0x1E0000; the firmware of this image looks at 0x1D0000.
        verbs.Do("rf", "restore", damaged, "--from", verbs["factory.bin"], "-o", verbs["restored.bin"]);
        BytesAssert.Equal(original, verbs.Read("restored.bin"));
        verbs.Do("extract", device, "rf", "-o", verbs["rf.bin"]);
        verbs.Do("rf", "restore", damaged, "--from", verbs["rf.bin"], "--mac", "02:aa:bb:cc:dd:ee", "-o", verbs["restored2.bin"]);
        BytesAssert.Equal(Convert.FromHexString("02AABBCCDDEE"), verbs.Read("restored2.bin").AsSpan(0x1D0024, 6));
        Assert.Equal(3, verbs.Run("rf", "restore", damaged, "--from", verbs["firmware.bin"], "-o", verbs["no.bin"]));
        Assert.Equal(4, verbs.Run("rf", "restore", verbs["firmware.bin"], "--from", verbs["rf.bin"], "-o", verbs["no.bin"]));
        Assert.False(File.Exists(verbs["no.bin"]));
    }

    [Fact]
    public void Restore_OverSomethingElse_IsRefused()
    {
        using var verbs = new TestFolder();
        verbs.OpenBekenDevice();
        byte[] bytes = verbs.Read("device.bin");
        bytes.AsSpan(0x1D0000, 4096).CopyTo(bytes.AsSpan(0x1C0000));
        bytes.AsSpan(0x1D0000, 4096).Fill(0x5A);
        string other = verbs.Write("other.bin", bytes);
        Assert.Equal(4, verbs.Run("rf", "restore", other, "--from", verbs["factory.bin"], "-o", verbs["no.bin"]));
        Assert.Contains("BKI9003", verbs.Error, StringComparison.Ordinal);
    }
}

using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class SanitizeVerbTests
{
    [Fact]
    public void Sanitize_OfADeviceWithAConfig_BlanksItAndSaysWhat()
    {
        using var verbs = new TestFolder();
        verbs.OpenBekenDevice();
        verbs.Do("obk", "set", verbs["device.bin"], "wifiSsid=home network", "wifiPass=correct horse", "mqttHost=broker", "-o", verbs["set.bin"]);
        verbs.Do("sanitize", verbs["set.bin"], "-o", verbs["clean.bin"], "--json");
        Assert.Equal("obk-config", Assert.Single(verbs.Json.GetProperty("changes").EnumerateArray()).GetProperty("partition").GetString());
        string bytes = Encoding.Latin1.GetString(verbs.Read("clean.bin"));
        Assert.DoesNotContain("home network", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", bytes, StringComparison.Ordinal);
        verbs.Do("obk", "show", verbs["clean.bin"], "--json", "--show-secrets");
        Assert.Equal(("", "broker", true), (verbs.Json.GetProperty("wifiPass").GetString(), verbs.Json.GetProperty("mqttHost").GetString(), verbs.Json.GetProperty("crcOk").GetBoolean()));
        verbs.Do("sanitize", verbs["clean.bin"], "-o", verbs["again.bin"]);
        Assert.Contains("identical", verbs.Output, StringComparison.Ordinal);
        BytesAssert.Equal(verbs.Read("clean.bin"), verbs.Read("again.bin"));
        Assert.Equal(4, verbs.Run("sanitize", verbs["set.bin"], "-o", verbs["set.bin"], "--force"));
    }

    [Fact]
    public void Sanitize_OfARotatedDump_KeepsRotationAndVerify()
    {
        using var verbs = new TestFolder();
        string image = Corpus.PathOf("BK7231T_Tuya_LED_Moon_rotated.bin");
        verbs.Do("sanitize", image, "-o", verbs["clean.bin"]);
        Assert.Equal(verbs.Run("verify", image), verbs.Run("verify", verbs["clean.bin"]));
        verbs.Do("inspect", verbs["clean.bin"], "--json");
        Assert.Equal(0x11000, verbs.Json.GetProperty("rotation").GetInt32());
    }
}

using System.Text.Json;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class ObkVerbTests
{
    private const string Configured = "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin";

    [Fact]
    public void Show_OfTheConfiguredFirmware_HasTheManifestsCommand()
    {
        using var verbs = new TestFolder();
        var expected = Corpus.Manifest(Configured).GetProperty("obkConfig")[0];
        string image = verbs.Write("in.bin", Corpus.Read(Configured));
        verbs.Do("obk", "show", image, "--json");
        foreach (var document in new[] { verbs.Json, Inspect(verbs, image) })
        {
            Assert.Equal(expected.GetProperty("startupCommand").GetString(), document.GetProperty("startupCommand").GetString());
            Assert.Equal(expected.GetProperty("offset").GetInt64(), document.GetProperty("offset").GetInt64());
            Assert.Equal(expected.GetProperty("version").GetInt64(), document.GetProperty("version").GetInt64());
            Assert.True(document.GetProperty("crcOk").GetBoolean());
        }
    }

    [Fact]
    public void Set_OfAPin_TakesAColonForTheSemicolonAtWhichShellsSplit()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        verbs.Do("obk", "set", device, "pins.6=Btn;2", "pins.7=Btn;1;2", "pins.8=Rel;3", "-o", verbs["semicolons.bin"]);
        verbs.Do("obk", "set", device, "pins.6=Btn:2", "pins.7=Btn:1:2", "pins.8=1:3", "-o", verbs["colons.bin"]);
        BytesAssert.Equal(verbs.Read("semicolons.bin"), verbs.Read("colons.bin"));
        string template = verbs.Write("template.json", """{"pins":{"6":"Btn:2","7":"Btn:1:2","8":"Rel:3"}}""");
        verbs.Do("obk", "set", device, "--from", template, "-o", verbs["template.bin"]);
        BytesAssert.Equal(verbs.Read("semicolons.bin"), verbs.Read("template.bin"));
        Assert.Equal(3, verbs.Run("obk", "set", device, "pins.6=Btn:", "-o", verbs["no.bin"]));
        Assert.Equal(3, verbs.Run("obk", "set", device, "pins.6=Btn:1:2:3", "-o", verbs["no.bin"]));
    }

    [Fact]
    public void Set_OnADeviceWithoutConfig_StartsFromTheDefaultsWithItsMac()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        verbs.Do("obk", "set", device, "startupCommand=echo hello", "pins.6=Btn;2", "flags.MQTT_ALWAYSSETRETAIN=true", "wifiPass=correct horse", "-o", verbs["set.bin"]);
        verbs.Do("obk", "show", verbs["set.bin"], "--json");
        var config = verbs.Json;
        Assert.Equal((0x1D1000, 5, true), (config.GetProperty("offset").GetInt64(), config.GetProperty("version").GetInt64(), config.GetProperty("crcOk").GetBoolean()));
        Assert.Equal("OpenBK7231N_00123456", config.GetProperty("longDeviceName").GetString());
        Assert.Equal("""{"6":"Btn;2"}""", config.GetProperty("pins").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.Equal(1024 + 128, config.GetProperty("flags").GetInt64());
        Assert.Equal("********", config.GetProperty("wifiPass").GetString());
        Assert.DoesNotContain("correct horse", verbs.Output, StringComparison.Ordinal);
        Assert.Contains("correct horse", verbs.Do("obk", "show", verbs["set.bin"], "--show-secrets"), StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", verbs.Do("inspect", verbs["set.bin"], "--json"), StringComparison.Ordinal);
        Assert.Contains("correct horse", verbs.Do("inspect", verbs["set.bin"], "--json", "--show-secrets"), StringComparison.Ordinal);
        byte[] before = verbs.Read("device.bin");
        byte[] after = verbs.Read("set.bin");
        BytesAssert.Equal(before.AsSpan(0, 0x1D1000), after.AsSpan(0, 0x1D1000));
        BytesAssert.Equal(before.AsSpan(0x1D2000), after.AsSpan(0x1D2000));
    }

    [Fact]
    public void Show_GivenBackToSet_GivesTheSameBytesAlsoMasked()
    {
        using var verbs = new TestFolder();
        verbs.OpenBekenDevice();
        verbs.Do("obk", "set", verbs["device.bin"], "wifiPass=correct horse", "startupCommand=backlog echo a; Password1 secret; echo b", "-o", verbs["set.bin"]);
        string masked = verbs.Do("obk", "show", verbs["set.bin"], "--json");
        Assert.DoesNotContain("secret;", masked, StringComparison.Ordinal);
        verbs.Write("masked.json", masked);
        verbs.Write("open.json", verbs.Do("obk", "show", verbs["set.bin"], "--json", "--show-secrets"));
        verbs.Write("inspect.json", verbs.Do("inspect", verbs["set.bin"], "--json"));
        foreach (string document in new[] { "masked", "open", "inspect" })
        {
            verbs.Do("obk", "set", verbs["set.bin"], "--from", verbs[document + ".json"], "-o", verbs[document + ".bin"]);
            BytesAssert.Equal(verbs.Read("set.bin"), verbs.Read(document + ".bin"));
        }
        verbs.Do("combine", verbs["factory.bin"], verbs["firmware.bin"], "--obk-config", verbs["open.json"], "-o", verbs["combined.bin"]);
        BytesAssert.Equal(verbs.Read("set.bin"), verbs.Read("combined.bin"));
    }

    [Fact]
    public void Template_GoesOutAndIn()
    {
        using var verbs = new TestFolder();
        verbs.OpenBekenDevice();
        verbs.Do("obk", "set", verbs["device.bin"], "pins.6=Btn;2", "pins.28=Rel;5", "startupCommand=startDriver BL0942", "mqttHost=broker", "-o", verbs["set.bin"]);
        string template = verbs.Write("template.json", verbs.Do("obk", "show", verbs["set.bin"], "--template"));
        var members = JsonDocument.Parse(verbs.Output).RootElement;
        Assert.Equal(("Rel;5", "1024"), (members.GetProperty("pins").GetProperty("28").GetString(), members.GetProperty("flags").GetString()));
        verbs.Do("obk", "set", verbs["device.bin"], "mqttHost=broker", "--from", template, "-o", verbs["again.bin"]);
        BytesAssert.Equal(verbs.Read("set.bin"), verbs.Read("again.bin"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, "startupCommand")]
    [InlineData(3, "noSuchField=1")]
    [InlineData(3, "mqttPort=many")]
    [InlineData(3, "pins.99=Rel;1")]
    [InlineData(3, "--from", "missing.json")]
    public void Set_WithWhatDoesNotFit_WritesNothing(int exitCode, params string[] arguments)
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        Assert.Equal(exitCode, verbs.Run(["obk", "set", device, .. arguments, "-o", verbs["no.bin"]]));
        Assert.False(File.Exists(verbs["no.bin"]));
    }

    [Fact]
    public void Set_AsJson_SaysWhatWasChanged()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        verbs.Do("obk", "set", device, "mqttHost=broker", "-o", verbs["set.bin"], "--json");
        Assert.Equal("obk set", verbs.Json.GetProperty("verb").GetString());
        var change = Assert.Single(verbs.Json.GetProperty("changes").EnumerateArray());
        Assert.Equal("obk-config", change.GetProperty("partition").GetString());
        Assert.Equal(0x1D1000, change.GetProperty("offset").GetInt32());
    }

    [Fact]
    public void Set_WithABrokenDocument_NamesNoValueOfIt()
    {
        using var verbs = new TestFolder();
        string device = verbs.OpenBekenDevice();
        string broken = verbs.Write("broken.json", "{ \"wifiPass\": correct horse }");
        Assert.Equal(3, verbs.Run("obk", "set", device, "--from", broken, "-o", verbs["no.bin"]));
        Assert.DoesNotContain("correct", verbs.Error, StringComparison.Ordinal);
        Assert.Equal(3, verbs.Run("combine", verbs["factory.bin"], verbs["firmware.bin"], "--obk-config", broken, "-o", verbs["no.bin"]));
    }

    [Fact]
    public void Verbs_OnAnImageWithoutOpenBeken_AreRefused()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", SyntheticDevice.FactoryDump());
        Assert.Equal(3, verbs.Run("obk", "show", factory));
        Assert.Equal(4, verbs.Run("obk", "set", factory, "mqttPort=1", "-o", verbs["no.bin"]));
        Assert.Contains("BKI9005", verbs.Error, StringComparison.Ordinal);
    }

    private static JsonElement Inspect(TestFolder verbs, string image)
    {
        verbs.Do("inspect", image, "--json");
        return verbs.Json.GetProperty("obkConfig");
    }
}

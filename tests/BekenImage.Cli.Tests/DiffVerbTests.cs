using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>diff</c>: exit codes, the sentence, the document.</summary>
public sealed class DiffVerbTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SameFile_IsIdentical()
    {
        string file = _folder.Write("a.bin", Samples.TuyaN);
        Assert.Equal(0, _folder.Run("diff", file, file));
        Assert.Contains("are identical", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Run("diff", file, file, "--json"));
        Assert.Equal("diff", _folder.Json.GetProperty("verb").GetString());
        Assert.True(_folder.Json.GetProperty("identical").GetBoolean());
        Assert.True(_folder.Json.GetProperty("sameContent").GetBoolean());
        Assert.Equal(0, _folder.Json.GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public void EditedConfiguration_IsToldInItsWords()
    {
        string file = _folder.Write("a.bin", Samples.ObkDevice);
        _folder.Do("obk", "set", file, "pins.6=Rel;5", "flags.10=1", "-o", _folder["b.bin"]);
        Assert.Equal(1, _folder.Run("diff", file, _folder["b.bin"]));
        Assert.Contains("configuration: flag 10 (MQTT_BROADCASTSELFSTATEONCONNECT) on, pin 6 ", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("Rel;5", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("bootloader, app, ", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, _folder.Run("diff", file, _folder["b.bin"], "--json"));
        var pin = _folder.Json.GetProperty("differences")[1];
        Assert.Equal(("obk-config", "pins.6", "Rel;5"),
            (pin.GetProperty("area").GetString(), pin.GetProperty("name").GetString(), pin.GetProperty("b").GetString()));
        Assert.False(_folder.Json.GetProperty("sameContent").GetBoolean());
    }

    [Fact]
    public void Secrets_ShowOnlyWhenAsked()
    {
        string file = _folder["a.bin"];
        _folder.Do("obk", "set", _folder.Write("none.bin", Samples.ObkDevice), "wifiPass=pass phrase C", "-o", file);
        _folder.Do("obk", "set", file, "wifiPass=quite another", "-o", _folder["b.bin"]);
        Assert.Equal(1, _folder.Run("diff", file, _folder["b.bin"]));
        Assert.Contains("wifiPass ******** -> ******** (another)", _folder.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("quite another", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(1, _folder.Run("diff", file, _folder["b.bin"], "--show-secrets"));
        Assert.Contains("pass phrase C -> quite another", _folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnreadableInput_IsThree_AndNamed()
    {
        string file = _folder.Write("a.bin", Samples.TuyaN);
        Assert.Equal(3, _folder.Run("diff", file, _folder["missing.bin"], "--json"));
        Assert.Equal(_folder["missing.bin"], _folder.Json.GetProperty("file").GetString());
        Assert.Equal(2, _folder.Run("diff", "-", "-"));
        Assert.Equal(2, _folder.Run("diff", file));
    }

    [Fact]
    public void HostileText_IsEscaped()
    {
        byte[] one = SyntheticImage.ObkNFirmware().Qio();
        byte[] two = new SyntheticImage
        {
            App = SyntheticPrograms.App(0xC010, "OpenBK7231N_1.18.300", seed: 3), AppVersion = "\u001b[31mred\u0007",
        }.Qio();
        Assert.Equal(1, _folder.Run("diff", _folder.Write("a.bin", one), _folder.Write("b.bin", two)));
        Assert.DoesNotContain('\u001b', _folder.Output);
        Assert.Contains("\\x1b[31mred", _folder.Output, StringComparison.Ordinal);
        // Names of files in a volume come from the image too.
        string device = _folder.Write("device.bin", Samples.ObkDevice);
        string edited = _folder.Write("edited.bin", FlashImage.Parse(Samples.ObkDevice).Edit().AddFile("a\u202Eb", Encoding.ASCII.GetBytes("x")).ToArray());
        Assert.Equal(1, _folder.Run("diff", device, edited));
        Assert.DoesNotContain('\u202E', _folder.Output);
    }

    [Fact]
    public void Dreo_AgainstItsCombinedImage_TellsTheMainJob()
    {
        string dump = Corpus.PathOf("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin");
        _folder.Do("combine", dump, Corpus.PathOf("OpenBK7231M_QIO_1.18.300.bin"), "-o", _folder["new.bin"]);
        Assert.Equal(1, _folder.Run("diff", dump, _folder["new.bin"]));
        string[] lines = _folder.Output.Split('\n');
        Assert.Matches(
            "^bootloader, partition table, network parameters, download identical; app: version Beken FreeRTOS -> OpenBeken 1\\.18\\.300, \\d+ texts gone, \\d+ new; " +
            "RBL header: app changed; RF: moved 0x1e0000 -> 0x1d0000; other: gone$", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("app ", StringComparison.Ordinal) && line.Contains("code changed, 922229 -> 828304 bytes", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("other ", StringComparison.Ordinal) && line.Contains("at 0x1e3000", StringComparison.Ordinal));
        Assert.True(lines.Length < 50, _folder.Output);
    }
}

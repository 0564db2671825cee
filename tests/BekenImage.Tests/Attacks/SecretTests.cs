using System.Text;
using System.Text.Json;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.IO;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>A21: secrets in whatever form people and firmwares keep them.</summary>
public class SecretTests
{
    [Fact]
    public void Configuration_WithEveryWrongChecksum_IsSanitized()
    {
        byte[] sector = Enumerable.Repeat((byte)0xFF, 4096).ToArray();
        DataImages.ObkConfig().CopyTo(sector, 0);
        for (int checksum = 0; checksum < 256; checksum++)
        {
            sector[3] = (byte)checksum;
            var image = FlashImage.Parse(sector.ToArray());
            bool wasRight = image.ObkConfig!.ChecksumOk;
            byte[] clean = image.Edit().Sanitize().ToArray();
            Assert.Equal(-1, clean.AsSpan().IndexOf("pass phrase C"u8));
            Assert.Equal(wasRight, FlashImage.Parse(clean).ObkConfig!.ChecksumOk);
        }
    }

    [Theory]
    [InlineData("mqtt_pass = \"geheim 12\"", "mqtt_pass = \"000000000\"")]
    [InlineData("wifi.psk: geheim12", "wifi.psk: 00000000")]
    [InlineData("passwd=geheim12\nchannel=3", "passwd=00000000\nchannel=3")]
    [InlineData("apiToken='ab\\'cd' # mine", "apiToken='000000' # mine")]
    [InlineData("http://h/?token=geheim12&x=1", "http://h/?token=00000000&x=1")]
    [InlineData("mqtt://name:geheim12@broker.example:1883", "mqtt://0000:00000000@broker.example:1883")]
    [InlineData("bypass=1 passive: yes turnip=a", "bypass=1 passive: yes turnip=a")]
    [InlineData("http://broker.example/path@2", "http://broker.example/path@2")]
    [InlineData("{\"pin\":7,\"key\":\"Btn\"}", "{\"pin\":7,\"key\":\"Btn\"}")]
    [InlineData("passw=", "passw=")]
    public void Text_WithNamesOfSecrets_LosesTheirValuesAlone(string text, string expected)
    {
        Assert.Equal(expected, SecretTexts.Blank(text));
        Assert.Equal(expected, SecretTexts.Blank(expected));
    }

    [Fact]
    public void Json_WithSecrets_IsStillJson_AndKeepsTheRest()
    {
        const string text = """{"wifi":{"ssid":"HomeNetwork","password":"geh\"eim","channel":6},"tokens":["abcdef","ghijkl"],"pin":12345,"psk":12345,"title":"plain \" text","url":"http://u:pw123456@h"}""";
        string clean = SecretTexts.Blank(text);
        Assert.Equal(text.Length, clean.Length);
        var json = JsonDocument.Parse(clean).RootElement;
        Assert.Equal((6, 12345, "plain \" text"), (json.GetProperty("wifi").GetProperty("channel").GetInt32(), json.GetProperty("pin").GetInt32(), json.GetProperty("title").GetString()));
        Assert.Equal(10000, json.GetProperty("psk").GetInt32());
        foreach (string secret in new[] { "HomeNetwork", "geh", "abcdef", "ghijkl", "pw123456" })
            Assert.DoesNotContain(secret, clean, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_WithSecrets_AreCleanedByTheirForm_AttributesToo()
    {
        byte[] image = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.Dump();
        byte[] config = Encoding.ASCII.GetBytes("{\n  \"mqtt\": { \"password\": \"geheim-1\", \"port\": 1883 },\n  \"name\": \"lamp\"\n}\n");
        byte[] page = Encoding.ASCII.GetBytes("<script>var token = \"geheim-4\";</script>");
        var attributed = LittleFsEntry.File("plain.txt", Encoding.ASCII.GetBytes("nothing")).WithAttributes([new LittleFsAttribute(7, Encoding.ASCII.GetBytes("token=geheim-3"))]);
        byte[] volume = LittleFsWriter.Create(0x10000,
        [
            LittleFsEntry.File("config.json", config), LittleFsEntry.File("my.ini", Encoding.ASCII.GetBytes("mqtt_pass = \"geheim-2\"\nport = 1\n")),
            LittleFsEntry.File("index.html", page), attributed,
        ]);
        volume.CopyTo(image, 0x1C0000);
        var result = FlashImage.Parse(image).Edit().Sanitize();
        var clean = FlashImage.Parse(result.ToArray()).LittleFs!;
        string Read(string name) => Encoding.ASCII.GetString(clean.Find(name)!.ToArray());

        var json = JsonDocument.Parse(Read("config.json")).RootElement;
        Assert.Equal(("lamp", 1883), (json.GetProperty("name").GetString(), json.GetProperty("mqtt").GetProperty("port").GetInt32()));
        Assert.Equal("mqtt_pass = \"00000000\"\nport = 1\n", Read("my.ini"));
        Assert.Equal("token=00000000", Encoding.ASCII.GetString(Assert.Single(clean.Find("plain.txt")!.Attributes).Value.Span));
        string all = Encoding.Latin1.GetString(result.ToArray());
        foreach (string secret in new[] { "geheim-1", "geheim-2", "geheim-3" })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        // A page is not changed by its words, since that would break it; it is named.
        var warned = Assert.Single(result.Findings, finding => finding.Code == FindingCode.SecretsMayRemain);
        Assert.Contains("'index.html'", warned.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", warned.Message, StringComparison.Ordinal);
        Assert.Empty(FlashImage.Parse(result.ToArray()).Edit().Sanitize().Changes);
    }

    [Theory]
    [InlineData("sendGet http://name:geheim12@h/x", "geheim12")]
    [InlineData("sendGet http://h/cm?token=geheim12", "geheim12")]
    [InlineData("backlog SetApiKey geheim12; echo", "geheim12")]
    public void StartupCommand_WithASecretInAnAddress_IsShownWithoutIt(string command, string secret)
    {
        string shown = ObkSecrets.RemoveFromScript(command);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Equal(command.Length, shown.Length);
        Assert.Equal(shown, ObkSecrets.RemoveFromScript(shown));
    }
}

using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.SampleRuns;

/// <summary>samples/ProvisionDevices: twenty images from one and a list, or none.</summary>
public sealed class ProvisionDevicesTests : IDisposable
{
    private const string Heading = "name,ssid,ip,mac,mask,gateway\n";
    private const string Good = "lamp-01,workshop,192.168.4.21,02:00:00:00:10:01,,\n";

    private static readonly Lazy<byte[]> Image = new(() =>
    {
        using var folder = new TestFolder();
        return File.ReadAllBytes(folder.OpenBekenDevice());
    });

    private readonly TestFolder _folder = new();

    [Fact]
    public void List_OfTwentyDevices_GivesTwentyImages()
    {
        // One with a comma in its network, quoted as tables do.
        string[] networks = [.. Enumerable.Range(1, 20).Select(i => i == 7 ? "workshop, \"2\"" : $"workshop {i}")];
        string rows = string.Concat(networks.Select((network, i) =>
            $"lamp-{i + 1:d2},\"{network.Replace("\"", "\"\"")}\",192.168.4.{21 + i},02-00-00-00-10-{i + 1:X2},255.255.0.0,192.168.0.1\n"));
        string output = Run(Heading + rows).Succeeds().Output;
        Assert.Equal(20, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("a pass phrase", output);
        Assert.Equal(20, Directory.GetFiles(_folder["images"]).Length);
        for (int i = 0; i < 20; i += 3)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder["images"], $"lamp-{i + 1:d2}.bin"));
            BootSimulator.Run(bytes, SyntheticKey.Zero).AssertBoots();
            var image = FlashImage.Parse(bytes);
            var config = image.ObkConfig!;
            Assert.Equal($"02:00:00:00:10:{i + 1:x2}", image.Rf!.Mac.ToString());
            Assert.Equal(($"lamp-{i + 1:d2}", networks[i], "a pass phrase"), (config["shortDeviceName"], config["wifiSsid"], config["wifiPass"]));
            Assert.Equal([$"192.168.4.{21 + i}", "255.255.0.0", "192.168.0.1", "192.168.0.1"], config.StaticIP);
        }
    }

    [Fact]
    public void List_WithAMacTwice_GivesNothing()
    {
        var result = Run(Heading + Good + "lamp-02,workshop,192.168.4.22,020000001001\n");
        Assert.Equal((3, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal("line 3: 02:00:00:00:10:01 is in the list twice\nnothing was written\n", result.Error);
        Assert.False(Directory.Exists(_folder["images"]));
    }

    [Fact]
    public void List_WithBadRows_NamesEach()
    {
        (string Row, string Says)[] bad =
        [
            ("Lamp-01,workshop,192.168.4.22,02:00:00:00:10:02", "Lamp-01 is in the list twice"),
            ("lamp-02,workshop,192.168.4.21,02:00:00:00:10:03", "192.168.4.21 is in the list twice"),
            ("lamp-03,workshop,192.168.4.23,03:00:00:00:10:04", "is no MAC a device may have as its own"),
            ("lamp-04,workshop,192.168.4.24,02:00:00:00:00:00", "is no MAC a device may have as its own"),
            ("lamp-05,workshop,192.168.4,02:00:00:00:10:05", "\"192.168.4\" is no address"),
            ("lamp-06,workshop,,02:00:00:00:10:06", "\"\" is no address"),
            ("../lamp,workshop,192.168.4.27,02:00:00:00:10:07", "\"../lamp\" is no name"),
            ("lamp-08,,192.168.4.28,02:00:00:00:10:08", "\"\" is no network"),
            ("lamp-09", "\"\" is no network"),
            ("lamp-10,\"work\"shop,192.168.4.30,02:00:00:00:10:0A", string.Empty),
        ];
        var result = Run(Heading + Good + string.Concat(bad.Select(row => row.Row + "\n")));
        Assert.Equal((3, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal(bad.Length + 1, result.ErrorLines.Length);
        Assert.All(bad.Select((row, i) => (Line: i + 3, row.Says, Said: result.ErrorLines[i])), row =>
        {
            Assert.StartsWith($"line {row.Line}: ", row.Said);
            Assert.Contains(row.Says, row.Said);
        });
        Assert.False(Directory.Exists(_folder["images"]));
    }

    [Theory]
    [InlineData("name,ssid,ip\nlamp,x,1.2.3.4\n", "line 1: there is no column mac")]
    [InlineData("", "line 1: there is no column name")]
    public void List_WithoutWhatIsNeeded_GivesNothing(string list, string says)
    {
        var result = Run(list);
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith(says, result.Error);
    }

    private ToolResult Run(string list)
    {
        string image = _folder.Write("openbeken.bin", Image.Value);
        return SampleProgram.RunWith(
            new() { ["WIFI_PASS"] = "a pass phrase" }, "ProvisionDevices", _folder, image, _folder.Write("devices.csv", list), _folder["images"]);
    }

    public void Dispose() => _folder.Dispose();
}

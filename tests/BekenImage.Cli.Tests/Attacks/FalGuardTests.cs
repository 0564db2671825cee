using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A14: partition tables by which a device is lost, or its updates are: refused on writing, reported on reading.</summary>
public sealed class FalGuardTests
{
    private const string Bootloader = "bootloader beken_onchip_crc 0 0x10000", App = "app beken_onchip_crc 0x10000 0x108700", Download = "download beken_onchip 0x12A000 0xA6000";

    [Theory]
    [InlineData(Bootloader, App, "download beken_onchip 0 0x10000")]
    [InlineData(Bootloader, App, "download beken_onchip 0x11000 0xA6000")]
    [InlineData(Bootloader, App, "download beken_onchip 0x1D0000 0x1000")]
    [InlineData(Bootloader, "app beken_onchip_crc 0x8000 0x108700", Download)]
    [InlineData(Bootloader, App, "download beken_onchip 0x12A000 0x800000")]
    [InlineData(Bootloader, App, "download beken_onchip 0x12A000 0")]
    [InlineData(Bootloader, App, "app beken_onchip_crc 0x10000 0x108700")]
    [InlineData(Bootloader, App, "download beken_onchip 0x12A100 0xA5000")]
    [InlineData(Bootloader, App, "download beken_onchip 0x12A000 0xA5F00")]
    [InlineData(Bootloader, App, "param beken_onchip 0x12A000 0x1000")]
    [InlineData(Bootloader, "param beken_onchip 0x1F0000 0x1000", Download)]
    [InlineData("param beken_onchip 0x1F0000 0x1000", App, Download)]
    [InlineData("bootloader beken_onchip 0 0x11000", App, Download)]
    [InlineData("bootloader beken_onchip_crc 0 0x1000", App, Download)]
    [InlineData(Bootloader, "app beken_onchip_crc 0x10000 0x1000", Download)]
    [InlineData(Bootloader, "app beken_onchip 0x11000 0x100000", Download)]
    public void FalSet_OfATableThatNoDeviceCanUse_IsRefused(params string[] entries)
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", new SyntheticImage().WithRf(0x1D0000).Dump());
        string table = folder.Write("table.json", "{ \"part_table\": [" + string.Join(",", entries.Select(entry => entry.Split(' ')).Select(entry =>
            $"{{ \"name\": \"{entry[0]}\", \"flash_name\": \"{entry[1]}\", \"offset\": \"{entry[2]}\", \"len\": \"{entry[3]}\" }}")) + "] }");
        Assert.Equal(4, folder.Run("fal", "set", device, "--table", table, "-o", folder["out.bin"]));
        Assert.Contains("table.json: BKI300", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }

    [Fact]
    public void Verify_AndInspect_OfAnImageWithoutADownloadEntry_SaySo()
    {
        using var folder = new TestFolder();
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("param", "beken_onchip", 0x1F0000, 0x1000, false),
        ];
        string image = folder.Write("odd.bin", new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump());
        foreach (string verb in new[] { "verify", "inspect" })
        {
            folder.Run(verb, image);
            Assert.Contains("the partition table has no entry for the download", folder.Output + folder.Error, StringComparison.Ordinal);
        }
    }
}

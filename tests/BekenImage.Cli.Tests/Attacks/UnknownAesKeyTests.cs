using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A13: an image under an AES key that nobody knows, read with one that is not its own: no verb believes it, and each error names the file.</summary>
public sealed class UnknownAesKeyTests
{
    private static readonly byte[] Key = Convert.FromHexString("3ac1f07762d95b8e14a06dc7be3915f2908b4c6ed15720af3bfe86c4720d19e5");

    private static byte[] Image => SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x4000, 3, "OpenBK7236_1.18.300"), Key);

    [Theory]
    [InlineData("zero")]
    [InlineData("tuya")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void EveryVerb_WithAKeyThatIsNotTheImages_SaysSoAndWritesNothing(string key)
    {
        using var folder = new TestFolder();
        string image = folder.Write("image.bin", Image), app = folder.Write("app.bin", SyntheticArmino.App(0x4000, 4));
        string small = folder.Write("small.bin", new byte[32]);
        string table = folder.Write("table.json", "{ \"part_table\": [ { \"name\": \"app\", \"flash_name\": \"beken_onchip_crc\", \"offset\": 65536, \"len\": 1083136 } ] }");
        string[][] lines =
        [
            ["split", image], ["extract", image, "app"], ["put", image, "app", app], ["put", image, "0x100+0x20", small], ["fal", "set", image, "--table", table],
            ["fs", "add", image, "a.txt=" + small],
        ];
        foreach (string[] line in lines)
        {
            folder.Run([.. line, "--key", key, "-o", folder["out"]]);
            folder.Last.Fails(3, "BKI1001", "image");
            Assert.StartsWith($"bekenimage: {image}: BKI1001: ", folder.Last.ErrorLine, StringComparison.Ordinal);
            Assert.Contains("--key KEY gives it", folder.Last.ErrorLine, StringComparison.Ordinal);
            Assert.DoesNotContain("out", folder.Names);
        }
        Assert.Equal(1, folder.Run("verify", image, "--key", key));
        Assert.Contains("boots: no", folder.Output, StringComparison.Ordinal);
        Assert.Equal(4, folder.Run("combine", image, app, "--chip", "BK7236", "-o", folder["out"]));
        folder.Do("inspect", image, "--key", key);
        Assert.Contains("BKI9007", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryVerb_WithoutAKey_TakesNoProgramForPlain()
    {
        using var folder = new TestFolder();
        string image = folder.Write("image.bin", Image);
        Assert.Equal(1, folder.Run("verify", image));
        Assert.Equal(3, folder.Run("extract", image, "app", "-o", folder["out"]));
        folder.Do("split", image, "-o", folder["parts"]);
        Assert.Equal(["app.raw.bin", "bootloader.raw.bin", "manifest.json"], Directory.GetFiles(folder["parts"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        folder.Do("merge", folder["parts"], "-o", folder["back.bin"]);
        Assert.Equal(Image, folder.Read("back.bin"));
    }
}

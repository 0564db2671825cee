using BekenImage.Cli.Tests.Support;
using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>The code of docs/change-your-flasher.md at work on made-up devices.</summary>
public sealed class FlasherRecipeTests
{
    private const int App = 0x11000;

    [Fact]
    public void PlainApp_OfADump_IsTheProgram()
    {
        byte[] program = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN);
        Assert.Equal(program, FlasherRecipe.PlainApp(Samples.TuyaN)[..program.Length]);
        Assert.Equal(BekenKey.Tuya, FlasherRecipe.KeyOf(Samples.TuyaN));
    }

    [Fact]
    public void Pages_AreThoseOfTheFlash()
    {
        byte[] program = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN);
        byte[] pages = FlasherRecipe.Pages(program, BekenKey.Tuya, 0x10000);
        int whole = program.Length / 32 * 34;
        Assert.Equal(Samples.TuyaN.AsSpan(App, whole).ToArray(), pages[..whole]);
    }

    [Fact]
    public void Calibration_IsTheDevicesOwn_OrNone()
    {
        Assert.Equal(0x1E0000, FlasherRecipe.Calibration(Samples.Dreo).Offset);
        byte[] lost = Samples.Dreo;
        lost.AsSpan(0x1E0000, 0x1000).Fill(0xFF);
        Assert.Null(FlasherRecipe.Calibration(lost));
        Assert.NotEmpty(FlasherRecipe.AgainstBackup(lost));
        Assert.Empty(FlasherRecipe.AgainstBackup(Samples.Dreo));
    }

    [Fact]
    public void Configured_HasMacAndNetwork()
    {
        Assert.True(MacAddress.TryParse("c8:47:8c:12:34:56", out var mac));
        var image = FlashImage.Parse(FlasherRecipe.Configured(Samples.ObkDevice, mac, "home", "secret123"));
        Assert.Equal(mac, image.Rf!.Mac);
        Assert.Equal(("home", "secret123"), ((string)image.ObkConfig!["wifiSsid"]!, (string)image.ObkConfig["wifiPass"]!));
    }

    [Fact]
    public void ImageToFlash_WrittenStepByStep_IsOnTheChip()
    {
        byte[] chip = Samples.Dreo;
        byte[] image = FlasherRecipe.ImageToFlash(chip, Samples.ObkN, BekenKey.Zero, [new NamedValue("wifiSsid", "home")], TextWriter.Null);
        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
        FlasherRecipe.Write(chip, image, Erase, Write, RomCrc);
        Assert.Equal(image, chip);

        void Erase(long offset, long length) => chip.AsSpan((int)offset, (int)length).Fill(0xFF);
        void Write(long offset, byte[] bytes)
        {
            // Flash only clears bits: what is not erased first would be wrong.
            for (int i = 0; i < bytes.Length; i++)
                chip[offset + i] &= bytes[i];
        }
        uint RomCrc(long offset, long length) => PlainCrc(chip.AsSpan((int)offset, (int)length));
    }

    [Fact]
    public void ImageToFlash_ForAnotherFamily_IsRefusedInWords()
    {
        var log = new StringWriter();
        Assert.Null(FlasherRecipe.ImageToFlash(Samples.Dreo, Samples.ObkT, null, [], log));
        Assert.Contains("BKI", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThatTheChipDidNotTake_IsNoticed()
    {
        byte[] image = FlasherRecipe.ImageToFlash(Samples.Dreo, Samples.ObkN, null, [], TextWriter.Null);
        Assert.Throws<IOException>(() => FlasherRecipe.Write(Samples.Dreo, image, (_, _) => { }, (_, _) => { }, (_, _) => 0));
    }

    // The ROM's CRC bit by bit: reflected 0x04C11DB7, begins with ones, no final inversion.
    private static uint PlainCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return crc;
    }
}

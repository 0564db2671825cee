using BekenImage.Boot.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>Loaders that are damaged at random: the end is orderly, within the steps, and the same twice.</summary>
public class BootFuzzTests
{
    /// <summary>Set to a number of images to run more than a few.</summary>
    private const string LongRun = "BEKENIMAGE_BOOT_FUZZ";

    private const int Steps = 300_000;

    public static TheoryData<string> Loaders => new(
        "tiny", "BK7231N_LSPA9_Clone_First.bin", "BK7231T_Tuya_Brilo_8464455.bin", "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "OpenBK7238_QIO_1.18.300.bin");

    [Theory]
    [MemberData(nameof(Loaders))]
    public void DamagedLoader_EndsInOrder_TheSameTwice(string name)
    {
        byte[] good = name == "tiny" ? TinyDevice.Flash(TinyDevice.Loader(new string('x', 200))) : Corpus.Read(name);
        int count = Environment.GetEnvironmentVariable(LongRun) is { Length: > 0 } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 4;
        for (int seed = 0; seed < count; seed++)
        {
            byte[] flash = Damage([.. good], seed);
            var image = FlashImage.Parse(flash);
            var first = Boot(image);
            var second = Boot(FlashImage.Parse(flash));
            Assert.Equal(first is null, second is null);
            if (first is null || second is null)
                continue;
            Assert.InRange(first.Steps, 0, Steps);
            Assert.True(first.Accepted != true || first.Jumped is not null, $"seed {seed}");
            Assert.Equal((first.Stopped, first.Steps, first.Verdict, first.Jumped), (second.Stopped, second.Steps, second.Verdict, second.Jumped));
            Assert.True(first.LogBytes.Span.SequenceEqual(second.LogBytes.Span) && first.Flash.Span.SequenceEqual(second.Flash.Span), $"seed {seed}");
        }
    }

    private static BootReport? Boot(FlashImage image)
    {
        try
        {
            return ImageBooter.Boot(image, new BootOptions { Steps = Steps, RunApp = true });
        }
        catch (BekenImageException error) when (error.Code == FindingCode.BootNothingToRun)
        {
            return null;
        }
    }

    // A few words of the loader's plain code: bits, whole words, a stretch of noise, and its pages come right again; every third time some
    // bytes of the flash as they are.
    private static byte[] Damage(byte[] flash, int seed)
    {
        var random = new Random(seed);
        var key = FlashImage.Parse(flash).Key.Value is { IsIdentity: false } ? SyntheticKey.Tuya : SyntheticKey.Zero;
        byte[] plain = PlainFormats.Cipher(key, 0, PlainFormats.Strip(flash.AsSpan(0, 0x4400), out _));
        for (int count = random.Next(1, 20); count > 0; count--)
        {
            int at = 0x40 + 4 * random.Next((plain.Length - 0x80) / 4);
            if (count % 4 == 0)
                random.NextBytes(plain.AsSpan(at, 4));
            else
                plain[at + random.Next(4)] ^= (byte)(1 << random.Next(8));
        }
        PlainFormats.Pages(PlainFormats.Cipher(key, 0, plain)).CopyTo(flash, 0);
        for (int count = seed % 3 == 0 ? 8 : 0; count > 0; count--)
            flash[random.Next(flash.Length)] ^= (byte)random.Next(256);
        return flash;
    }
}

using System.Text;
using BekenImage.Cli.Demo;
using BekenImage.Formats.LittleFs;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Support;

/// <summary>The synthetic files the screens are about, by name.</summary>
internal static class ScreenFiles
{
    private const string Parameters = "{rl1_pin:26,rl1_lv:1,bt1_pin:10,bt1_lv:0,netled_pin:8,netled_lv:0,jv:1.0.0,module:CB2S,}";

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["factory.bin"] = SyntheticDevice.FactoryDump,
        ["firmware.bin"] = SyntheticDevice.Firmware,
        ["tuya.bin"] = () => Samples.TuyaN,
        ["plug.bin"] = Plug,
        ["obk.bin"] = OpenBeken,
        ["obk-edited.bin"] = () => FlashImage.Parse(OpenBeken()).Edit().SetObk("pins.6", "Rel;5").SetObk("flags.10", "true").ToArray(),
        ["broken.bin"] = Broken,
        ["target.bin"] = () => new ImageCombiner(FlashImage.Parse(SyntheticDevice.FactoryDump()), FlashImage.Parse(SyntheticDevice.Firmware())).Plan().ToArray(),
    };

    /// <summary>Writes those a command line names.</summary>
    public static void Write(TestFolder folder, IEnumerable<string> words)
    {
        foreach (string word in words.Where(Files.ContainsKey))
            folder.Write(word, Files[word]());
    }

    // A T device with everything Tuya's firmware leaves.
    private static byte[] Plug()
    {
        byte[] text = TuyaImages.Text(Parameters), name = TuyaImages.Text("synthetic plug");
        byte[] image = TuyaImages.Chip(
            TuyaImages.Block(0, 1).Index(1, "user_param_key", text, (0, 2, 3)).Index(4, "ty_name", name, (0, 5, 5)).Data(2, text).Data(5, name));
        RfTestData.CompleteTable().CopyTo(image, 0x1D0000);
        return image;
    }

    private static byte[] OpenBeken() => FlashImage.Parse(Samples.ObkDeviceImage().Dump()).Edit().EditFiles(
    [
        LittleFsEntry.File("autoexec.bat", Encoding.ASCII.GetBytes("startDriver NTP\n")),
        LittleFsEntry.File("www/index.html", Encoding.ASCII.GetBytes("<h1>plug</h1>\n")),
    ]).ToArray();

    // A page of the app is wrong, and there is no RF table.
    private static byte[] Broken()
    {
        byte[] image = Samples.TuyaN;
        image[0x11000 + 34 * 100 + 5] ^= 0xFF;
        image.AsSpan(0x1D0000, 0x1000).Fill(0xFF);
        return image;
    }
}

using BekenImage.Boot.Tests.Support;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>The made-up files that the pages are about, by the names the pages give them.</summary>
internal static class DocsFiles
{
    private const int LoaderLength = 0x2EDC;
    private const int App = 0x11000;
    private const int SdkRf = 0x1E0000;
    private const string Wiring = "{rl1_pin:26,rl1_lv:1,bt1_pin:10,bt1_lv:0,netled_pin:8,netled_lv:0,jv:1.0.0,module:CB2S,}";

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["dump.bin"] = Dump,
        ["old-dump.bin"] = Dump,
        ["plug.bin"] = Plug,
        ["openbeken.bin"] = () => Samples.ObkDevice,
        ["OpenBK7231N_QIO.bin"] = () => Samples.ObkN,
        ["OpenBK7231M_QIO.bin"] = () => Samples.ObkM,
        ["OpenBK7231N_UA.bin"] = () => Samples.ObkNUa,
        ["OpenBK7231T_QIO.bin"] = () => Samples.ObkT,
        ["app-at-0.bin"] = () => Over(Dump(), 0, Samples.ObkNUa),
        ["config-at-0.bin"] = () => Over(Dump(), 0, ObkTestData.Sector(ObkTestData.Minimal(startupCommand: "startDriver NTP"))),
        ["app-at-0x10000.bin"] = () => Over(Dump(), 0x10000, Samples.ObkNUa),
        ["wrong-key.bin"] = () => Over(Dump(), App, Samples.ObkNUa),
        ["whole-qio.bin"] = () => Over(Dump(), 0, Samples.ObkN),
        ["no-rf.bin"] = () => Over(Dump(), SdkRf, Samples.Blank(0x1000)),
        ["rotated.bin"] = () => Samples.Rotated,
        ["short.bin"] = () => Dump()[..0x1F0000],
        ["logical.bin"] = () => Logical(Dump().AsSpan(App, SyntheticLayout.Sdk.AppSection)),
        ["staged.bin"] = () => Samples.ObkDeviceImage().WithPackage().Dump(),
        ["config-elsewhere.bin"] = ConfiguredElsewhere,
        ["with-file.bin"] = WithFile,
    };

    /// <summary>Folders: what is in them.</summary>
    private static readonly Dictionary<string, string[]> Folders = new(StringComparer.Ordinal)
    {
        ["dumps"] = ["dump.bin", "plug.bin", "openbeken.bin"],
    };

    /// <summary>Bytes written over those of a file, as people did it to their devices.</summary>
    public static byte[] Over(byte[] image, int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(image.AsSpan(offset));
        return image;
    }

    /// <summary>Writes those a command line names and that are not there yet.</summary>
    public static void Write(TestFolder folder, IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            string top = word.Split('/')[0];
            if (Files.TryGetValue(word, out var make) && !File.Exists(folder[word]))
                folder.Write(word, make());
            if (Folders.TryGetValue(top, out string[]? names) && !Directory.Exists(folder[top]))
            {
                Directory.CreateDirectory(folder[top]);
                foreach (string name in names)
                    folder.Write(Path.Combine(top, name), Files[name]());
            }
        }
    }

    /// <summary>
    /// A device as the story of docs has it: not enciphered, the SDK's table, calibration at 0x1E0000, and a loader that runs and says where
    /// it goes.
    /// </summary>
    private static byte[] Dump()
    {
        var device = SyntheticImage.DreoDevice();
        byte[] table = device.Layout.Table();
        var loader = new TinyArm().Begin().Print("BK7231n_1.0.8\r\n\r\ngo os_addr(0x10000)..........\r\n").JumpToApp();
        byte[] program = loader.Assemble(LoaderLength - table.Length);
        "\0BK7231n\0"u8.CopyTo(program.AsSpan(0x900));
        "\0_1.0.8\0"u8.CopyTo(program.AsSpan(0x980));
        "\0go os_addr(0x%x)\0"u8.CopyTo(program.AsSpan(0xA00));
        return new SyntheticImage
        {
            Boot = device.Boot, Key = device.Key, App = device.App, AppVersion = device.AppVersion, Program = [.. program, .. table],
        }.WithRf(SdkRf).WithNet(0x1E2000).WithFiller(0x1E3000, 0x2000).Dump();
    }

    // A Tuya device whose wiring is in its storage.
    private static byte[] Plug()
    {
        byte[] text = TuyaImages.Text(Wiring);
        byte[] chip = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "user_param_key", text, (0, 2, 3)).Data(2, text));
        byte[] dump = new SyntheticImage().WithRf(0x1D0000).Dump();
        chip.AsSpan(TuyaImages.KeyOffset, 0x3000).CopyTo(dump.AsSpan(TuyaImages.KeyOffset));
        return dump;
    }

    // The configuration where OpenBeken for BK7231T looks.
    private static byte[] ConfiguredElsewhere() =>
        new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(0x1D0000).WithConfig(0x1E1000).Dump();

    private static byte[] WithFile() =>
        FlashImage.Parse(Samples.ObkDevice).Edit().AddFile("autoexec.bat", "startDriver NTP\n"u8.ToArray()).ToArray();

    // As a read through the CPU gives it: the pages without their CRCs.
    private static byte[] Logical(ReadOnlySpan<byte> pages)
    {
        var data = new byte[pages.Length / 34 * 32];
        for (int page = 0; page < pages.Length / 34; page++)
            pages.Slice(page * 34, 32).CopyTo(data.AsSpan(page * 32));
        return data;
    }
}

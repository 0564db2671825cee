using System.Collections.Concurrent;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Support;

/// <summary>Synthetic images, made once.</summary>
internal static class Samples
{
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Made = new();

    /// <summary>A BL2028N with the SDK's bootloader; not encrypted, RF at 0x1E0000.</summary>
    public static byte[] Dreo => Once("dreo", () => SyntheticImage.DreoDevice().Dump());

    /// <summary>A Tuya BK7231N under the tuya key, RF at 0x1D0000.</summary>
    public static byte[] TuyaN => Once("tuya-n", () => SyntheticImage.TuyaNDevice().Dump());

    public static byte[] TuyaT => Once("tuya-t", () => SyntheticImage.TuyaTDevice().Dump());

    /// <summary>An N device that runs OpenBeken already, with a configuration.</summary>
    public static byte[] ObkDevice => Once("obk-device", () => ObkDeviceImage().Dump());

    public static byte[] ObkN => Once("obk-n", () => SyntheticImage.ObkNFirmware().Qio());

    public static byte[] ObkM => Once("obk-m", () => SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Qio());

    public static byte[] ObkT => Once("obk-t", () => SyntheticImage.ObkTFirmware().Qio());

    public static byte[] ObkNUa => Once("obk-n-ua", () => SyntheticImage.ObkNFirmware().Ua());

    public static byte[] PlainApp => Once("plain-app", () => SyntheticImage.ObkNFirmware().App);

    /// <summary>The TuyaN dump as a read that began at 0x11000 and wrapped.</summary>
    public static byte[] Rotated => Once("rotated", () => [.. TuyaN[0x11000..], .. TuyaN[..0x11000]]);

    public static SyntheticImage ObkDeviceImage() => new SyntheticImage
    {
        App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100"),
    }.WithRf(0x1D0000).WithConfig(0x1D1000);

    public static byte[] Blank(int length) => Enumerable.Repeat((byte)0xFF, length).ToArray();

    /// <summary>A whole N chip whose partition table says what the caller wants.</summary>
    public static byte[] WithTable(params byte[][] entries) =>
        new SyntheticImage { Table = entries.SelectMany(entry => entry).ToArray() }.WithRf(0x1D0000).Dump();

    public static byte[] FalBootloader => PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false);

    public static byte[] FalApp => PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false);

    private static byte[] Once(string name, Func<byte[]> make) => (byte[])Made.GetOrAdd(name, _ => new Lazy<byte[]>(make)).Value.Clone();
}

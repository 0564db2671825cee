using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;
using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>
/// One image of each kind an editor meets: enciphered and not, a device and a firmware file, rotated, striped and linear, AES, data without
/// programs.
/// </summary>
internal static class GeneratedImages
{
    private static readonly byte[] AesKey = Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + 3)).ToArray();

    public static IReadOnlyDictionary<string, Lazy<FlashImage>> All { get; } = new Dictionary<string, Lazy<FlashImage>>(StringComparer.Ordinal)
    {
        ["enciphered device"] = new(() => Parse(ObkDevice(SyntheticKey.Tuya).Dump())),
        ["plain device"] = new(() => Parse(ObkDevice(SyntheticKey.Zero).Dump())),
        ["rotated device"] = new(() => Parse(Rotated(ObkDevice(SyntheticKey.Tuya).Dump()))),
        ["firmware file"] = new(() => Parse(Synthetic.Images.ObkN)),
        ["factory device"] = new(() => Parse(Synthetic.Images.Dreo)),
        ["factory device of BK7231T"] = new(() => Parse(Synthetic.Images.TuyaT)),
        ["data without programs"] = new(() => Parse(DataImages.Full())),
        ["Armino device"] = new(() => Parse(SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x9000, 7, "OpenBK7236_1.18.300")))),
        ["linear Armino firmware"] = new(() => Parse(SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x9000, 7, "OpenBK7236_1.18.300")))),
        ["AES firmware"] = new(() => FlashImage.Parse(
            SyntheticArmino.Dump(SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x9000, 7, "OpenBK7236_1.18.300"), AesKey), 0x400000),
            new FlashImageOptions { AesKey = new AesFlashKey(AesKey) })),
    };

    public static string[] Names { get; } = [.. All.Keys];

    public static Gen<string> AnyName { get; } = Gen.Int[0, Names.Length - 1].Select(at => Names[at]);

    private static SyntheticImage ObkDevice(SyntheticKey key) => new SyntheticImage
    {
        Key = key, App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN), AppVersion = "1.18.300",
    }.WithRf(0x1D0000).WithConfig(0x1D1000);

    // With a volume where its firmware looks: so that a file is put beside others.
    private static FlashImage Parse(byte[] bytes)
    {
        var image = FlashImage.Parse(bytes);
        try
        {
            return FlashImage.Parse(image.Edit().AddFile("autoexec.bat", "echo 1"u8.ToArray()).ToArray());
        }
        catch (BekenImageException)
        {
            return image;
        }
    }

    private static byte[] Rotated(byte[] bytes) => [.. bytes[0x11000..], .. bytes[..0x11000]];
}

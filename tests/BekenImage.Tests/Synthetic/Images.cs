using System.Collections.Concurrent;
using BekenImage.Crypto;

namespace BekenImage.Tests.Synthetic;

/// <summary>Images that several tests read, parsed once.</summary>
internal static class Images
{
    private static readonly ConcurrentDictionary<string, Lazy<FlashImage>> Parsed = new();

    private static readonly Lazy<byte[]> LazyTuyaN = new(() => SyntheticImage.TuyaNDevice().Dump());
    private static readonly Lazy<byte[]> LazyTuyaT = new(() => SyntheticImage.TuyaTDevice().Dump());
    private static readonly Lazy<byte[]> LazyDreo = new(() => SyntheticImage.DreoDevice().Dump());
    private static readonly Lazy<byte[]> LazyObkN = new(() => SyntheticImage.ObkNFirmware().Qio());
    private static readonly Lazy<byte[]> LazyObkM = new(() => SyntheticImage.ObkNFirmware(SyntheticKey.Zero).Qio());
    private static readonly Lazy<byte[]> LazyObkT = new(() => SyntheticImage.ObkTFirmware().Qio());

    /// <summary>A corpus file, parsed once for all tests; skips the test where there is no corpus.</summary>
    public static FlashImage FromCorpus(string file)
    {
        TestSupport.Corpus.Require();
        return Parsed.GetOrAdd(file, name => new Lazy<FlashImage>(() => FlashImage.Parse(TestSupport.Corpus.Read(name)))).Value;
    }

    public static byte[] TuyaN => LazyTuyaN.Value.ToArray();

    public static byte[] TuyaT => LazyTuyaT.Value.ToArray();

    public static byte[] Dreo => LazyDreo.Value.ToArray();

    public static byte[] ObkN => LazyObkN.Value.ToArray();

    public static byte[] ObkM => LazyObkM.Value.ToArray();

    public static byte[] ObkT => LazyObkT.Value.ToArray();

    public static BekenKey ToKey(this SyntheticKey key) => new(key.K0, key.K1, key.K2, key.K3);

    public static SyntheticKey ToSynthetic(string name) => name switch
    {
        "zero" or "none" => SyntheticKey.Zero,
        "tuya" => SyntheticKey.Tuya,
        "uascent" => SyntheticKey.Uascent,
        _ => throw new ArgumentException(name),
    };
}

using System.Text;
using BekenImage.Crypto;
using BekenImage.Fuzz.Engine;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>The byte layer: pages, ciphers, keys. What it computes is compared with the formats' plain second implementation.</summary>
internal static class CryptoTargets
{
    private static readonly AesFlashCipher[] Ciphers =
        [new(AesFlashKey.SdkExample, AesFlashVariant.WordSwapped), new(AesFlashKey.BekenUtils, AesFlashVariant.Standard)];

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("crypto/pages", () => [PlainFormats.Pages(SyntheticPrograms.Noise(320, 1)), [.. Erased(34), .. PlainFormats.Pages(Erased(64))]],
            Pages, typeof(FlashPages)) { Sealing = bytes => Seals.Pages(bytes) },
        new FuzzTarget("crypto/cipher", () => [SyntheticPrograms.Noise(120, 2), new byte[60]], Cipher, typeof(FlashCipher)),
        new FuzzTarget("crypto/aes", () => [SyntheticPrograms.Noise(140, 3), PlainFormats.Pages(SyntheticPrograms.Noise(128, 3))], Aes, typeof(AesFlashCipher)),
        new FuzzTarget("crypto/key-text", () => [.. FuzzTarget.Texts(SyntheticKey.Tuya.Words, AesFlashKey.SdkExample.ToHex(), AesFlashKey.SdkExample.ToScrambled(), "tuya")],
            KeyText, typeof(BekenKey), typeof(AesFlashKey)) { Words = FuzzTarget.Texts("0x", " ", ",", "zero", "tuya", "uascent", "510fb093") },
        new FuzzTarget("crypto/recovery", () => [Enciphered(0x1000), Enciphered(0x3000)], Recover, typeof(KeyRecovery))
            { MaximumLength = 0x4000, ShortRuns = 60, Cost = (4 << 20, 64) },
        new FuzzTarget("crypto/bootloader-keys", () => [Bootloader(), new SyntheticImage().StoredBootloader()], BootKeys, typeof(BootloaderKeys))
            { MaximumLength = 0x4000, ShortRuns = 500 },
    ];

    private static void Pages(ReadOnlyMemory<byte> input)
    {
        var pages = input.Span[..(input.Length / FlashPages.PageSize * FlashPages.PageSize)];
        var data = new byte[pages.Length / FlashPages.PageSize * FlashPages.DataSize];
        var scan = FlashPages.Check(pages);
        Promise.Holds(scan == FlashPages.Decode(pages, data), "Check and Decode differ");
        Promise.Holds(scan.Total == pages.Length / FlashPages.PageSize && scan.Valid + scan.Erased + scan.Bad == scan.Total, "pages are not all counted");
        byte[] plain = PlainFormats.Strip(pages, out int wrong);
        Promise.Holds(wrong == scan.Bad + scan.Erased, "the plain reader counts other pages");
        if (scan.Bad == 0)
            Promise.Same(plain, data, "the plain reader reads other data");
        var again = new byte[pages.Length];
        FlashPages.Encode(data, again);
        var back = new byte[data.Length];
        Promise.Holds(FlashPages.Decode(again, back).Bad == 0, "Encode makes bad pages");
        Promise.Same(data, back, "Decode of Encode");
        FlashPages.Encode(data, again, BekenKey.Tuya, 0x10000);
        FlashPages.Decode(again, back, BekenKey.Tuya, 0x10000);
        Promise.Same(data, back, "Decode of Encode under a key");
    }

    private static void Cipher(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var key = new SyntheticKey("any", data.Word(), data.Word(), data.Word(), data.Word());
        uint address = data.Word() & 0xFFFFFFE0;
        byte[] plain = data.Rest();
        var stored = new byte[plain.Length];
        FlashCipher.Apply(key.ToKey(), address, plain, stored);
        if (address <= uint.MaxValue - (uint)plain.Length)
            Promise.Same(PlainFormats.Cipher(key, address, plain), stored, "the plain cipher gives other bytes");
        FlashCipher.Apply(key.ToKey(), address, stored, stored);
        Promise.Same(plain, stored, "twice is not once");
        Promise.Holds(key.ToKey().IsEquivalentTo(key.ToKey().ToCanonical()), "the canonical key is another key");
    }

    private static void Aes(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        byte kind = data.Byte();
        byte[] key = new byte[AesFlashKey.Size];
        for (int i = 0; i < key.Length; i++)
            key[i] = data.Byte();
        var cipher = kind < 0x40 ? new AesFlashCipher(new AesFlashKey(key), (AesFlashVariant)(kind & 1)) : Ciphers[kind & 1];
        ulong address = (ulong)data.Word() << 5;
        byte[] plain = data.Rest();
        Array.Resize(ref plain, plain.Length / 32 * 32);
        byte[] stored = new byte[plain.Length], back = new byte[plain.Length], pages = new byte[plain.Length / 32 * 34];
        cipher.Encrypt(address, plain, stored);
        cipher.Decrypt(address, stored, back);
        Promise.Same(plain, back, "Decrypt of Encrypt");
        cipher.EncodePages(address, plain, pages);
        Promise.Holds(cipher.DecodePages(address, pages, back).Bad == 0, "EncodePages makes bad pages");
        Promise.Same(plain, back, "DecodePages of EncodePages");
        AesFlashKey.TryReadOtp(input.Span, out _);
    }

    private static void KeyText(ReadOnlyMemory<byte> input)
    {
        string text = Encoding.UTF8.GetString(input.Span);
        if (BekenKey.TryParse(text, out var key))
            Promise.Holds(BekenKey.TryParse(string.Join(' ', key.ToWords()), out var again) && again == key, "a key's words are not that key");
        if (AesFlashKey.TryParse(text, out var aes))
        {
            Promise.Holds(AesFlashKey.TryParse(aes.ToHex(), out var again) && again == aes, "a key's hex is not that key");
            Promise.Holds(AesFlashKey.TryParse(aes.ToScrambled(), out again) && again == aes, "a key's scrambled text is not that key");
        }
    }

    private static void Recover(ReadOnlyMemory<byte> input)
    {
        var data = input.Span[..(input.Length / 32 * 32)];
        var result = KeyRecovery.Recover(data, 0x10000);
        Walk.Everything(result);
        Walk.Everything(result.WithStoredKey(input.Span));
    }

    private static void BootKeys(ReadOnlyMemory<byte> input)
    {
        Walk.Everything(BootloaderKeys.Read(input.Span));
        Walk.Everything(BootloaderKeys.Read(input.Span, BekenKey.Tuya));
    }

    private static byte[] Erased(int length) => [.. Enumerable.Repeat((byte)0xFF, length)];

    private static byte[] Enciphered(int length) => PlainFormats.Cipher(SyntheticKey.Custom, 0x10000, SyntheticPrograms.App(length, SyntheticImage.TuyaN));

    private static byte[] Bootloader() => new SyntheticImage { Key = SyntheticKey.Zero }.PlainBootloader();
}

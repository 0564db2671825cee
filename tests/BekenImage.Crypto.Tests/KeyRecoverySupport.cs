using System.Text.Json;
using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

/// <summary>A plain program and where it lies.</summary>
internal sealed record KeyRecoveryProgram(string Name, bool IsBootloader, byte[] Plain, BekenKey DeviceKey)
{
    public uint Address => IsBootloader ? 0u : 0x10000u;

    public KeyRecoveryStretch Encrypt(BekenKey key) => new(KeyRecoverySupport.Encrypt(key, Address, Plain), Address);
}

internal static class KeyRecoverySupport
{
    private static readonly Lazy<IReadOnlyList<KeyRecoveryProgram>> Programs = new(Decode);

    /// <summary>Every different bootloader and app of the corpus, deciphered by the key the manifest tells; skips without the corpus.</summary>
    public static IReadOnlyList<KeyRecoveryProgram> CorpusPrograms()
    {
        Corpus.Require();
        return Programs.Value;
    }

    /// <summary>The stripped pages of a bootloader or app as the corpus file holds them, not deciphered; null where there is none.</summary>
    public static KeyRecoveryStretch? Stored(string file, string part)
    {
        byte[] bytes = Rotated(file);
        if (!TryPart(Corpus.Manifest(file), part, out int offset, out int pages, out _))
            return null;
        var data = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(bytes.AsSpan(offset, pages * FlashPages.PageSize), data);
        return new KeyRecoveryStretch(data, part == "app" ? 0x10000u : 0u);
    }

    public static BekenKey? DeviceKey(string file) =>
        TryPart(Corpus.Manifest(file), "app", out _, out _, out var key) ? key : null;

    /// <summary>Any key: every selector, each stage off in a quarter of the keys, upper address bits and constants of any value.</summary>
    public static BekenKey RandomKey(Random random)
    {
        uint control;
        do
        {
            control = Word(random) & ~15u;
        }
        while (control >> 24 is 0x00 or 0xFF);
        for (int stage = 0; stage < 4; stage++)
            control |= random.Next(4) == 0 ? 1u << stage : 0;
        return new BekenKey(Word(random), Word(random), Word(random), control);
    }

    /// <summary>Enciphers; pages of 0xFF stay what they are, as erased pages do in a decoded image.</summary>
    public static byte[] Encrypt(BekenKey key, uint address, ReadOnlySpan<byte> plain)
    {
        var cipher = new byte[plain.Length];
        FlashCipher.Apply(key, address, plain, cipher);
        for (int i = 0; i < plain.Length; i += FlashPages.DataSize)
        {
            int length = Math.Min(FlashPages.DataSize, plain.Length - i);
            if (plain.Slice(i, length).IndexOfAnyExcept((byte)0xFF) < 0)
                cipher.AsSpan(i, length).Fill(0xFF);
        }
        return cipher;
    }

    /// <summary>right, flagged (ambiguous, the key is among the candidates), unknown or WRONG.</summary>
    public static string Judge(KeyRecoveryResult result, BekenKey key) => result.Status switch
    {
        KeyRecoveryStatus.Unknown => "unknown",
        KeyRecoveryStatus.Ambiguous => result.Candidates.Any(candidate => candidate.IsEquivalentTo(key)) ? "flagged" : "WRONG",
        KeyRecoveryStatus.NotEncrypted => key.IsIdentity ? "right" : "WRONG",
        _ => !key.IsIdentity && result.Key!.Value.IsEquivalentTo(key) ? "right" : "WRONG",
    };

    public static uint Word(Random random) => (uint)random.NextInt64(1L << 32);

    private static IReadOnlyList<KeyRecoveryProgram> Decode()
    {
        var programs = new List<KeyRecoveryProgram>();
        var seen = new HashSet<string>();
        foreach (string file in Corpus.Files.Select(row => row.Data))
        {
            foreach (string part in new[] { "bootloader", "app" })
            {
                var manifest = Corpus.Manifest(file);
                if (!TryPart(manifest, part, out _, out _, out var key))
                    continue;
                if (!seen.Add(part + manifest.GetProperty(part).GetProperty("plainSha256").GetString()))
                    continue;
                var stored = Stored(file, part)!;
                var plain = stored.Ciphertext.ToArray();
                FlashCipher.Apply(key, stored.LogicalAddress, plain, plain);
                programs.Add(new KeyRecoveryProgram(file, part == "bootloader", plain, key));
            }
        }
        return programs;
    }

    private static byte[] Rotated(string file)
    {
        byte[] bytes = Corpus.Read(file);
        int rotation = Corpus.Manifest(file).TryGetProperty("rotation", out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt32() : 0;
        return [.. bytes[^rotation..], .. bytes[..^rotation]];
    }

    private static bool TryPart(JsonElement manifest, string part, out int offset, out int pages, out BekenKey key)
    {
        (offset, pages, key) = (0, 0, default);
        if (!manifest.TryGetProperty(part, out var element) || element.ValueKind != JsonValueKind.Object)
            return false;
        offset = element.GetProperty("offset").GetInt32();
        pages = element.GetProperty("validPages").GetInt32();
        key = element.GetProperty("key").GetString() == "tuya" ? BekenKey.Tuya : BekenKey.Zero;
        return true;
    }
}

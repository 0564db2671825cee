using System.Globalization;

namespace BekenImage.Crypto;

/// <summary>
/// The key of the flash cipher: four 32-bit coefficients, in the order in which the vendor's tools take them on the command line.
/// </summary>
/// <remarks>
/// Equality compares the four words; <see cref="IsEquivalentTo"/> compares what two keys do. The default value is <see cref="Zero"/>.
/// Source: FlashCipher.md, sections 1 and 2.
/// </remarks>
public readonly struct BekenKey : IEquatable<BekenKey>
{
    /// <summary>Address bits that can differ inside a chip: 2 MiB of flash are just under 2^21 logical bytes.</summary>
    private const int ChipAddressBits = 21;

    /// <summary>Makes a key from its four words.</summary>
    /// <param name="coefficient0">Key of the 32-bit stage.</param>
    /// <param name="coefficient1">Key of the "15" stage (upper half) and of the "16" stage (bits 15..0).</param>
    /// <param name="coefficient2">The constant.</param>
    /// <param name="coefficient3">Control word: bypass, selectors, and which stages are off.</param>
    public BekenKey(uint coefficient0, uint coefficient1, uint coefficient2, uint coefficient3)
    {
        Coefficient0 = coefficient0;
        Coefficient1 = coefficient1;
        Coefficient2 = coefficient2;
        Coefficient3 = coefficient3;
    }

    /// <summary>No encryption: <c>00000000 00000000 00000000 00000000</c> (BK7231M, BK7231Q, BK7231U, BK7238, BK7252, BK7252N, some BL2028N).</summary>
    public static BekenKey Zero => default;

    /// <summary>The default of Tuya devices and of OpenBeken for BK7231N and BK7231T: <c>510fb093 a3cbeadc 5993a17e c7adeb03</c>.</summary>
    public static BekenKey Tuya => new(0x510fb093, 0xa3cbeadc, 0x5993a17e, 0xc7adeb03);

    /// <summary>"Uascent" devices (BK7231N): <c>4862379a 8612784b 85c5e258 75754528</c>.</summary>
    public static BekenKey Uascent => new(0x4862379a, 0x8612784b, 0x85c5e258, 0x75754528);

    /// <summary>Key of the 32-bit stage.</summary>
    public uint Coefficient0 { get; }

    /// <summary>Key of the "15" stage (upper half) and of the "16" stage (bits 15..0).</summary>
    public uint Coefficient1 { get; }

    /// <summary>The constant that is XORed to every word.</summary>
    public uint Coefficient2 { get; }

    /// <summary>Control word: bits 31..24 bypass when 0x00 or 0xFF, then selectors, and in bits 3..0 which stages are off.</summary>
    public uint Coefficient3 { get; }

    /// <summary>True when the cipher changes nothing under this key, at any address of a chip.</summary>
    public bool IsIdentity => IsEquivalentTo(Zero);

    /// <summary>What the key is called where people read: its name, else its words.</summary>
    public string DisplayName => Name ?? ToString();

    /// <summary>The name of a known key that does the same: <c>zero</c>, <c>tuya</c> or <c>uascent</c>; null for any other key.</summary>
    public string? Name
    {
        get
        {
            foreach (var (name, key) in Named)
            {
                if (IsEquivalentTo(key))
                    return name;
            }
            return null;
        }
    }

    /// <summary>The keys with names, in the order in which they are tried.</summary>
    internal static (string Name, BekenKey Key)[] Named { get; } = [("zero", Zero), ("tuya", Tuya), ("uascent", Uascent)];

    /// <summary>Compares what two keys do: true when both give the same keystream at every logical address of a 2 MiB chip.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <remarks>The keystream is affine over GF(2) in the address, so address 0 and every single address bit decide it.</remarks>
    public bool IsEquivalentTo(BekenKey other)
    {
        if (FlashCipher.Keystream(this, 0) != FlashCipher.Keystream(other, 0))
            return false;
        for (int bit = 2; bit < ChipAddressBits; bit++)
        {
            uint address = 1u << bit;
            if (FlashCipher.Keystream(this, address) != FlashCipher.Keystream(other, address))
                return false;
        }
        return true;
    }

    /// <summary>
    /// The one key that stands for all keys that do the same: two keys are equivalent exactly when their canonical forms are equal.
    /// </summary>
    /// <returns>
    /// <see cref="Zero"/> where nothing is changed; otherwise coefficients 0 and 1 are 0, coefficient 2 is the keystream at address 0 and
    /// coefficient 3 is <c>47</c> with the selectors and the off bits that have an effect. The canonical form of <see cref="Tuya"/> is
    /// <c>00000000 00000000 7cb50721 47000803</c>.
    /// </returns>
    /// <remarks>The 125 settings of the stages differ from each other on 2 MiB of addresses, so none needs another's form.</remarks>
    public BekenKey ToCanonical() => FlashCipher.IsBypassed(Coefficient3)
        ? Zero
        : KeyRecoverySettings.ToKey(KeyRecoverySettings.FromControl(Coefficient3), FlashCipher.Keystream(this, 0));

    /// <summary>Reads a key from text.</summary>
    /// <param name="text">
    /// A name (<c>zero</c>, <c>tuya</c>, <c>uascent</c>), four hex words separated by blanks or commas (<c>0x</c> allowed), 32 hex digits,
    /// or base64 of the 16 bytes in the order the words are written (<c>UQ+wk6PL6txZk6F+x63rAw==</c> is tuya).
    /// </param>
    /// <param name="key">The key, or <see cref="Zero"/> when the text is none.</param>
    /// <returns>False when the text is no key; nothing is thrown.</returns>
    public static bool TryParse(string? text, out BekenKey key) => TryParse(text.AsSpan(), out key);

    /// <inheritdoc cref="TryParse(string?, out BekenKey)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out BekenKey key)
    {
        key = default;
        text = text.Trim();
        foreach (var (name, named) in Named)
        {
            if (text.Equals(name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                key = named;
                return true;
            }
        }
        string[] words = text.ToString().Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            4 => TryParseWords(words, out key),
            1 => TryParseDigits(words[0], out key) || TryParseBase64(words[0], out key),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public bool Equals(BekenKey other) =>
        Coefficient0 == other.Coefficient0 && Coefficient1 == other.Coefficient1 &&
        Coefficient2 == other.Coefficient2 && Coefficient3 == other.Coefficient3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BekenKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((int)(((Coefficient0 * 31 + Coefficient1) * 31 + Coefficient2) * 31 + Coefficient3));

    /// <summary>The four words as eight lower-case hex digits each, separated by blanks.</summary>
    public override string ToString() => string.Join(" ", ToWords());

    /// <summary>The four words as eight lower-case hex digits each.</summary>
    public string[] ToWords() => [Word(Coefficient0), Word(Coefficient1), Word(Coefficient2), Word(Coefficient3)];

    /// <summary>True when all four words are the same.</summary>
    public static bool operator ==(BekenKey left, BekenKey right) => left.Equals(right);

    /// <summary>True when any of the four words differs.</summary>
    public static bool operator !=(BekenKey left, BekenKey right) => !left.Equals(right);

    private static string Word(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);

    private static bool TryParseWords(string[] words, out BekenKey key)
    {
        key = default;
        if (!TryParseWord(words[0], out uint word0) || !TryParseWord(words[1], out uint word1) ||
            !TryParseWord(words[2], out uint word2) || !TryParseWord(words[3], out uint word3))
            return false;
        key = new BekenKey(word0, word1, word2, word3);
        return true;
    }

    private static bool TryParseWord(string text, out uint word)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text.Substring(2);
        return uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out word);
    }

    private static bool TryParseDigits(string text, out BekenKey key)
    {
        key = default;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text.Substring(2);
        return text.Length == 32 &&
               TryParseWords([text.Substring(0, 8), text.Substring(8, 8), text.Substring(16, 8), text.Substring(24, 8)], out key);
    }

    private static bool TryParseBase64(string text, out BekenKey key)
    {
        key = default;
        if (text.Length != 24 || !text.EndsWith("==", StringComparison.Ordinal))
            return false;
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return false;
        }
        if (bytes.Length != 16)
            return false;
        key = new BekenKey(BigEndian(bytes, 0), BigEndian(bytes, 4), BigEndian(bytes, 8), BigEndian(bytes, 12));
        return true;
    }

    private static uint BigEndian(byte[] bytes, int offset) =>
        (uint)(bytes[offset] << 24 | bytes[offset + 1] << 16 | bytes[offset + 2] << 8 | bytes[offset + 3]);
}

using System.Text;

namespace BekenImage.Crypto;

/// <summary>The texts that an AES flash key is written as. Source: AesFlashCipher.md, section 3.</summary>
internal static class AesFlashKeyText
{
    private const int Digits = 2 * AesFlashKey.Size;
    private const int Letters = 2 * Digits;

    /// <summary>The scrambled form with four letters in front that do not count.</summary>
    private const int LettersWithPrefix = Letters + 4;

    private const int Base64Length = 44;
    private const int Alphabet = 26;
    private const int ScrambleStart = 914;

    /// <summary>The 32 bytes, or null when the text is no key.</summary>
    public static byte[]? Read(string text)
    {
        if (text.Length is Letters or LettersWithPrefix && Unscramble(text.Substring(text.Length - Letters)) is { } digits)
            return FromDigits(digits);
        return FromGroups(text) ?? FromBase64(text);
    }

    public static string ToHex(byte[] bytes)
    {
        var digits = new StringBuilder(2 * bytes.Length);
        foreach (byte value in bytes)
            digits.Append("0123456789abcdef"[value >> 4]).Append("0123456789abcdef"[value & 15]);
        return digits.ToString();
    }

    /// <summary>Each character XORed with the upper byte of a sum of all before it, as two letters to base 26.</summary>
    public static string Scramble(string digits)
    {
        var letters = new StringBuilder(2 * digits.Length);
        int sum = ScrambleStart;
        foreach (char digit in digits)
        {
            int cipher = digit ^ sum >> 8;
            letters.Append((char)('a' + cipher / Alphabet)).Append((char)('a' + cipher % Alphabet));
            sum += cipher;
        }
        return letters.ToString();
    }

    private static string? Unscramble(string letters)
    {
        var digits = new StringBuilder(letters.Length / 2);
        int sum = ScrambleStart;
        for (int i = 0; i < letters.Length; i += 2)
        {
            if (letters[i] is < 'a' or > 'z' || letters[i + 1] is < 'a' or > 'z')
                return null;
            int cipher = (letters[i] - 'a') * Alphabet + letters[i + 1] - 'a';
            digits.Append((char)(cipher ^ sum >> 8));
            sum += cipher;
        }
        return digits.ToString();
    }

    private static byte[]? FromGroups(string text)
    {
        var digits = new StringBuilder(Digits);
        foreach (string group in text.Split([' ', '\t', '\r', '\n', ',', ':', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool prefixed = group.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            // Half a byte would shift all that follows.
            if (group.Length % 2 != 0 || digits.Length + group.Length > Digits + 2)
                return null;
            digits.Append(prefixed ? group.Substring(2) : group);
        }
        return FromDigits(digits.ToString());
    }

    private static byte[]? FromDigits(string digits)
    {
        if (digits.Length != Digits)
            return null;
        var bytes = new byte[AesFlashKey.Size];
        for (int i = 0; i < digits.Length; i++)
        {
            int value = DigitValue(digits[i]);
            if (value < 0)
                return null;
            bytes[i / 2] = (byte)(bytes[i / 2] << 4 & 0xF0 | value);
        }
        return bytes;
    }

    private static int DigitValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static byte[]? FromBase64(string text)
    {
        if (text.Length != Base64Length || text[Base64Length - 1] != '=')
            return null;
        try
        {
            return Convert.FromBase64String(text) is { Length: AesFlashKey.Size } bytes ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

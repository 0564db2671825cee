using System.Text;
using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;

namespace BekenImage.Cli.Files;

/// <summary>
/// Files that hold the keys of a newer chip: the SDK's JSON and CSV files, a key alone as text, a dump of OTP1. Errors never quote them.
/// </summary>
internal static class KeyFile
{
    /// <summary>OTP1 and OTP2 together have a few kilobytes: what is longer is no dump of them, and any bytes would pass for a key.</summary>
    private const int LongestOtp = 64 * 1024;

    /// <param name="file">The file.</param>
    /// <param name="isOtp">True for a dump of OTP1.</param>
    public static SecureBootKeys Read(string file, out bool isOtp)
    {
        using var bytes = InputFile.Read(file);
        string? text = TextOf(bytes.Span);
        isOtp = text is null;
        var keys = text is not null ? FromText(text) : FromOtp(bytes.Span);
        return keys ?? throw new CliException(
            ExitCodes.BadInput, FindingCode.KeyFileUnknown,
            "no key is found in it; read are OTP dumps, flash_aes_key.json, key_content.json, otp_efuse_config.json, security.csv, and a key alone as text", file);
    }

    private static SecureBootKeys? FromOtp(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= LongestOtp && SecureBootKeys.TryReadOtp(bytes, out var keys) ? keys : null;

    private static SecureBootKeys? FromText(string text)
    {
        if (text.Length > SecureBootKeys.MaximumText)
            return null;
        if (SecureBootKeys.TryReadText(text, out var keys))
            return keys;
        return AesFlashKey.TryParse(ValueInTable(text) ?? text, out var key) ? new SecureBootKeys(key.ToArray(), null, null) : null;
    }

    // As PowerShell 5.1 and Notepad save it, too: a text in UTF-16 that passed for a dump would give a wrong key. Null where it is no text.
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [not 0, 0, not 0, 0, ..] => (Encoding.Unicode, 0),
            [0, not 0, 0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
            _ => (Encoding.UTF8, 0),
        };
        bool isUtf8 = encoding == Encoding.UTF8;
        if (isUtf8 && bytes.Contains((byte)0xFF))
            return null;
        string text = encoding.GetString(bytes[mark..]);
        return text.Any(c => c is < ' ' and not ('\t' or '\r' or '\n') or '\x7F' || !isUtf8 && c is '\uFFFD' or '\uFFFF') ? null : text;
    }

    // security.csv: flash_aes_key,VALUE; auto_partitions.csv: FLASH_AES_KEY=VALUE.
    private static string? ValueInTable(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string[] cells = line.Split([',', '='], StringSplitOptions.TrimEntries);
            if (cells.Length > 1 && cells[0].Equals("flash_aes_key", StringComparison.OrdinalIgnoreCase))
                return cells[1];
        }
        return null;
    }
}

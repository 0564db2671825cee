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
        isOtp = !IsText(bytes.Span);
        var keys = !isOtp ? FromText(bytes.Span) : FromOtp(bytes.Span);
        return keys ?? throw new CliException(
            ExitCodes.BadInput, FindingCode.KeyFileUnknown,
            "no key is found in it; read are OTP dumps, flash_aes_key.json, key_content.json, otp_efuse_config.json, security.csv, and a key alone as text", file);
    }

    private static SecureBootKeys? FromOtp(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= LongestOtp && SecureBootKeys.TryReadOtp(bytes, out var keys) ? keys : null;

    private static SecureBootKeys? FromText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SecureBootKeys.MaximumText)
            return null;
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        if (SecureBootKeys.TryReadText(text, out var keys))
            return keys;
        return AesFlashKey.TryParse(ValueInTable(text) ?? text, out var key) ? new SecureBootKeys(key.ToArray(), null, null) : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or 0x7F or 0xFF)
                return false;
        }
        return true;
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

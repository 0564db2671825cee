using BekenImage.Cli.Files;
using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;

namespace BekenImage.Cli.Commands;

/// <summary>
/// A key as it was given: coefficients of the older chips, an AES key of the newer ones, or a file with that and the hashes of the public
/// keys. The file is read when the verb begins its work, once, so that what is wrong with it is that file's error.
/// </summary>
internal sealed class GivenKey
{
    /// <summary>What is accepted, for errors.</summary>
    public const string Forms =
        "zero, tuya, uascent, four hex words (quoted or joined by commas), 32 hex digits or base64 of 16 bytes; for the newer chips 64 hex " +
        "digits, 128 letters, base64 of 32 bytes, sdk-example, beken-utils, or a file with the key: an OTP dump, flash_aes_key.json, " +
        "key_content.json or security.csv";

    private readonly AesFlashKey? _aes;
    private readonly Lazy<SecureBootKeys?> _read;
    private bool _isOtp;

    private GivenKey(BekenKey? coefficients, AesFlashKey? aes, string? file)
    {
        Coefficients = coefficients;
        _aes = aes;
        File = file;
        _read = new(() => File is null ? null : KeyFile.Read(File, out _isOtp));
    }

    /// <summary>The coefficients; null where it is an AES key or a file, which holds one.</summary>
    public BekenKey? Coefficients { get; }

    /// <summary>True for an AES key, typed or in a file.</summary>
    public bool IsAes => Coefficients is null;

    /// <summary>The file, or null.</summary>
    public string? File { get; }

    /// <summary>The files that are read for it: no output may be one of them.</summary>
    public string[] Files => File is null ? [] : [File];

    /// <summary>The AES key; null where there is none in the file, whose hashes may still serve.</summary>
    public AesFlashKey? Aes => _aes ?? (_read.Value?.FlashKey is { Length: AesFlashKey.Size } bytes ? new AesFlashKey(bytes.Span) : null);

    /// <summary>What the file says; null where the key was typed.</summary>
    public SecureBootKeys? SecureBoot => _read.Value;

    /// <summary>True for a key out of an OTP dump, in which the order of its bytes was never seen proven.</summary>
    public bool IsOfOtp => SecureBoot is not null && _isOtp;

    /// <summary>The AES key that a cipher needs.</summary>
    public AesFlashKey NeedAes() => Aes ?? throw new CliException(
        ExitCodes.BadInput, FindingCode.KeyFileWithoutKey, "there is no flash key in it, only hashes of public keys: in an OTP dump its place is blank, as a locked one reads too", File);

    /// <summary>A key, or the name of a file that exists; null where the text is neither. What is a key is no file.</summary>
    public static GivenKey? TryParse(string text)
    {
        if (BekenKey.TryParse(text, out var coefficients))
            return new GivenKey(coefficients, null, null);
        if (AesFlashKey.TryParse(text, out var aes))
            return new GivenKey(null, aes, null);
        return text != InputFile.StandardStream && System.IO.File.Exists(text) ? new GivenKey(null, null, text) : null;
    }
}

using System.CommandLine;
using BekenImage.Cli.Output;
using BekenImage.Crypto;

namespace BekenImage.Cli.Commands;

/// <summary>Which flash cipher is meant.</summary>
internal enum CipherChoice
{
    Auto,
    Coefficients,
    Aes,
    AesStandard,
}

/// <summary>What is known about an image, and the files it was read from.</summary>
internal sealed record ReadingOptions(FlashImageOptions Options, string[] Files);

/// <summary><c>--key</c> of a verb that reads an image, and <c>--cipher</c> where a bare file cannot tell.</summary>
internal sealed class KeyOptions
{
    private readonly Option<GivenKey?> _key;
    private readonly Option<CipherChoice>? _cipher;

    /// <param name="command">The verb, which gets the options and their rules.</param>
    /// <param name="description">What the key is for; null for the usual.</param>
    /// <param name="hasCipher">Whether the verb has <c>--cipher</c>.</param>
    public KeyOptions(Command command, string? description = null, bool hasCipher = false)
    {
        _key = description is null ? CommonOptions.Key() : CommonOptions.Key(description);
        command.Options.Add(_key);
        if (!hasCipher)
            return;
        _cipher = Cipher();
        command.Options.Add(_cipher);
        AddRules(command, _key, _cipher);
    }

    private static readonly string[] Ciphers = ["auto", "coefficients", "aes", "aes-standard"];

    public static Option<CipherChoice> Cipher(
        string description = "The flash cipher: auto goes by the key and tries both AES ones; aes is that of BK7236 and BK7258, aes-standard that of BK7236N and BK7239N") => CommonOptions.WithWords(new Option<CipherChoice>("--cipher")
    {
        HelpName = "auto|coefficients|aes|aes-standard",
        Description = description,
        CustomParser = result => CommonOptions.Given(result).ToLowerInvariant() switch
        {
            "auto" => CipherChoice.Auto,
            "coefficients" => CipherChoice.Coefficients,
            "aes" => CipherChoice.Aes,
            "aes-standard" => CipherChoice.AesStandard,
            _ => CommonOptions.Unknown<CipherChoice>(result, $"--cipher is auto, coefficients, aes or aes-standard, not {CommonOptions.Quoted(result)}", Ciphers),
        },
    }, Ciphers);

    /// <summary>Refuses a cipher that the key is not for.</summary>
    public static void AddRules(Command command, Option<GivenKey?> key, Option<CipherChoice> cipher) => command.Validators.Add(result =>
    {
        var choice = result.GetValue(cipher);
        if (result.GetValue(key) is not { } given)
        {
            if (choice == CipherChoice.Coefficients)
                CommonOptions.RefuseIdle(result, "without --key, coefficients are looked for anyway", cipher);
            return;
        }
        if (choice == CipherChoice.Coefficients && given.IsAes)
            result.AddError("--cipher coefficients does not go with an AES key: coefficients are a name (zero, tuya, uascent), four hex words, 32 hex digits or base64 of 16 bytes");
        if (choice is CipherChoice.Aes or CipherChoice.AesStandard && !given.IsAes)
            result.AddError("--cipher aes and aes-standard do not go with coefficients: an AES key is 64 hex digits, 128 letters, base64 of 32 bytes, or a file with one");
    });

    /// <summary>The variant that is meant; null for both.</summary>
    public static AesFlashVariant? VariantOf(CipherChoice choice) => choice switch
    {
        CipherChoice.Aes => AesFlashVariant.WordSwapped,
        CipherChoice.AesStandard => AesFlashVariant.Standard,
        _ => null,
    };

    /// <summary>What was given, for an image to be read.</summary>
    /// <param name="terminal">Is told when a file has no flash key.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="chip">The chip that was named.</param>
    public ReadingOptions Read(Terminal terminal, ParseResult parsed, BekenChip chip = BekenChip.Unknown) =>
        Read(terminal, parsed.GetValue(_key), chip, _cipher is null ? CipherChoice.Auto : parsed.GetValue(_cipher));

    /// <inheritdoc cref="Read(Terminal, ParseResult, BekenChip)"/>
    /// <param name="terminal">Is told when a file has no flash key.</param>
    /// <param name="key">The key; null where none was given.</param>
    /// <param name="chip">The chip that was named.</param>
    /// <param name="cipher">The cipher that is meant.</param>
    public static ReadingOptions Read(Terminal terminal, GivenKey? key, BekenChip chip = BekenChip.Unknown, CipherChoice cipher = CipherChoice.Auto)
    {
        var options = new FlashImageOptions { Chip = chip, Key = key?.Coefficients, AesVariant = VariantOf(cipher) };
        if (key is { IsAes: true })
        {
            options.AesKey = key.Aes;
            options.SecureBoot = key.SecureBoot;
            if (options.AesKey is null)
                terminal.Note($"{VisibleText.Of(key.File!)}: there is no flash key in it (blank, or locked against reading); its key hashes are used");
        }
        return new ReadingOptions(options, key?.Files ?? []);
    }
}

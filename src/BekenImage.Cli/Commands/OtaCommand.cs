using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Commands;

/// <summary><c>ota pack|unpack|info</c>: update packages.</summary>
internal static class OtaCommand
{
    public static Command Make(Terminal terminal) => new("ota", "Update packages: RBL, and those of BK7236, BK7258 and BK7239N") { Pack(terminal), Unpack(terminal), Info(terminal) };

    /// <summary>What a time is given in.</summary>
    public const string Seconds = "seconds since 1970";

    /// <summary>Seconds since 1970: <c>--timestamp</c>, else SOURCE_DATE_EPOCH, else 0; never the clock.</summary>
    public static uint Timestamp(long? given)
    {
        if (given is { } seconds)
        {
            return (uint)seconds;
        }
        string? epoch = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        if (string.IsNullOrEmpty(epoch))
            return 0;
        return uint.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value
            : throw new CliException(ExitCodes.Usage, FindingCode.WrongKind,
                $"SOURCE_DATE_EPOCH is seconds since 1970 in 32 bits, not '{epoch}'; unset it, or give --timestamp");
    }

    /// <summary>An error of the library where an option's text may be the fault: one too long for its header is wrong usage.</summary>
    public static CliException UsageOrInput(BekenImageException error, string? file) => error.Code == FindingCode.HeaderTextTooLong
        ? new CliException(ExitCodes.Usage, error.Code, error.Message)
        : CliException.From(error, file);

    private static Command Pack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The plain application; - for standard input");
        var compress = Choice<RblCompression>("--compress", "none, gzip, quicklz or fastlz", RblCompression.Gzip,
            ("none", RblCompression.None), ("gzip", RblCompression.Gzip), ("quicklz", RblCompression.QuickLz), ("fastlz", RblCompression.FastLz));
        var encrypt = Choice<RblEncryption>("--encrypt", "none or aes256", RblEncryption.Aes256,
            ("none", RblEncryption.None), ("aes256", RblEncryption.Aes256));
        var (key, iv) = KeyOptions();
        var name = new Option<string>("--name") { Description = "Which partition it is for", DefaultValueFactory = _ => "app" };
        var version = new Option<string>("--app-version") { Description = "Version text, up to 24 characters", DefaultValueFactory = _ => "1.00" };
        var timestamp = CommonOptions.Timestamp("--timestamp", "Seconds since 1970 or ISO 8601 in UTC; else SOURCE_DATE_EPOCH, else 0");
        var form = new OtaForms();
        var command = new Command("pack", "Packs a plain application as the vendor's packager does; with --format mcuboot or overwrite a signed image")
            { input, compress, encrypt, key, iv, name, version, timestamp, form.Format, form.FlashAddress, form.Counter, form.SlotSize };
        var output = new OutputOptions(command, "The package to write", new Beside(input, file => DefaultName.WithExtension(file, ".rbl", "packed")));
        command.Validators.Add(result =>
        {
            form.Validate(result, [compress, encrypt, key, iv], [name, version, timestamp]);
            if (CommonOptions.Typed(result.GetResult(encrypt)).LastOrDefault()?.ToLowerInvariant() == "none")
                CommonOptions.RefuseIdle(result, "--encrypt none takes no key", key, iv);
        });
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var writing = output.Read(terminal, parsed, file);
            writing.Check(file);
            var options = new OtaPackOptions
            {
                Compression = parsed.GetValue(compress),
                Encryption = parsed.GetValue(encrypt),
                Key = Key(parsed.GetValue(key), parsed.GetValue(iv)) ?? OtaKey.Default,
                Name = parsed.GetValue(name)!,
                Version = parsed.GetValue(version)!,
                Timestamp = Timestamp(parsed.GetValue(timestamp)),
            };
            byte[] plain = InputFile.ReadImage(terminal, file);
            var findings = new List<Finding>();
            byte[] package = form.IsRbl(parsed) ? Pack(file, plain, options, findings) : form.Pack(parsed, file, plain, options, findings);
            writing.SaveMade(package, plain, file);
            writing.Tell(FormattableString.Invariant($"{package.Length} bytes, of {plain.Length} plain ones"));
            foreach (var finding in findings)
                terminal.Note($"{file}: {Words.Of(finding.Severity)}: {finding.CodeText}: {finding.Message}");
            writing.Print(package, findings);
            return ExitCodes.Done;
        });
        return command;
    }

    private static byte[] Pack(string file, byte[] app, OtaPackOptions options, List<Finding> findings)
    {
        try
        {
            return UpdatePackager.Pack(app, options, findings);
        }
        catch (BekenImageException error)
        {
            throw UsageOrInput(error, file);
        }
    }

    private static Command Unpack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The package (RBL, ota.bin, app_ug.bin, a packed app), a UG file, or an image with one staged; - for standard input");
        var (key, iv) = KeyOptions();
        var flashKey = CommonOptions.Key("The flash key of the device, for an ota.bin whose body is enciphered; else the published ones are tried");
        var command = new Command("unpack", "Opens a package; key and IV are tried from the image's bootloader and the vendor's default") { input, key, iv, flashKey };
        var output = new OutputOptions(
            command, "What is in it: the plain application; of ota.bin the signed image, of app_ug.bin the update file (UA)",
            new Beside(input, file => DefaultName.WithExtension(file, ".bin", "unpacked"), "x.rbl"));
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var writing = output.Read(terminal, parsed, file);
            var given = parsed.GetValue(flashKey);
            string[] inputs = [file, .. given?.Files ?? []];
            writing.Check(inputs);
            byte[] plain = Open(file, InputFile.Load(terminal, file), Key(parsed.GetValue(key), parsed.GetValue(iv)), given is { IsAes: true } ? given.NeedAes() : null);
            writing.Save(plain, inputs);
            writing.Tell(Plural.Of(plain.Length, "byte"));
            writing.Print(plain);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>An update file without an RBL header at its start; null for every other file.</summary>
    private static UpdateFile? Other(FlashImage image) =>
        image.UpdatePackage is null && UpdateFile.TryRead(image.Source, out var other) ? other : null;

    /// <summary>The plain application in the package of an image.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="image">The image.</param>
    /// <param name="key">The package's key; null for the usual ones.</param>
    /// <param name="flashKey">The key of the device's flash; null for the published ones.</param>
    public static byte[] Open(string file, FlashImage image, OtaKey? key, AesFlashKey? flashKey = null)
    {
        try
        {
            return Other(image) is { } other ? other.Unpack(flashKey) : image.UnpackUpdate(key);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }

    private static Command Info(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The package, a UG file, or an image with one staged; - for standard input");
        var json = CommonOptions.AsJson();
        var command = new Command("info", "Shows a package's header, and whether its checksums fit; exit 1 when they do not") { input, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var given = InputFile.Load(terminal, file);
            if (Other(given) is { } other)
                return OtaForms.Show(terminal, file, other, parsed.GetValue(json));
            var image = InputFile.Within(file, given.OpenPackage);
            var package = image.UpdatePackage ?? throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "there is no update package in it", file);
            var container = image.Containers.FirstOrDefault(candidate => !candidate.IsStriped && candidate.Offset == package.Offset) ??
                throw new CliException(ExitCodes.BadInput, FindingCode.RblHeaderCrc, "the header of its update package is damaged", file, package.Offset);
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(ImageDocuments.UpdatePackage(image, file));
            }
            else
            {
                terminal.Line($"{file}: update package '{container.Header.Name}', version '{container.Header.Version}', {Words.Time(container.Header.Timestamp)}");
                terminal.Line(FormattableString.Invariant(
                    $"compression {Words.Of(container.Header.Compression)}, encryption {Words.Of(container.Header.Encryption)}, {container.Header.RawSize} bytes plain, {container.Header.PackageSize} packed"));
                terminal.Line(
                    "header CRC ", Ink.Verdict(container.HeaderCrcOk), ", package CRC ", Ink.Verdict(container.PayloadCrcOk),
                    ", hash of the application ", Ink.Verdict(container.PayloadHashOk));
                InspectText.Findings(terminal, package.Findings);
            }
            bool wrong = !container.HeaderCrcOk || container.PayloadCrcOk == false || container.PayloadHashOk == false;
            return wrong ? ExitCodes.No : ExitCodes.Done;
        });
        return command;
    }

    private static (Option<string?> Key, Option<string?> Iv) KeyOptions() =>
        (Bytes("--aes-key", "AES-256 key", OtaKey.KeySize), Bytes("--aes-iv", "AES IV", OtaKey.IvSize));

    private static Option<string?> Bytes(string name, string what, int size)
    {
        string accepted = FormattableString.Invariant($"{size} characters, or {2 * size} hex digits");
        return new(name)
        {
            Description = $"{what}: {accepted}",
            CustomParser = CommonOptions.Text(name, accepted, text => IsText(text, size) || IsHex(text, size)),
        };
    }

    private static OtaKey? Key(string? key, string? iv) => key is null && iv is null
        ? null
        : new OtaKey(Bytes(key ?? OtaKey.DefaultKey, OtaKey.KeySize), Bytes(iv ?? OtaKey.DefaultIV, OtaKey.IvSize));

    // The vendor's tools take the text as raw bytes; twice as many hex digits are the bytes themselves.
    private static byte[] Bytes(string text, int size) => IsText(text, size) ? Encoding.Latin1.GetBytes(text) : Convert.FromHexString(text);

    private static bool IsText(string text, int size) => text.Length == size && text.All(character => character <= 0xFF);

    private static bool IsHex(string text, int size) => text.Length == 2 * size && text.All(char.IsAsciiHexDigit);

    internal static Option<T> Choice<T>(string name, string description, T byDefault, params (string Text, T Value)[] values)
    {
        T Parse(ArgumentResult result)
        {
            foreach (var (text, value) in values)
            {
                if (string.Equals(text, CommonOptions.Given(result), StringComparison.OrdinalIgnoreCase))
                    return value;
            }
            return CommonOptions.Unknown<T>(result, $"{name} is {description}, not {CommonOptions.Quoted(result)}", values.Select(value => value.Text))!;
        }

        string[] words = [.. values.Select(value => value.Text)];
        return CommonOptions.WithWords(new Option<T>(name)
        {
            HelpName = string.Join('|', words), Description = char.ToUpperInvariant(description[0]) + description[1..],
            DefaultValueFactory = _ => byDefault, CustomParser = Parse,
        }, words);
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Download;

namespace BekenImage.Cli.Commands;

/// <summary>The options of <c>build</c>, and which of them go together.</summary>
internal sealed class BuildOptions
{
    private static readonly string[] Magics = ["BL1DLV10", "BKDLV10", "BL2DLV10"];

    private readonly Option<BekenChip> _chip = CommonOptions.Chip("The chip it is for");
    private readonly Option<string?> _app = new("--app") { HelpName = "FILE", Description = "The plain application; - for standard input" };
    private readonly Option<string?> _app1 = new("--app1") { HelpName = "FILE", Description = "BK7258: the plain program of the second core" };
    private readonly Option<string?> _app2 = new("--app2") { HelpName = "FILE", Description = "BK7258: a third program, where the bootloader's table has a partition app2" };
    private readonly Option<string?> _bootloader = new("--bootloader")
        { HelpName = "FILE", Description = "For qio: the bootloader file, plain or already enciphered under the key; on BK7236, BK7258 and BK7239N its table says where the programs go" };
    private readonly Option<GivenKey?> _key = CommonOptions.Key(
        "The device's key: a name, four hex words, 32 hex digits or base64; for BK7236, BK7258 and BK7239N an AES key or a file with one, else nothing is enciphered");
    private readonly Option<string?> _name = new("--name") { Description = "Name in the app's header; else app" };
    private readonly Option<string?> _appVersion = new("--app-version") { Description = "Version text of the app's header; else that of the chip's build" };
    private readonly Option<string?> _bootVersion = new("--boot-version")
        { Description = "Version text of the bootloader's header, else that of the chip's build; for package the second bootloader's version, such as 1.2.3" };
    private readonly Option<long?> _timestamp = CommonOptions.Timestamp("--timestamp", "Seconds since 1970 or ISO 8601 in UTC; else SOURCE_DATE_EPOCH, else 0");
    private readonly Option<long?> _bootTimestamp = CommonOptions.Timestamp("--boot-timestamp", "The same for the bootloader's header; else as --timestamp");
    private readonly Option<string?> _headersFrom = new("--headers-from")
        { HelpName = "IMAGE", Description = "Keep texts, times and junk of this image's headers; options given beside it count for their field" };
    private readonly Option<string?> _config = new("--config")
        { HelpName = "FILE", Description = "The packager's JSON, or beken_utils' pack.json, whose files lie beside it; paths count from its folder" };
    private readonly Option<string?> _table = new("--table")
        { HelpName = "FILE", Description = "BK7236, BK7258, BK7239N: rt_partition_tool's JSON, appended to the bootloader; for package: partitions.csv, else the one beside the JSON" };
    private readonly Option<NamedFile[]> _parts = new("--part")
        { HelpName = "NAME=FILE", Description = "For package: the plain file of a partition (bl2=bl2.bin); the order is the package's", CustomParser = ParseParts };
    private readonly Option<string?> _target = new("--target") { HelpName = "NAME", Description = "For package: which file of pack.json OUT is, such as ota.bin; else the one of its name, else the first" };
    private readonly Option<DownloadKind?> _magic = CommonOptions.WithWords(new Option<DownloadKind?>("--magic")
        { HelpName = "BL1DLV10|BKDLV10|BL2DLV10", Description = "For package: which one; else BKDLV10 where the table has a manifest, BL1DLV10 where not", CustomParser = ParseMagic }, Magics);
    private readonly Option<long?> _counter = CommonOptions.Number32("--security-counter", "For package, ota.bin: the counter in its header; else that of the signed image", "a counter");
    private readonly Option<bool> _encryptUpdate = new("--encrypt-update") { Description = "For package, ota.bin: encipher its body with the device's key" };

    public Argument<string?> Kind { get; } = MakeKind();

    public IEnumerable<Option> All =>
    [
        _chip, _app, _app1, _app2, _bootloader, _key, _name, _appVersion, _bootVersion, _timestamp, _bootTimestamp, _headersFrom, _config, _table, _parts, _target,
        _magic, _counter, _encryptUpdate,
    ];

    private IEnumerable<Option> ForAppOnly => [_chip, _app, _app1, _app2, _bootloader, _key, _name, _appVersion, _bootVersion];

    private Option[] ForPackageOnly => [_parts, _target, _magic, _counter, _encryptUpdate];

    public void Validate(CommandResult result)
    {
        string? kind = result.GetValue(Kind);
        if (IsPackage(kind, result.GetValue(_config)))
        {
            ValidatePackage(result);
            return;
        }
        CommonOptions.RefuseIdle(result, "it is for package", ForPackageOnly);
        if (result.GetResult(_config) is not null)
        {
            foreach (var option in ForAppOnly.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} and --config exclude each other: the packager's JSON says it");
            // The JSON lists both sections; of 'ua' and 'app' the app's is written.
            if (kind == BuildJob.Pages)
                RefuseIdle(result, kind);
            return;
        }
        if (kind is null)
            result.AddError("build needs qio, ua, app or package, or --config FILE");
        var chip = CommonOptions.IsGiven(result, _chip) ? result.GetValue(_chip) : BekenChip.Unknown;
        bool isArmino = ArminoImageBuilder.Supports(chip);
        foreach (var option in new Option[] { _chip, _app, _key }.Where(option => result.GetResult(option) is null && !(isArmino && option == _key)))
            result.AddError($"build needs {option.Name}");
        if (kind == BuildJob.Qio && result.GetResult(_bootloader) is null)
            result.AddError("build qio needs --bootloader");
        if (isArmino)
        {
            ValidateArmino(result, kind, chip);
            return;
        }
        if (kind is BuildJob.Ua or BuildJob.Pages && result.GetResult(_bootloader) is not null)
            result.AddError($"--bootloader is for qio; there is none in {kind}");
        if (result.GetValue(_key) is { IsAes: true })
            result.AddError("--key is an AES key; this chip takes the coefficients of the older chips: a name, four hex words, 32 hex digits or base64 of 16 bytes");
        if (chip != BekenChip.Unknown)
            CommonOptions.RefuseIdle(result, $"an image for {chip} has one program, and its bootloader the table", _app1, _app2, _table);
        RefuseIdle(result, kind);
    }

    /// <summary>What the image is made of: the packager's JSON, else the application.</summary>
    public string? FileOf(ParseResult parsed) => parsed.GetValue(_config) ?? parsed.GetValue(_app) ?? parsed.GetValue(_table);

    public BuildJob Read(Writing writing, ParseResult parsed)
    {
        string? kind = parsed.GetValue(Kind);
        string? config = parsed.GetValue(_config);
        return new BuildJob(
            writing, IsPackage(kind, config) ? BuildJob.Package : kind ?? BuildJob.Qio, parsed.GetValue(_chip))
        {
            App = parsed.GetValue(_app),
            App1 = parsed.GetValue(_app1),
            App2 = parsed.GetValue(_app2),
            Bootloader = parsed.GetValue(_bootloader),
            Given = parsed.GetValue(_key),
            Name = parsed.GetValue(_name),
            AppVersion = parsed.GetValue(_appVersion),
            BootVersion = parsed.GetValue(_bootVersion),
            Timestamp = parsed.GetValue(_timestamp),
            BootTimestamp = parsed.GetValue(_bootTimestamp),
            HeadersFrom = parsed.GetValue(_headersFrom),
            Config = config,
            Table = parsed.GetValue(_table),
            Parts = parsed.GetValue(_parts) ?? [],
            Target = parsed.GetValue(_target),
            Magic = parsed.GetValue(_magic),
            SecurityCounter = (uint?)parsed.GetValue(_counter),
            EnciphersUpdate = parsed.GetValue(_encryptUpdate),
        };
    }

    private void ValidatePackage(CommandResult result)
    {
        CommonOptions.RefuseIdle(result, "a download package takes its files by --part, and has no RBL headers",
            _app, _app1, _app2, _bootloader, _name, _appVersion, _timestamp, _bootTimestamp, _headersFrom);
        if (!CommonOptions.IsGiven(result, _config))
        {
            if (!CommonOptions.IsGiven(result, _table) || !CommonOptions.IsGiven(result, _parts))
                result.AddError("build package needs --config FILE, or --table FILE and --part NAME=FILE");
            CommonOptions.RefuseIdle(result, "it is for --config", _target, _counter, _encryptUpdate);
        }
        if (CommonOptions.IsGiven(result, _chip) && result.GetValue(_chip) is var chip && chip is not (BekenChip.BK7236 or BekenChip.BK7258))
            result.AddError($"download packages are built for BK7236 and BK7258; how those of {chip} are made was not seen");
        RefuseWords(result);
    }

    private void ValidateArmino(CommandResult result, string? kind, BekenChip chip)
    {
        CommonOptions.RefuseIdle(result, $"images for {chip} have no RBL headers",
            _name, _appVersion, _bootVersion, _timestamp, _bootTimestamp, _headersFrom);
        if (kind == BuildJob.Pages)
            CommonOptions.RefuseIdle(result, "app is the pages of the first program alone", _app1, _app2);
        if (CommonOptions.IsGiven(result, _app2) && !CommonOptions.IsGiven(result, _app1))
            result.AddError("--app2 needs --app1");
        RefuseWords(result);
    }

    private void RefuseWords(CommandResult result)
    {
        if (CommonOptions.IsGiven(result, _key) && result.GetValue(_key) is { Coefficients.IsIdentity: false })
            result.AddError("--key is four words; the flash of these chips is enciphered by AES, and they do nothing there");
    }

    private void RefuseIdle(CommandResult result, string? kind)
    {
        if (kind == BuildJob.Pages)
            CommonOptions.RefuseIdle(result, "build app writes no header", _name, _appVersion, _timestamp, _headersFrom, _bootVersion, _bootTimestamp);
        else if (kind == BuildJob.Ua)
            CommonOptions.RefuseIdle(result, "there is no bootloader in ua", _bootVersion, _bootTimestamp);
    }

    // Which options go together depends on which of the vendor's two JSON files it is.
    private static bool IsPackage(string? kind, string? config)
    {
        if (kind is not null || config is null or InputFile.StandardStream)
            return kind == BuildJob.Package;
        try
        {
            return InputFile.ReadDocument(config, InputDocuments.IsPackListing);
        }
        catch (CliException)
        {
            // Said when it is read.
            return false;
        }
    }

    private static NamedFile[] ParseParts(ArgumentResult result)
    {
        var parts = new List<NamedFile>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            int equals = text.IndexOf('=');
            if (equals <= 0 || equals == text.Length - 1)
                return CommonOptions.Fail<NamedFile[]>(result, $"--part is NAME=FILE, such as bl2=bl2.bin, not {ShownText.Quote(text)}") ?? [];
            parts.Add(new NamedFile(text[..equals], text[(equals + 1)..]));
        }
        return [.. parts];
    }

    private static DownloadKind? ParseMagic(ArgumentResult result) => CommonOptions.Given(result).TrimEnd('.').ToUpperInvariant() switch
    {
        "BL1DLV10" => DownloadKind.Bl1,
        "BKDLV10" => DownloadKind.Bkdl,
        "BL2DLV10" => DownloadKind.Bl2,
        _ => CommonOptions.Unknown<DownloadKind?>(
            result, $"--magic is BL1DLV10, BKDLV10 or BL2DLV10, not {CommonOptions.Quoted(result)}", Magics),
    };

    private static Argument<string?> MakeKind()
    {
        var kind = new Argument<string?>("qio|ua|app|package")
        {
            Description = "qio: bootloader and programs for physical 0; ua: the app with its header for 0x11000, on BK7258 and its kin the plain programs for an update; " +
                "app: the pages of the app alone; package: a download package (all-app.bin) or ota.bin for a device under MCUboot. With --config qio is meant, with pack.json package",
            Arity = ArgumentArity.ZeroOrOne,
        };
        kind.CompletionSources.Add(BuildJob.Qio, BuildJob.Ua, BuildJob.Pages, BuildJob.Package);
        kind.CustomParser = CommonOptions.Text("the first word", "qio, ua, app or package", text => text is BuildJob.Qio or BuildJob.Ua or BuildJob.Pages or BuildJob.Package,
            BuildJob.Qio, BuildJob.Ua, BuildJob.Pages, BuildJob.Package);
        return kind;
    }
}

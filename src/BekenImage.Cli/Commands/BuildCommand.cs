using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Commands;

/// <summary><c>build qio|ua|app</c>: firmware images as the vendor's tools make them, of a plain application or of the packager's JSON.</summary>
internal static class BuildCommand
{
    private const string Qio = "qio";
    private const string Ua = "ua";
    private const string Pages = "app";

    public static Command Make(Terminal terminal)
    {
        var options = new Options();
        var command = new Command("build", "Builds a firmware image as the vendor's encrypt and packager do, of a plain application or of the packager's JSON");
        command.Arguments.Add(options.Kind);
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Validators.Add(options.Validate);
        command.SetAction(parsed =>
        {
            var job = options.Read(terminal, parsed);
            return job.Config is { } config ? BuildOfConfig(job, config) : BuildOfApp(job);
        });
        return command;
    }

    private static int BuildOfApp(Job job)
    {
        string[] inputs = Inputs(job, job.App, job.Bootloader);
        OutputFile.Check(job.Output, job.Force, inputs);
        byte[] app = InputFile.ReadImage(job.Terminal, job.App!);
        byte[]? bootloader = job.Bootloader is { } file ? InputFile.ReadImage(job.Terminal, file) : null;
        var headers = HeaderSource.Load(job.Terminal, job.HeadersFrom);
        bool hasOwnTimes = job.Kind != Pages && headers is null;
        byte[] image;
        IReadOnlyList<Finding> remarks;
        try
        {
            var builder = new FirmwareBuilder(job.Chip, new FirmwareBuildOptions
            {
                Key = job.Key,
                AppName = job.Name ?? PartitionNames.App,
                AppVersion = job.AppVersion,
                AppTimestamp = hasOwnTimes ? OtaCommand.Timestamp(job.Timestamp) : 0,
                BootloaderVersion = job.BootVersion,
                BootloaderTimestamp = hasOwnTimes ? OtaCommand.Timestamp(job.BootTimestamp ?? job.Timestamp) : 0,
                AppHeader = job.Kind == Pages ? null : headers?.Find(PartitionNames.App).WithTexts(job.Name, job.AppVersion, Given(job.Timestamp)),
                BootloaderHeader = job.Kind == Qio
                    ? headers?.Find(PartitionNames.Bootloader).WithTexts(null, job.BootVersion, Given(job.BootTimestamp ?? job.Timestamp))
                    : null,
            });
            image = job.Kind switch { Qio => builder.BuildQio(bootloader!, app), Ua => builder.BuildUa(app), _ => builder.BuildApp(app) };
            remarks = bootloader is null ? [] : builder.CheckBootloader(bootloader);
        }
        catch (BekenImageException error)
        {
            throw OtaCommand.UsageOrInput(error, error.Subject == PartitionNames.Bootloader ? job.Bootloader : job.App);
        }
        foreach (var finding in FirmwareBuilder.CheckApp(app, job.Key))
            Remark(job, job.App, finding);
        foreach (var finding in remarks)
            Remark(job, job.Bootloader, finding);
        return Write(job, image, inputs);
    }

    private static int BuildOfConfig(Job job, string config)
    {
        var listed = PackagerFiles.Read(config);
        string[] inputs = Inputs(job, [config, .. listed.Select(section => section.Firmware)]);
        OutputFile.Check(job.Output, job.Force, inputs);
        var headers = HeaderSource.Load(job.Terminal, job.HeadersFrom);
        byte[] image;
        try
        {
            var sections = listed.Select(section => MakeSection(job, section, headers)).ToArray();
            image = job.Kind switch { Qio => FirmwareSection.Compose(sections), Ua => App(sections).ToArray(), _ => App(sections).ToPages() };
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, listed.FirstOrDefault(section => section.Partition == error.Subject)?.Firmware ?? config);
        }
        // The packager's files are packed as they are, so what a bootloader stores is said and not mended.
        string? bootloader = listed.FirstOrDefault(section => section.Partition == PartitionNames.Bootloader)?.Firmware;
        foreach (var finding in FlashImage.Parse(image).Findings.Where(finding => finding.Code == FindingCode.StoredKeyDiffers))
            Remark(job, bootloader, finding);
        return Write(job, image, inputs);

        FirmwareSection App(FirmwareSection[] sections)
        {
            int index = listed.ToList().FindIndex(section => section.Partition == PartitionNames.App);
            return index >= 0 ? sections[index]
                : throw new CliException(ExitCodes.BadInput, FindingCode.BuildSections, "no section is for the partition 'app'", config);
        }
    }

    private static void Remark(Job job, string? file, Finding finding) =>
        job.Terminal.Note($"{file}: {Words.Of(finding.Severity)}: {finding.CodeText}: {finding.Message}");

    private static FirmwareSection MakeSection(Job job, PackagerFile section, HeaderSource? headers)
    {
        byte[] payload = InputFile.ReadImage(job.Terminal, section.Firmware);
        long? given = section.Partition == PartitionNames.Bootloader ? job.BootTimestamp ?? job.Timestamp : job.Timestamp;
        return headers is not null
            ? new FirmwareSection(headers.Find(section.Partition).WithTexts(section.Partition, section.Version, Given(given)), section.Start, section.Size, payload)
            : new FirmwareSection(section.Partition, section.Version, OtaCommand.Timestamp(given), section.Start, section.Size, payload);
    }

    private static int Write(Job job, byte[] image, string[] inputs)
    {
        OutputFile.Write(job.Output, image, job.Force, inputs);
        string place = job.Kind == Qio ? "physical 0" : "physical 0x11000";
        job.Terminal.Note(FormattableString.Invariant($"{job.Output}: {image.Length} bytes, to be flashed at {place}"));
        return ExitCodes.Done;
    }

    private static uint? Given(long? timestamp) => timestamp is null ? null : OtaCommand.Timestamp(timestamp);

    private static string[] Inputs(Job job, params string?[] files) => files.Append(job.HeadersFrom).OfType<string>().ToArray();

    /// <summary>The image whose headers are kept, junk and all.</summary>
    private sealed class HeaderSource(string file, FlashImage image)
    {
        public static HeaderSource? Load(Terminal terminal, string? file) => file is null ? null : new HeaderSource(file, InputFile.Load(terminal, file));

        /// <summary>The header of a partition.</summary>
        public RblHeader Find(string partition) => FirmwareHeaders.Find(image, partition) ?? throw new CliException(
            ExitCodes.BadInput, FindingCode.WrongKind, $"it has no RBL header of '{TerminalText.Escape(partition)}' whose CRC fits", file);
    }

    private sealed record Job(
        Terminal Terminal, string Kind, BekenChip Chip, string? App, string? Bootloader, BekenKey? Key, string? Name, string? AppVersion, string? BootVersion,
        long? Timestamp, long? BootTimestamp, string? HeadersFrom, string? Config, string Output, bool Force);

    /// <summary>The verb's options, and which of them go together.</summary>
    private sealed class Options
    {
        private readonly Option<BekenChip> _chip = CommonOptions.Chip("The chip it is for");
        private readonly Option<string?> _app = new("--app") { HelpName = "FILE", Description = "The plain application; - for standard input" };
        private readonly Option<string?> _bootloader = new("--bootloader")
            { HelpName = "FILE", Description = "For qio: the bootloader file, plain or already enciphered under the key" };
        private readonly Option<BekenKey?> _key = CommonOptions.Coefficients("The device's key: a name, four hex words, 32 hex digits or base64");
        private readonly Option<string?> _name = new("--name") { Description = "Name in the app's header; else app" };
        private readonly Option<string?> _appVersion = new("--app-version") { Description = "Version text of the app's header; else that of the chip's build" };
        private readonly Option<string?> _bootVersion = new("--boot-version") { Description = "Version text of the bootloader's header; else that of the chip's build" };
        private readonly Option<long?> _timestamp = CommonOptions.Timestamp("--timestamp", "Seconds since 1970 or ISO 8601 in UTC; else SOURCE_DATE_EPOCH, else 0");
        private readonly Option<long?> _bootTimestamp = CommonOptions.Timestamp("--boot-timestamp", "The same for the bootloader's header; else as --timestamp");
        private readonly Option<string?> _headersFrom = new("--headers-from")
            { HelpName = "IMAGE", Description = "Keep texts, times and junk of this image's headers; options given beside it count for their field" };
        private readonly Option<string?> _config = new("--config")
            { HelpName = "FILE", Description = "The packager's JSON; its files are packed as they are, paths count from its folder" };
        private readonly Option<string> _output = CommonOptions.Output("The image to write");
        private readonly Option<bool> _force = CommonOptions.Force();

        public Argument<string?> Kind { get; } = MakeKind();

        public IEnumerable<Option> All =>
            [_chip, _app, _bootloader, _key, _name, _appVersion, _bootVersion, _timestamp, _bootTimestamp, _headersFrom, _config, _output, _force];

        private IEnumerable<Option> ForAppOnly => [_chip, _app, _bootloader, _key, _name, _appVersion, _bootVersion];

        public void Validate(System.CommandLine.Parsing.CommandResult result)
        {
            string? kind = result.GetValue(Kind);
            if (result.GetResult(_config) is not null)
            {
                foreach (var option in ForAppOnly.Where(option => result.GetResult(option) is { Implicit: false }))
                    result.AddError($"{option.Name} and --config exclude each other: the packager's JSON says it");
                // The JSON lists both sections; of 'ua' and 'app' the app's is written.
                if (kind == Pages)
                    RefuseIdle(result, kind);
                return;
            }
            if (kind is null)
                result.AddError("build needs qio, ua or app, or --config FILE");
            foreach (var option in new Option[] { _chip, _app, _key }.Where(option => result.GetResult(option) is null))
                result.AddError($"build needs {option.Name}");
            if (kind == Qio && result.GetResult(_bootloader) is null)
                result.AddError("build qio needs --bootloader");
            if (kind is Ua or Pages && result.GetResult(_bootloader) is not null)
                result.AddError($"--bootloader is for qio; there is none in {kind}");
            RefuseIdle(result, kind);
        }

        private void RefuseIdle(System.CommandLine.Parsing.CommandResult result, string? kind)
        {
            if (kind == Pages)
                CommonOptions.RefuseIdle(result, "build app writes no header", _name, _appVersion, _timestamp, _headersFrom, _bootVersion, _bootTimestamp);
            else if (kind == Ua)
                CommonOptions.RefuseIdle(result, "there is no bootloader in ua", _bootVersion, _bootTimestamp);
        }

        public Job Read(Terminal terminal, ParseResult parsed) => new(
            terminal, parsed.GetValue(Kind) ?? Qio, parsed.GetValue(_chip), parsed.GetValue(_app), parsed.GetValue(_bootloader), parsed.GetValue(_key),
            parsed.GetValue(_name), parsed.GetValue(_appVersion), parsed.GetValue(_bootVersion), parsed.GetValue(_timestamp), parsed.GetValue(_bootTimestamp),
            parsed.GetValue(_headersFrom), parsed.GetValue(_config), parsed.GetRequiredValue(_output), parsed.GetValue(_force));

        private static Argument<string?> MakeKind()
        {
            var kind = new Argument<string?>("qio|ua|app")
            {
                Description = "qio: bootloader and app for physical 0; ua: the app with its header for 0x11000; app: its pages alone. With --config qio is meant",
                Arity = ArgumentArity.ZeroOrOne,
            };
            kind.CompletionSources.Add(Qio, Ua, Pages);
            kind.CustomParser = CommonOptions.Text("the first word", "qio, ua or app", text => text is Qio or Ua or Pages);
            return kind;
        }
    }
}

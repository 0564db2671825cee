using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Commands;

/// <summary><c>build qio|ua|app|package</c>: firmware images as the vendor's tools make them, of plain programs or of the packager's JSON.</summary>
internal static class BuildCommand
{
    private const string Qio = BuildJob.Qio;
    private const string Ua = BuildJob.Ua;
    private const string Pages = BuildJob.Pages;

    public static Command Make(Terminal terminal)
    {
        var options = new BuildOptions();
        var command = new Command("build", "Builds a firmware image or download package as the vendor's tools do, of plain programs or of the packager's JSON");
        command.Arguments.Add(options.Kind);
        foreach (var option in options.All)
            command.Options.Add(option);
        var output = new OutputOptions(command, "The image to write");
        command.Validators.Add(options.Validate);
        command.SetAction(parsed =>
        {
            var job = options.Read(output.Read(terminal, parsed, options.FileOf(parsed)), parsed);
            return job.Kind == BuildJob.Package ? BuildPackage.Run(job)
                : job.Config is { } config ? BuildOfConfig(job, config)
                : ArminoImageBuilder.Supports(job.Chip) ? BuildArmino.Run(job) : BuildOfApp(job);
        });
        return command;
    }

    private static int BuildOfApp(BuildJob job)
    {
        string[] inputs = Inputs(job, job.App, job.Bootloader);
        job.Writing.Check(inputs);
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
            job.Remark(job.App, finding);
        foreach (var finding in remarks)
            job.Remark(job.Bootloader, finding);
        return Write(job, image, inputs);
    }

    private static int BuildOfConfig(BuildJob job, string config)
    {
        var listed = PackagerFiles.Read(config);
        string[] inputs = Inputs(job, [config, .. listed.Select(section => section.Firmware)]);
        job.Writing.Check(inputs);
        if (BuildArmino.IsMeant(job, listed))
            return BuildArmino.RunConfig(job, config, listed, inputs);
        if (job.Table is not null)
            throw new CliException(ExitCodes.Usage, FindingCode.WrongKind, "--table has no effect: this bootloader's table stands in it");
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
            job.Remark(bootloader, finding);
        return Write(job, image, inputs);

        FirmwareSection App(FirmwareSection[] sections)
        {
            int index = listed.ToList().FindIndex(section => section.Partition == PartitionNames.App);
            return index >= 0 ? sections[index]
                : throw new CliException(ExitCodes.BadInput, FindingCode.BuildSections, "no section is for the partition 'app'", config);
        }
    }

    private static FirmwareSection MakeSection(BuildJob job, PackagerFile section, HeaderSource? headers)
    {
        byte[] payload = InputFile.ReadImage(job.Terminal, section.Firmware);
        long? given = section.Partition == PartitionNames.Bootloader ? job.BootTimestamp ?? job.Timestamp : job.Timestamp;
        return headers is not null
            ? new FirmwareSection(headers.Find(section.Partition).WithTexts(section.Partition, section.Version, Given(given)), section.Start, section.Size, payload)
            : new FirmwareSection(section.Partition, section.Version, OtaCommand.Timestamp(given), section.Start, section.Size, payload);
    }

    private static int Write(BuildJob job, byte[] image, string[] inputs) =>
        job.Write(image, inputs, $"to be flashed at {(job.Kind == Qio ? "physical 0" : "physical 0x11000")}");

    private static uint? Given(long? timestamp) => timestamp is null ? null : OtaCommand.Timestamp(timestamp);

    private static string[] Inputs(BuildJob job, params string?[] files) => files.Append(job.HeadersFrom).OfType<string>().ToArray();

    /// <summary>The image whose headers are kept, junk and all.</summary>
    private sealed class HeaderSource(string file, FlashImage image)
    {
        public static HeaderSource? Load(Terminal terminal, string? file) => file is null ? null : new HeaderSource(file, InputFile.Load(terminal, file));

        /// <summary>The header of a partition.</summary>
        public RblHeader Find(string partition) => FirmwareHeaders.Find(image, partition) ?? throw new CliException(
            ExitCodes.BadInput, FindingCode.WrongKind, $"it has no RBL header of '{VisibleText.Of(partition)}' whose CRC fits", file);
    }
}

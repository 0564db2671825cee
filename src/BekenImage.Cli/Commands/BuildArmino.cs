using BekenImage.Cli.Files;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>build qio|ua|app</c> for BK7236 and its kin: linear images of plain programs.</summary>
internal static class BuildArmino
{
    private static readonly string[] Slots = [PartitionNames.App, PartitionNames.App1, PartitionNames.App2];

    /// <summary>Builds of the files on the command line.</summary>
    public static int Run(BuildJob job)
    {
        string[] apps = new[] { job.App, job.App1, job.App2 }.OfType<string>().ToArray();
        string[] inputs = [.. apps, .. new[] { job.Bootloader, job.Table }.OfType<string>(), .. job.KeyFiles];
        job.Writing.Check(inputs);
        return Build(job, job.Chip, job.Bootloader, apps, inputs, _ => { });
    }

    /// <summary>True when the packager's JSON lists a bootloader of these chips.</summary>
    public static bool IsMeant(BuildJob job, IReadOnlyList<PackagerFile> sections) =>
        sections.FirstOrDefault(section => section.Partition == PartitionNames.Bootloader) is { } bootloader &&
        ArminoImageBuilder.IsBootloader(InputFile.ReadImage(job.Terminal, bootloader.Firmware));

    /// <summary>Builds of the packager's JSON.</summary>
    public static int RunConfig(BuildJob job, string config, IReadOnlyList<PackagerFile> sections, string[] inputs)
    {
        if (sections.FirstOrDefault(section => section.Partition != PartitionNames.Bootloader && !Slots.Contains(section.Partition)) is { } other)
            throw Unfit($"the section '{other.Partition}' is for none of bootloader, app, app1 and app2");
        if (sections.GroupBy(section => section.Partition).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Unfit($"two sections are for the partition '{twice.Key}'");
        string? FileFor(string partition) => sections.FirstOrDefault(section => section.Partition == partition)?.Firmware;
        if (Array.FindIndex(Slots, slot => FileFor(slot) is null) is >= 0 and var gap && Slots.Skip(gap).Any(slot => FileFor(slot) is not null) || FileFor(PartitionNames.App) is null)
            throw Unfit("a section for app, or for app1 before app2, is missing");
        string bootloader = FileFor(PartitionNames.Bootloader)!;
        var chip = ArminoImageBuilder.ChipOf(InputFile.ReadImage(job.Terminal, bootloader), FileFor(PartitionNames.App1) is not null);
        string[] all = job.Table is { } table ? [.. inputs, table] : inputs;
        return Build(job, chip, bootloader, Slots.Select(FileFor).OfType<string>().ToArray(), all, image => CheckPlaces(image, sections, config));

        CliException Unfit(string message) => new(ExitCodes.BadInput, FindingCode.BuildSections, message, config);
    }

    private static int Build(BuildJob job, BekenChip chip, string? bootloader, string[] apps, string[] inputs, Action<byte[]> check)
    {
        var builder = InputFile.Within(job.App ?? apps[0], () => new ArminoImageBuilder(chip, new ArminoBuildOptions
        {
            AesKey = job.AesKey,
            Table = job.Table is { } table ? InputFile.ReadDocument(table, InputDocuments.ParsePartitionTable) : null,
        }));
        byte[]? loader = bootloader is null ? null : InputFile.ReadImage(job.Terminal, bootloader);
        byte[][] programs = apps.Select(app => InputFile.ReadImage(job.Terminal, app)).ToArray();
        var findings = new List<Finding>();
        byte[] image;
        try
        {
            image = job.Kind switch
            {
                BuildJob.Qio => builder.BuildQio(loader!, programs, findings),
                BuildJob.Ua => builder.BuildUa(programs, loader),
                _ => builder.BuildApp(programs[0], loader, findings),
            };
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, Blamed(error, bootloader, apps));
        }
        if (job.Kind == BuildJob.Qio)
            check(image);
        foreach (var finding in findings)
            job.Remark(finding.Partition is null ? job.Output : Blamed(finding.Partition, bootloader, apps), finding);
        return job.Write(image, inputs, job.Kind switch
        {
            BuildJob.Qio => "to be flashed at physical 0",
            BuildJob.Ua => "what a device takes over the air; 'ug pack' and 'ota pack' wrap it",
            _ => "to be flashed where the app's partition begins",
        });
    }

    private static string? Blamed(BekenImageException error, string? bootloader, string[] apps) =>
        error.Code == FindingCode.BuildTableMissing ? bootloader ?? apps[0] : Blamed(error.Subject, bootloader, apps);

    private static string? Blamed(string? subject, string? bootloader, string[] apps)
    {
        int index = Array.IndexOf(Slots, subject);
        return index >= 0 && index < apps.Length ? apps[index] : bootloader ?? apps[0];
    }

    // The SDK writes its JSON with physical places, and gives cmake_Gen_image one with logical places. The device goes by its own table.
    private static void CheckPlaces(byte[] image, IReadOnlyList<PackagerFile> sections, string config)
    {
        var table = FlashImage.Parse(image).Fal;
        foreach (var section in sections)
        {
            if (table?.Find(section.Partition) is not { } entry)
                continue;
            long logical = new PhysicalAddress(entry.PhysicalRange.Start).RoundUpToPage().ToLogical().Value;
            if (section.Start != entry.PhysicalRange.Start && section.Start != logical)
            {
                throw new CliException(ExitCodes.Refused, FindingCode.BuildPlacesDiffer, FormattableString.Invariant(
                    $"it puts '{section.Partition}' at 0x{section.Start:x}, the bootloader's partition table at physical 0x{entry.PhysicalRange.Start:x} (logical 0x{logical:x})"), config);
            }
        }
    }
}

using BekenImage.Cli.Files;
using BekenImage.Documents;
using BekenImage.Formats.SecureBoot;

namespace BekenImage.Cli.Commands;

/// <summary><c>build package</c>: a download package, or what else beken_utils' <c>pack.json</c> names, of files for its partitions.</summary>
internal static class BuildPackage
{
    private const string Update = "ota.bin";
    private const string PrimaryAll = "primary_all";

    public static int Run(BuildJob job)
    {
        string folder = job.Config is { } config ? Path.GetDirectoryName(config) ?? string.Empty : string.Empty;
        string source = job.Table ?? Path.Combine(folder, "partitions.csv");
        var listing = job.Config is { } listed ? Choose(job, InputFile.ReadDocument(listed, InputDocuments.ParsePackListing)) : null;
        var builder = new SecurePackageBuilder(ReadTable(source), new SecurePackageOptions
        {
            AesKey = job.AesKey,
            Kind = job.Magic,
            BootloaderVersion = job.BootVersion,
            SecurityCounter = job.SecurityCounter,
            EnciphersUpdate = job.EnciphersUpdate,
        });
        var files = (listing?.Partitions ?? job.Parts.Select(part => part.Name)).Select(name => new NamedPart(name, FileFor(job, builder, folder, name, listing))).ToArray();
        if (job.Parts.FirstOrDefault(part => files.All(file => file.Name != part.Name)) is { } idle)
            throw new CliException(ExitCodes.Usage, FindingCode.BuildPartUnfit, $"--part {idle.Name}: '{listing!.File}' has no such partition");
        string[] inputs = [source, .. new[] { job.Config }.OfType<string>(), .. files.Select(file => file.File).OfType<string>(), .. job.KeyFiles];
        job.Writing.Check(inputs);
        return listing?.File == Update ? WriteUpdate(job, builder, files, inputs) : WriteDownload(job, builder, files, source, inputs);
    }

    private static int WriteDownload(BuildJob job, SecurePackageBuilder builder, NamedPart[] files, string source, string[] inputs)
    {
        var findings = new List<Finding>();
        byte[] package;
        try
        {
            package = builder.BuildDownload(files.Select(file => new SecurePackagePart(file.Name, file.File is { } path ? ReadPart(job, path) : null)).ToArray(), findings);
        }
        catch (BekenImageException error)
        {
            bool isTable = error.Code == FindingCode.BuildTableMissing;
            throw OtaCommand.UsageOrInput(error, isTable ? source : files.FirstOrDefault(file => file.Name == error.Subject)?.File ?? source);
        }
        foreach (var finding in findings)
            job.Remark(job.Output, finding);
        foreach (var file in files.Where(file => file.File is null))
            job.Terminal.Note($"{job.Output}: no file for '{file.Name}'; {(file.Name == "nvs" ? "it stays empty, as the vendor's packer leaves it" : "it is made")}");
        return job.Write(package, inputs, "a download package; a flasher puts its parts where they belong");
    }

    // A part may be empty, as the vendor's nvs is; what is in an archive counts.
    private static byte[] ReadPart(BuildJob job, string file) =>
        InputFile.ReadContent(file) is { Length: 0 } nothing ? nothing : InputFile.ReadImage(job.Terminal, file);

    private static int WriteUpdate(BuildJob job, SecurePackageBuilder builder, NamedPart[] files, string[] inputs)
    {
        if (files.Length != 1)
            throw new CliException(ExitCodes.BadInput, FindingCode.BuildPartUnfit, $"'{Update}' is made of one signed image; {files.Length} partitions are named", job.Config);
        if (files[0].File is not { } file)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.BuildPartMissing, builder.RunsInPlace
                ? "there is neither ota_signed.bin nor primary_all_signed.bin beside it (--part NAME=FILE brings one)"
                : "there is no ota_signed.bin beside it, the signed image of the packed app, by which an update overwrites the app (--part NAME=FILE brings one)", job.Config);
        }
        byte[] package;
        try
        {
            package = builder.BuildUpdate(InputFile.ReadImage(job.Terminal, file));
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
        return job.Write(package, inputs, "an update package for a device under MCUboot");
    }

    // One that OUT is called, else the first: all-app.bin in the vendor's.
    private static PackListing Choose(BuildJob job, IReadOnlyList<PackListing> listings)
    {
        string? wanted = job.Target;
        if (wanted is not null)
        {
            return listings.FirstOrDefault(listing => listing.File == wanted) ?? throw new CliException(
                ExitCodes.Usage, FindingCode.BuildPartMissing, $"--target is one of {string.Join(", ", listings.Select(listing => listing.File))}, which the JSON names");
        }
        string name = Path.GetFileName(job.Output);
        return listings.FirstOrDefault(listing => listing.File == name) ?? listings[0];
    }

    private static PartitionCsv ReadTable(string file)
    {
        using var bytes = InputFile.Read(file);
        string text = System.Text.Encoding.UTF8.GetString(bytes.Span);
        if (!PartitionCsv.TryRead(text, out var table))
            throw new CliException(ExitCodes.BadInput, FindingCode.SecureTableSource, "it is no partitions.csv: no line names its columns", file);
        if (table.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            throw new CliException(ExitCodes.BadInput, error.Code, error.Message, file);
        return table;
    }

    /// <summary>The file for a partition: the one that was named, else the one beside the JSON that the packer takes; null where there is none.</summary>
    private static string? FileFor(BuildJob job, SecurePackageBuilder builder, string folder, string partition, PackListing? listing)
    {
        if (job.Parts.LastOrDefault(part => part.Name == partition) is { } named)
            return named.File;
        // A name out of the JSON becomes a path: only what a partition can be called.
        if (listing is null || partition.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-')))
            return null;
        string[] names = partition != PrimaryAll ? partition == "nvs" ? ["nvs_aes.bin"] : [partition + ".bin"]
            : listing.File != Update ? ["primary_all_signed.bin"]
            : builder.RunsInPlace ? ["ota_signed.bin", "primary_all_signed.bin"] : ["ota_signed.bin"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private sealed record NamedPart(string Name, string? File);
}

using System.Globalization;
using BekenImage.Documents;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Output;

/// <summary>The answer of <c>inspect</c> for people: what it is, the flash map, headers, calibration, findings.</summary>
internal static class InspectText
{
    /// <summary>A finding goes on this far in, so that its severity stands out.</summary>
    private const int FindingHang = 4;

    /// <summary>The column with the end of a partition, which follows from start and length.</summary>
    private const int End = 2;

    /// <summary>The answer as a text, made ahead of its turn for a terminal.</summary>
    public static string Render(Terminal model, string file, FlashImage image, bool showSecrets = false)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var terminal = model.Into(writer);
        Head(terminal, file, image, showSecrets);
        var findings = image.Findings;
        if (image is { IsArchive: true, Contained: { } inside })
        {
            image = inside;
            findings = [.. findings, .. inside.Findings];
        }
        FlashMap(terminal, image);
        SecureBoot(terminal, image);
        Containers(terminal, image);
        Data(terminal, image, showSecrets);
        Findings(terminal, findings);
        return writer.ToString();
    }

    public static void FlashMap(Terminal terminal, FlashImage image)
    {
        if (image.Partitions.Count == 0)
            return;
        terminal.Line();
        terminal.Table(
            ["partition", image.Stored == StoredForm.Logical ? "logical" : "physical", "end", "length", "stored", "pages valid/erased/bad", "known from"],
            image.Partitions.Select(partition => (IReadOnlyList<string>)
            [
                partition.Name, Words.Hex(partition.Offset), Words.Hex(partition.Range.End), Words.Hex(partition.Length),
                (partition.IsStriped ? "striped" : "raw") + (partition.IsEncrypted ? ", encrypted" : string.Empty),
                partition.Pages is { } pages ? FormattableString.Invariant($"{pages.Valid}/{pages.Erased}/{pages.Bad}") : "-",
                Words.Of(partition.Source),
            ]), expendable: End);
        MapText.Write(terminal, image);
    }

    /// <param name="terminal">Where they go.</param>
    /// <param name="findings">What is to be said.</param>
    /// <param name="verb">The verb whose options help; null where none does.</param>
    public static void Findings(Terminal terminal, IReadOnlyList<Finding> findings, string? verb = null)
    {
        if (findings.Count == 0)
            return;
        terminal.Line();
        foreach (var finding in findings)
        {
            string partition = finding.Partition is null ? string.Empty : $" [{finding.Partition}]";
            string? cure = verb is null ? null : Cures.For(verb, finding.Code, finding.Subject);
            terminal.Hanging(FindingHang, Ink.Of(finding.Severity), $": {Cures.Add(finding + partition, cure)}");
        }
    }

    private static void Head(Terminal terminal, string file, FlashImage image, bool showSecrets)
    {
        string length = FormattableString.Invariant($"{Plural.Of(image.FileLength, "byte")} (0x{image.FileLength:x})");
        terminal.Line(Ink.Strong(file), ": ", Ink.Strong(Words.Of(image.Kind)), $", {length}, SHA-256 {image.Sha256}");
        foreach (var member in image.Members)
        {
            string offsets = image.IsArchive && member.Name == image.Member ? "; what follows is told of it" : string.Empty;
            terminal.Line($"inside      {member.Name}: {member.Problem ?? Words.Of(member.Kind)}, {Plural.Of(member.Length, "byte")}{offsets}");
        }
        image = image is { IsArchive: true, Contained: { } inside } ? inside : image;
        terminal.Line($"chip        {Words.Of(image.Chip) ?? "unknown"}");
        terminal.Line($"firmware    {Words.Of(image.Flavor)}{(image.AppVersion is { } version ? " " + version : string.Empty)}");
        terminal.Line($"bootloader  {image.BootVersion ?? "unknown"}");
        terminal.Line($"key         {Key(image.Key, showSecrets)}{(Words.Of(image.Key.Source) is { } source ? $", from {source}" : string.Empty)}");
        if (image.Stored == StoredForm.Logical)
            terminal.Line("stored      logical: without page CRCs; addresses below are logical and count from the start of the file");
        if (image.Rotation != 0)
            terminal.Line(FormattableString.Invariant($"rotation    0x{image.Rotation:x}: the read began there and wrapped around; offsets below are un-rotated"));
        if (image.PhysicalBase != 0)
            terminal.Line(FormattableString.Invariant($"belongs at  physical 0x{image.PhysicalBase:x}; offsets below count from the start of the file"));
    }

    // Coefficients are those of a product, an AES key is the device's own.
    private static string Key(ImageKey key, bool showSecrets) =>
        key.Aes is { } aes ? $"{key.Name} ({DocumentWords.CipherOf(key)} {(showSecrets ? aes.ToHex() : aes.ToString())})" : key.ToString();

    private static void Containers(Terminal terminal, FlashImage image)
    {
        if (image.Containers.Count == 0)
            return;
        terminal.Line();
        terminal.Table(
            ["RBL header", "partition", "name", "version", "time", "packed", "raw size", "package", "header CRC", "payload CRC", "hash"],
            image.Containers.Select(container => (IReadOnlyList<Ink>)
            [
                Words.Hex(container.Offset), container.Partition ?? "-", container.Header.Name, container.Header.Version,
                Words.Time(container.Header.Timestamp),
                $"{Words.Of(container.Header.Compression)}/{Words.Of(container.Header.Encryption)}",
                Words.Hex(container.Header.RawSize), Words.Hex(container.Header.PackageSize),
                Ink.Verdict(container.HeaderCrcOk), Ink.Verdict(container.PayloadCrcOk), Ink.Verdict(container.PayloadHashOk),
            ]));
    }

    private static void SecureBoot(Terminal terminal, FlashImage image)
    {
        if (image.SecureBoot is not { } secure || secure.Manifest is null && secure.Slots.Count == 0)
            return;
        var rows = new List<IReadOnlyList<Ink>>();
        if (secure.Manifest is { } manifest)
        {
            rows.Add(["BL1 manifest", secure.ManifestPartition!.Name, manifest.SecurityCounter.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Ink.Verdict(secure.ManifestProgram is { } program ? manifest.HashFits(program.Span) : null),
                Ink.Verdict(manifest.CheckSignature().IsValid), manifest.PublicKeyHash]);
        }
        foreach (var slot in secure.Slots)
        {
            rows.Add(["MCUboot image", slot.Partition.Name, slot.Image.Version, Ink.Verdict(slot.Image.HashOk),
                Ink.Verdict(slot.Image.CheckSignature().IsValid), slot.Image.PublicKeyHash ?? "-"]);
        }
        terminal.Line();
        terminal.Table(["secure boot", "partition", "version", "hash", "signature", "SHA-256 of the key"], rows);
    }

    private static void Data(Terminal terminal, FlashImage image, bool showSecrets)
    {
        string[] lines =
        [
            .. image.RfTables.Select(table => FormattableString.Invariant(
                $"RF table at physical 0x{table.Offset:x}: MAC {table.MacText ?? "missing"}, {Plural.Of(table.Items.Count, "item")}, {(table.IsCalibrated ? "calibrated" : "NOT calibrated")}")),
            .. image.NetParamTables.Select(table => FormattableString.Invariant(
                $"NET_PARAM table at physical 0x{table.Offset:x}: {Plural.Of(table.Items.Count, "item")}{(table.Mac is { } mac ? ", MAC " + mac : string.Empty)}")),
            .. image.FastConnectRecords.Select(record => FastConnect(record, showSecrets)),
            .. Obk(image, showSecrets),
            .. Tuya(image),
            .. image.LittleFs is { } volume ? [LittleFs(volume)] : Array.Empty<string>(),
        ];
        if (lines.Length > 0)
            terminal.Line();
        foreach (string line in lines)
            terminal.Line(line);
    }

    private static string FastConnect(FastConnectRecord record, bool showSecrets)
    {
        string secrets = showSecrets
            ? $"network '{record.RevealSsid()}', pass phrase '{record.RevealPassphrase()}', key {record.RevealPsk()}"
            : $"network {SecretMask.Text}{(record.HasPassphrase ? ", with its pass phrase" : string.Empty)}{(record.HasPsk ? ", with its key" : string.Empty)}";
        return FormattableString.Invariant($"fast-connect record at physical 0x{record.Offset:x}: channel {record.Channel}, {secrets}");
    }

    private static IEnumerable<string> Obk(FlashImage image, bool showSecrets)
    {
        if (image.ObkConfig is { } config)
        {
            string command = showSecrets ? config.StartupCommand : ObkSecrets.RemoveFromScript(config.StartupCommand);
            yield return FormattableString.Invariant(
                $"OpenBeken config at physical 0x{config.Offset:x}: version {config.Version}, checksum {Words.Verdict(config.ChecksumOk)}, {Plural.Of(config.Pins.Count(pin => !pin.IsUnused), "pin")}, start-up command '{command}'");
        }
        if (image.FlashVarsStore is { } store)
            yield return FormattableString.Invariant($"flash variables at physical 0x{store.Offset:x}: {Plural.Of(store.Names.Count, "name")}{BootCount(store.Variables)}");
        if (image.FlashVarsJournal is { } journal)
            yield return FormattableString.Invariant($"flash variables (journal) at physical 0x{journal.Offset:x}{BootCount(journal.Variables)}");
    }

    private static string BootCount(FlashVariables? variables) => variables is null ? string.Empty : FormattableString.Invariant(
        $", boot count {variables.BootCount}, last completed {variables.BootSuccessCount}");

    /// <summary>A LittleFS volume in one line.</summary>
    public static string LittleFs(LittleFsVolume volume) => FormattableString.Invariant(
        $"LittleFS at physical 0x{volume.Offset:x}, 0x{volume.Length:x} bytes: {Plural.Of(volume.Files.Count, "file")}, {volume.UsedBlocks} of {volume.BlockCount} blocks used");

    private static IEnumerable<string> Tuya(FlashImage image)
    {
        var tuya = image.TuyaContents;
        if (tuya.Storage is { } storage)
        {
            yield return FormattableString.Invariant(
                $"Tuya storage at physical 0x{storage.Offset:x}: {Plural.Of(storage.Blocks, "block")}, {Plural.Of(storage.Values.Count, "value")}, {storage.Values.Count(value => !value.SumOk)} with a wrong sum");
        }
        foreach (var block in tuya.ProtectedBlocks)
            yield return FormattableString.Invariant($"Tuya protected block at physical 0x{block.Offset:x}: {Plural.Of(block.Entries.Count, "entry", "entries")}");
        if (tuya.FileSystem is { } files)
            yield return FormattableString.Invariant($"Tuya UF file system at physical 0x{files.Offset:x}: {Plural.Of(files.Files.Count, "file")}");
    }
}

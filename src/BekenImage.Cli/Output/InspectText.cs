using System.Globalization;

namespace BekenImage.Cli.Output;

/// <summary>The answer of <c>inspect</c> for people: what it is, the flash map, headers, calibration, findings.</summary>
internal static class InspectText
{
    public static string Render(string file, FlashImage image)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var terminal = new Terminal(writer, writer, isInteractive: false);
        Head(terminal, file, image);
        FlashMap(terminal, image);
        Containers(terminal, image);
        Data(terminal, image);
        Findings(terminal, image.Findings);
        return writer.ToString();
    }

    public static void FlashMap(Terminal terminal, FlashImage image)
    {
        if (image.Partitions.Count == 0)
            return;
        terminal.Line();
        terminal.Table(
            ["partition", "physical", "end", "length", "stored", "pages valid/erased/bad", "known from"],
            image.Partitions.Select(partition => (IReadOnlyList<string>)
            [
                partition.Name, Words.Hex(partition.Offset), Words.Hex(partition.Range.End), Words.Hex(partition.Length),
                (partition.IsStriped ? "striped" : "raw") + (partition.IsEncrypted ? ", encrypted" : string.Empty),
                partition.Pages is { } pages ? FormattableString.Invariant($"{pages.Valid}/{pages.Erased}/{pages.Bad}") : "-",
                Words.Of(partition.Source),
            ]));
    }

    public static void Findings(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return;
        terminal.Line();
        foreach (var finding in findings)
        {
            string partition = finding.Partition is null ? string.Empty : $" [{finding.Partition}]";
            terminal.Line($"{Words.Of(finding.Severity)}: {finding}{partition}");
        }
    }

    private static void Head(Terminal terminal, string file, FlashImage image)
    {
        terminal.Line(FormattableString.Invariant($"{file}: {Words.Of(image.Kind)}, {image.Length} bytes (0x{image.Length:x}), SHA-256 {image.Sha256}"));
        terminal.Line($"chip        {Words.Of(image.Chip) ?? "unknown"}");
        terminal.Line($"firmware    {Words.Of(image.Flavor)}{(image.AppVersion is { } version ? " " + version : string.Empty)}");
        terminal.Line($"bootloader  {image.BootVersion ?? "unknown"}");
        terminal.Line($"key         {image.Key}{(Words.Of(image.Key.Source) is { } source ? $", from {source}" : string.Empty)}");
        if (image.Rotation != 0)
            terminal.Line(FormattableString.Invariant($"rotation    0x{image.Rotation:x}: the read began there and wrapped around; offsets below are un-rotated"));
        if (image.PhysicalBase != 0)
            terminal.Line(FormattableString.Invariant($"belongs at  physical 0x{image.PhysicalBase:x}; offsets below count from the start of the file"));
    }

    private static void Containers(Terminal terminal, FlashImage image)
    {
        if (image.Containers.Count == 0)
            return;
        terminal.Line();
        terminal.Table(
            ["RBL header", "partition", "name", "version", "time", "packed", "raw size", "package", "header CRC", "payload CRC", "hash"],
            image.Containers.Select(container => (IReadOnlyList<string>)
            [
                Words.Hex(container.Offset), container.Partition ?? "-", container.Header.Name, container.Header.Version,
                Words.Time(container.Header.Timestamp),
                $"{Words.Of(container.Header.Compression)}/{Words.Of(container.Header.Encryption)}",
                Words.Hex(container.Header.RawSize), Words.Hex(container.Header.PackageSize),
                Words.Verdict(container.HeaderCrcOk), Words.Verdict(container.PayloadCrcOk), Words.Verdict(container.PayloadHashOk),
            ]));
    }

    private static void Data(Terminal terminal, FlashImage image)
    {
        if (image.RfTables.Count + (image.ObkConfig is null ? 0 : 1) == 0)
            return;
        terminal.Line();
        foreach (var table in image.RfTables)
        {
            terminal.Line(FormattableString.Invariant(
                $"RF table at physical 0x{table.Offset:x}: MAC {table.MacText ?? "missing"}, {table.Items.Count} items, {(table.IsCalibrated ? "calibrated" : "NOT calibrated")}"));
        }
        if (image.ObkConfig is { } config)
        {
            terminal.Line(FormattableString.Invariant(
                $"OpenBeken config at physical 0x{config.Offset:x}: version {config.Version}, checksum {Words.Verdict(config.ChecksumOk)}, start-up command '{config.StartupCommand}'"));
        }
    }
}

using BekenImage.Formats.Net;
using BekenImage.Formats.Rf;

namespace BekenImage.Report.Model;

/// <summary>What is the device's own: calibration, networks.</summary>
internal static class DeviceSections
{
    private const int MostTables = 4;

    public static Section? Rf(FlashImage image)
    {
        if (image.RfTables.Count == 0)
            return null;
        var blocks = new List<Block>();
        foreach (var table in image.RfTables.OrderByDescending(table => table == image.Rf).Take(MostTables))
        {
            var summary = new RfSummary(table);
            blocks.Add(new FactsBlock(
            [
                new("RF table at", Words.Hex(table.Offset), table == image.Rf ? "the one that counts" : "not the one that counts"),
                new("MAC", table.MacText ?? "missing", tone: table.IsUsable ? Tone.Good : Tone.Bad),
                new("Calibration", table.IsCalibrated ? "calibrated" : "not calibrated", summary.Shape, table.IsCalibrated ? Tone.Good : Tone.Warn),
                new("Power tables", summary.EnabledPowerTables.Count == 0 ? "none" : string.Join(", ", summary.EnabledPowerTables), summary.PowerStatus.Length == 0 ? null : "calibration " + summary.PowerStatus),
            ]));
            blocks.AddRange(summary.Warnings.Select(warning => new TextBlock(Words.Sentence(warning), Tone.Warn)));
            blocks.Add(new FoldBlock(Words.Count(table.Items.Count, "item"),
            [
                new TableBlock(["Item", "Value", "Meaning", "At"], table.Items.Take(ProgramSections.MostRows).Select(item => (IReadOnlyList<Cell>)
                    [item.Name, Cell.Code(Cut(item.ValueText)), item.Meaning, Cell.Code(Words.Hex(table.Offset + item.DataOffset))])),
            ]));
        }
        if (image.RfTables.Count > MostTables)
            blocks.Add(new TextBlock($"and {Words.Count(image.RfTables.Count - MostTables, "more table")}", Tone.Muted));
        return new Section("rf", "Radio calibration", "Made for this one chip at the factory; nothing can compute it anew.", blocks);
    }

    public static Section? Network(FlashImage image, bool showSecrets)
    {
        var rows = image.FastConnectRecords.Take(ProgramSections.MostRows).Select(record => Record(record, showSecrets))
            .Concat(image.NetParamTables.Take(ProgramSections.MostRows).SelectMany(table => Parameters(table, showSecrets))).ToArray();
        return rows.Length == 0 ? null : new Section("network", "Networks", "Records of Wi-Fi connections that the firmware keeps.",
            [new TableBlock(["Record", "At", "What it holds"], rows)]);
    }

    /// <summary>A value that would fill the screen.</summary>
    public static string Cut(string text, int most = 400) => text.Length <= most ? text : text.Substring(0, most) + "…";

    private static IReadOnlyList<Cell> Record(FastConnectRecord record, bool showSecrets) =>
    [
        "fast-connect", Cell.Code(Words.Hex(record.Offset)),
        showSecrets
            ? $"network '{record.RevealSsid()}', pass phrase '{record.RevealPassphrase()}', key {record.RevealPsk()}, channel {Words.Number(record.Channel)}"
            : $"network {SecretMask.Text}{(record.HasPassphrase ? ", with its pass phrase" : string.Empty)}{(record.HasPsk ? ", with its key" : string.Empty)}, channel {Words.Number(record.Channel)}",
    ];

    private static IEnumerable<IReadOnlyList<Cell>> Parameters(NetParamTable table, bool showSecrets) => table.Items.Take(ProgramSections.MostRows).Select(item => (IReadOnlyList<Cell>)
        [item.Name, Cell.Code(Words.Hex(table.Offset + item.Offset)), Cut(showSecrets ? item.RevealText() : item.ValueText)]);
}

namespace BekenImage.Formats.Rf;

/// <summary>What an RF table says, in a few values: the heading of <c>rf show</c>. Immutable.</summary>
public sealed class RfSummary
{
    /// <summary>Sums a table up.</summary>
    /// <param name="table">The table.</param>
    public RfSummary(RfTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        Shape = ShapeOf(table);
        Thermal = table.GetUInt32(RfTags.Thermal);
        Crystal = table.GetUInt32(RfTags.Crystal);
        PowerStatus = StatusOf(table.GetUInt32(RfTags.PowerStatus));
        EnabledPowerTables = EnabledBy(table.GetUInt32(RfTags.PowerEnable) ?? 0);
        HasSelfCalibration = table.Groups.Any(group => group.Tag is RfTags.TransmitGroup or RfTags.ReceiveGroup && group.Items.Count > 0);
        Warnings = WarningsOf(table);
    }

    /// <summary>What kind of table it is, judged by its groups and length.</summary>
    public string Shape { get; }

    /// <summary>Raw temperature code at calibration; null when absent.</summary>
    public uint? Thermal { get; }

    /// <summary>Crystal tuning value; null when absent.</summary>
    public uint? Crystal { get; }

    /// <summary>How the calibration of the transmit power ended; empty when absent.</summary>
    public string PowerStatus { get; }

    /// <summary>The power tables that are marked valid: b, g, n40, ble, n20.</summary>
    public IReadOnlyList<string> EnabledPowerTables { get; }

    /// <summary>True when results of the self calibration are there.</summary>
    public bool HasSelfCalibration { get; }

    /// <summary>What is suspicious, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; }

    private static string ShapeOf(RfTable table)
    {
        if (table.IsGeneric)
            return table.IsCalibrated ? "written by a flasher, another unit's calibration" : "written by a flasher, no calibration";
        if (!table.IsCalibrated)
            return "chip information only, calibration lost";
        return table.Length switch
        {
            502 => "complete table of BK7231N type",
            480 => "complete table of BK7231T type",
            _ when table.Groups.Any(group => group.Tag == RfTags.TransmitGroup) => "table with self calibration",
            _ => "table without self calibration",
        };
    }

    private static string StatusOf(uint? status) => status switch
    {
        null => string.Empty,
        0 => "not found",
        1 => "passed",
        2 => "EVM failed",
        3 => "power failed",
        _ => FormattableString.Invariant($"unknown ({status})"),
    };

    private static string[] EnabledBy(uint bits) =>
        new[] { "b", "g", "n40", "ble", "n20" }.Where((_, bit) => (bits >> bit & 1) != 0).ToArray();

    private static List<string> WarningsOf(RfTable table)
    {
        var warnings = RfFaults.Of(table).Select(fault => fault.Message).ToList();
        if (table.HasDefaultChipValues)
            warnings.Add("temperature, crystal and filter values are the SDK's defaults");
        if (table.Find(RfTags.Mac) is { } mac && mac.DataOffset != RfTable.UsualMacOffset)
            warnings.Add("the MAC is not at its usual place");
        if (FilterDiffers(table))
            warnings.Add("the filter values of chip information and self calibration differ");
        return warnings;
    }

    /// <summary>TXID_LPFCAP equals CM_TX_I and Q_FILTER_CORNER in every table that has both.</summary>
    private static bool FilterDiffers(RfTable table)
    {
        if (table.Find(RfTags.LowPassFilter) is not { } filter ||
            table.Find(0x33333308) is not { } cornerI || table.Find(0x33333309) is not { } cornerQ)
            return false;
        return !filter.Data.Span.SequenceEqual(cornerI.Data.ToArray().Concat(cornerQ.Data.ToArray()).ToArray());
    }
}

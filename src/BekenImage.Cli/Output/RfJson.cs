using System.Text.Json;
using BekenImage.Formats.Rf;

namespace BekenImage.Cli.Output;

/// <summary>RF tables as JSON.</summary>
internal static class RfJson
{
    /// <summary>The few values by which documents name a table.</summary>
    public static void WriteHead(Utf8JsonWriter json, RfTable table)
    {
        json.WriteNumber("offset", table.Offset);
        json.WriteString("mac", table.MacText);
        json.WriteNumber("length", table.Length);
        json.WriteNumber("items", table.Items.Count);
        json.WriteBoolean("calibrated", table.IsCalibrated);
    }

    public static void WriteTable(Utf8JsonWriter json, RfTable table)
    {
        json.WriteNumber("offset", table.Offset);
        json.WriteString("mac", table.MacText);
        json.WriteNumber("length", table.Length);
        json.WriteBoolean("calibrated", table.IsCalibrated);
        json.WriteBoolean("usable", table.IsUsable);
        var summary = new RfSummary(table);
        json.WriteString("shape", summary.Shape);
        json.WriteNullable("thermal", summary.Thermal);
        json.WriteNullable("crystal", summary.Crystal);
        json.WriteString("powerStatus", summary.PowerStatus);
        json.WritePlain("enabledPowerTables", summary.EnabledPowerTables);
        json.WriteBoolean("selfCalibration", summary.HasSelfCalibration);
        json.WritePlain("warnings", summary.Warnings);
        json.WriteArray("items", table.Items, item => WriteItem(json, item));
    }

    public static void WriteDifference(Utf8JsonWriter json, RfDifference row)
    {
        json.WriteString("group", RfTags.NameOf(row.GroupTag));
        json.WriteString("tag", Tag(row.Tag));
        json.WriteString("name", row.Name);
        json.WriteBoolean("equal", row.IsEqual);
        json.WriteString("nature", Nature(row.Nature));
        json.WriteBoolean("deviceSpecific", row.IsDeviceSpecific);
        json.WriteString("a", row.First?.ValueText);
        json.WriteString("b", row.Second?.ValueText);
        json.WriteString("remark", row.Remark);
    }

    private static void WriteItem(Utf8JsonWriter json, RfItem item)
    {
        json.WriteString("group", RfTags.NameOf(item.GroupTag));
        json.WriteString("tag", Tag(item.Tag));
        json.WriteString("name", item.Name);
        json.WriteNumber("offset", item.Offset);
        json.WriteNumber("length", item.Data.Length);
        json.WriteString("data", Convert.ToHexStringLower(item.Data.Span));
        json.WriteString("value", item.ValueText);
        json.WriteString("meaning", item.Meaning);
        json.WriteString("nature", Nature(item.Nature));
        json.WriteBoolean("repeated", item.IsRepeated);
    }

    private static string Tag(uint tag) => FormattableString.Invariant($"0x{tag:x8}");

    private static string Nature(RfItemNature nature) => nature == RfItemNature.PowerTable ? "powerTable" : nature.ToString().ToLowerInvariant();
}

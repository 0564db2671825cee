using BekenImage.Documents.Json;
using BekenImage.Formats.Rf;

namespace BekenImage.Documents.Outputs;

/// <summary>RF tables: <c>rf show</c>, <c>rf compare</c>, and the heads that <c>inspect</c> prints.</summary>
internal static class RfDocument
{
    public static string Render(FlashImage image, string file, bool indented)
    {
        var counts = image.Rf ?? throw new BekenImageException(FindingCode.RfMissing, "there is no RF table in it");
        return Document.Write("rf show", indented, json =>
        {
            json.Text("file", file);
            json.Object("rf", counts, table => WriteHead(json, table));
            json.Array("tables", image.RfTables, table => WriteTable(json, table));
            Document.WriteFindings(json, image, FindingArea.Calibration);
        });
    }

    public static string RenderComparison(RfTable first, string firstFile, RfTable second, string secondFile, bool indented)
    {
        var rows = RfComparison.Compare(first, second);
        return Document.Write("rf compare", indented, json =>
        {
            WriteSide(json, "a", firstFile, first);
            WriteSide(json, "b", secondFile, second);
            json.Boolean("equal", rows.All(row => row.IsEqual));
            json.Array("items", rows, row => WriteDifference(json, row));
            Document.WriteFindings(json, []);
        });
    }

    /// <summary>The few values by which documents name a table.</summary>
    public static void WriteHead(JsonWriter json, RfTable table)
    {
        json.Number("offset", table.Offset);
        json.Text("mac", table.MacText);
        json.Number("length", table.Length);
        json.Number("items", table.Items.Count);
        json.Boolean("calibrated", table.IsCalibrated);
        json.Boolean("generic", table.IsGeneric);
    }

    private static void WriteTable(JsonWriter json, RfTable table)
    {
        json.Number("offset", table.Offset);
        json.Text("mac", table.MacText);
        json.Number("length", table.Length);
        json.Boolean("calibrated", table.IsCalibrated);
        json.Boolean("generic", table.IsGeneric);
        json.Boolean("usable", table.IsUsable);
        var summary = new RfSummary(table);
        json.Text("shape", summary.Shape);
        json.Number("thermal", summary.Thermal);
        json.Number("crystal", summary.Crystal);
        json.Text("powerStatus", summary.PowerStatus);
        json.Plain("enabledPowerTables", summary.EnabledPowerTables);
        json.Boolean("selfCalibration", summary.HasSelfCalibration);
        json.Plain("warnings", summary.Warnings);
        json.Array("items", table.Items, item => WriteItem(json, item));
    }

    private static void WriteItem(JsonWriter json, RfItem item)
    {
        json.Text("group", RfTags.NameOf(item.GroupTag));
        json.Text("tag", Tag(item.Tag));
        json.Text("name", item.Name);
        json.Number("offset", item.Offset);
        json.Number("length", item.Data.Length);
        json.Text("data", Document.Hex(item.Data.ToArray()));
        json.Text("value", item.ValueText);
        json.Text("meaning", item.Meaning);
        json.Text("nature", DocumentWords.Of(item.Nature));
        json.Boolean("repeated", item.IsRepeated);
    }

    private static void WriteDifference(JsonWriter json, RfDifference row)
    {
        json.Text("group", RfTags.NameOf(row.GroupTag));
        json.Text("tag", Tag(row.Tag));
        json.Text("name", row.Name);
        json.Boolean("equal", row.IsEqual);
        json.Text("nature", DocumentWords.Of(row.Nature));
        json.Boolean("deviceSpecific", row.IsDeviceSpecific);
        json.Text("a", row.First?.ValueText);
        json.Text("b", row.Second?.ValueText);
        json.Text("remark", row.Remark);
    }

    private static void WriteSide(JsonWriter json, string name, string file, RfTable table)
    {
        json.StartObject(name);
        json.Text("file", file);
        WriteHead(json, table);
        json.EndObject();
    }

    private static string Tag(uint tag) => FormattableString.Invariant($"0x{tag:x8}");
}

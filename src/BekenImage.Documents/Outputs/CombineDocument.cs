using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The document of <c>combine</c>.</summary>
internal static class CombineDocument
{
    public static string Render(CombinePlan plan, string output, CombineReport report, bool indented)
    {
        byte[] image = plan.ToArray();
        return Document.Write("combine", indented, json =>
        {
            json.Text("mode", plan.Mode.ToString().ToLowerInvariant());
            json.Text("output", output);
            json.Number("length", image.Length);
            json.Text("sha256", Document.Sha256(image));
            json.Number("flashAt", plan.Output.Start);
            json.StartArray("inputs");
            WriteInput(json, report.Options.FactoryName, report.Factory);
            WriteInput(json, report.Options.FirmwareName, report.Firmware);
            json.EndArray();
            json.Array("regions", plan.Regions, region => WriteRegion(json, region));
            json.Object("verify", report.Verify, verify => CheckDocument.WriteVerify(json, verify));
            json.Object("lint", report.Lint, lint => CheckDocument.WriteLint(json, lint));
            Document.WriteFindings(json, plan.Findings);
        });
    }

    private static void WriteInput(JsonWriter json, string? file, FlashImage image)
    {
        json.StartObject();
        json.Text("file", file);
        json.Text("sha256", image.Sha256);
        json.EndObject();
    }

    private static void WriteRegion(JsonWriter json, ImageRegion region)
    {
        json.Text("name", region.Name);
        json.Number("offset", region.Offset);
        json.Number("length", region.Length);
        json.Text("origin", region.Origin.ToString().ToLowerInvariant());
        json.Text("fromFile", region.FromFile);
        json.Number("from", region.From);
        json.Text("reason", region.Reason);
    }
}

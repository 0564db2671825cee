using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The document of <c>combine</c>.</summary>
internal static class CombineDocument
{
    public static string Render(CombinePlan plan, string output, CombineReview review, bool indented)
    {
        byte[] image = plan.ToArray();
        return Document.Write("combine", indented, json =>
        {
            json.Text("mode", plan.Mode.ToString().ToLowerInvariant());
            json.Text("output", output);
            json.Number("length", image.Length);
            json.Text("sha256", Document.Sha256(image));
            json.Number("flashAt", plan.Output.Start);
            json.Array("inputs", plan.Inputs, input =>
            {
                json.Text("file", input.Name);
                json.Text("sha256", input.Image.Sha256);
                json.Text("member", input.Image.IsArchive ? input.Image.Member : null);
            });
            json.Array("regions", plan.Regions, region => WriteRegion(json, region));
            json.Object("verify", review.Verify, verify => CheckDocument.WriteVerify(json, verify));
            json.Object("lint", review.Lint, lint => CheckDocument.WriteLint(json, lint));
            json.Array("next", NextSteps.After(plan, review, output), step => WriteStep(json, step));
            Document.WriteFindings(json, plan.Findings);
        });
    }

    private static void WriteStep(JsonWriter json, NextStep step)
    {
        json.Text("tool", step.Tool);
        json.StartArray("lines");
        foreach (string line in step.Lines)
            json.Text(null, line);
        json.EndArray();
        json.Text("note", step.Note);
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

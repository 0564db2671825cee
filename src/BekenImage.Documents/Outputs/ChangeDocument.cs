using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The answers of verbs that write an image and say what they changed: <c>normalize</c>, <c>sanitize</c>.</summary>
internal static class ChangeDocument
{
    public static string RenderNormalize(NormalizedImage normalized, string file, string output, bool indented) =>
        Render("normalize", file, output, normalized.Bytes, indented, json =>
        {
            Document.WriteTexts(json, "changes", normalized.Changes);
            Document.WriteFindings(json, []);
        });

    public static string RenderSanitize(SanitizeResult result, string file, string output, bool indented) =>
        Render("sanitize", file, output, result.Bytes, indented, json =>
        {
            json.Array("changes", result.Changes, change =>
            {
                json.Text("partition", change.Area);
                json.Number("offset", change.Range.Start);
                json.Number("length", change.Range.Length);
                json.Number("changedBytes", change.ChangedBytes);
            });
            Document.WriteFindings(json, result.Findings);
        });

    private static string Render(
        string verb, string file, string output, ReadOnlyMemory<byte> bytes, bool indented, Action<JsonWriter> write) =>
        Document.Write(verb, indented, json =>
        {
            json.Text("file", file);
            json.Text("output", output);
            json.Number("length", bytes.Length);
            json.Text("sha256", Document.Sha256(bytes));
            write(json);
        });
}

using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The answers of verbs that write an image and say what they changed: <c>normalize</c>, <c>sanitize</c>, those of a draft.</summary>
internal static class ChangeDocument
{
    public static string RenderNormalize(NormalizedImage normalized, string file, string output, bool indented) =>
        Render("normalize", file, output, normalized.Bytes, indented, json =>
        {
            Document.WriteTexts(json, "changes", normalized.Changes);
            Document.WriteFindings(json, normalized.Cut is { } cut ? [cut] : []);
        });

    public static string RenderChanges(ImageDraft draft, string verb, string file, string output, bool indented) =>
        Render(verb, file, output, draft.ToImage().Source, indented, json =>
        {
            json.Array("changes", draft.Changes, change =>
            {
                json.Text("partition", change.What);
                json.Number("offset", change.Range.Start);
                json.Number("length", change.Range.Length);
                json.Number("changedBytes", change.ChangedBytes);
                json.Text("source", change.Source);
                json.Text("reason", change.Why);
            });
            Document.WriteFindings(json, draft.Findings);
        });

    public static string RenderSanitize(ImageDraft draft, string file, string output, bool indented) =>
        Render("sanitize", file, output, draft.ToImage().Source, indented, json =>
        {
            json.Array("changes", draft.Changes, change =>
            {
                json.Text("partition", change.What == ImageChange.Gap ? null : change.What);
                json.Number("offset", change.Range.Start);
                json.Number("length", change.Range.Length);
                json.Number("changedBytes", change.ChangedBytes);
            });
            Document.WriteFindings(json, draft.Findings);
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

using BekenImage.Crypto;
using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The bytes-only verbs: <c>key recover</c> and <c>crc check</c>.</summary>
internal static class KeyDocument
{
    public static string Render(KeyRecoveryResult result, string file, bool indented) => Document.Write("key recover", indented, json =>
    {
        json.Text("file", file);
        json.Text("status", DocumentWords.CamelCase(result.Status.ToString()));
        if (result.Key is { } key)
        {
            json.StartObject("key");
            WriteKey(json, key);
            json.Boolean("exact", result.IsExact || key.IsIdentity);
            json.EndObject();
        }
        else
        {
            json.Null("key");
        }
        json.Array("candidates", result.Candidates, candidate => WriteKey(json, candidate));
        json.Text("evidence", DocumentWords.CamelCase(result.Evidence.ToString()));
        json.Real("confidence", result.Confidence);
        json.StartObject("provenFor");
        json.Number("logicalStart", result.ProvenFor.Start);
        json.Number("logicalEnd", result.ProvenFor.End);
        json.EndObject();
        Document.WriteFindings(json, []);
    });

    public static string RenderPages(PageScan scan, string file, bool indented) => Document.Write("crc check", indented, json =>
    {
        json.Text("file", file);
        json.Number("valid", scan.Valid);
        json.Number("erased", scan.Erased);
        json.Number("bad", scan.Bad);
        json.Number("leadingValid", scan.LeadingValid);
        json.Number("firstBad", scan.FirstBad < 0 ? null : scan.FirstBad);
        Document.WriteFindings(json, []);
    });

    private static void WriteKey(JsonWriter json, BekenKey key)
    {
        json.Text("name", key.Name ?? "custom");
        Document.WriteTexts(json, "coefficients", key.ToWords());
    }
}

using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The answers of <c>verify</c> and <c>lint</c>; both are also parts of <c>combine</c>.</summary>
internal static class CheckDocument
{
    public static string RenderVerify(FlashImage image, string file, VerifyResult result, bool indented) =>
        Document.Write("verify", indented, json =>
    {
        json.Text("file", file);
        json.Text("kind", DocumentWords.Of(image.Kind));
        WriteVerify(json, result);
        Document.WriteFindings(json, image.Findings);
    });

    public static string RenderLint(LintResult result, string file, string? against, bool indented) =>
        Document.Write("lint", indented, json =>
    {
        json.Text("file", file);
        json.Text("against", against);
        WriteLint(json, result);
        Document.WriteFindings(json, []);
    });

    public static void WriteVerify(JsonWriter json, VerifyResult result)
    {
        json.Boolean("boots", result.Boots);
        json.Boolean("bootloaderAccepts", result.BootloaderAccepts);
        json.Boolean("backup", result.Backup);
        WriteChecks(json, result.Checks);
    }

    public static void WriteLint(JsonWriter json, LintResult result)
    {
        json.Boolean("runs", result.Answer);
        WriteChecks(json, result.Checks);
    }

    private static void WriteChecks(JsonWriter json, IEnumerable<VerifyCheck> checks) => json.Array("checks", checks, check =>
    {
        json.Text("code", Finding.ToText(check.Code));
        json.Text("name", check.Name);
        json.Text("status", DocumentWords.Of(check.Status));
        json.Number("offset", check.Offset);
        json.Text("message", check.Message);
    });
}

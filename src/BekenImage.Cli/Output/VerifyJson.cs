using System.Text.Json;

namespace BekenImage.Cli.Output;

/// <summary>The answers of <c>verify</c> as JSON; also a part of the document of <c>combine</c>.</summary>
internal static class VerifyJson
{
    public static string Render(string file, FlashImage image, VerifyResult result, bool indented) => Json.Document("verify", indented, json =>
    {
        json.WriteString("file", file);
        json.WriteString("kind", Words.Of(image.Kind));
        WriteResult(json, result);
        json.WriteFindings(image.Findings);
    });

    public static void WriteResult(Utf8JsonWriter json, VerifyResult result)
    {
        json.WriteBoolean("boots", result.Boots);
        json.WriteNullable("bootloaderAccepts", result.BootloaderAccepts);
        json.WriteNullable("backup", result.Backup);
        WriteChecks(json, result.Checks);
    }

    public static void WriteLint(Utf8JsonWriter json, LintResult result)
    {
        json.WriteBoolean("runs", result.Runs);
        WriteChecks(json, result.Checks);
    }

    private static void WriteChecks(Utf8JsonWriter json, IEnumerable<VerifyCheck> checks) =>
        json.WriteArray("checks", checks, check =>
        {
            json.WriteString("code", Finding.ToText(check.Code));
            json.WriteString("name", check.Name);
            json.WriteString("status", check.Status.ToString().ToLowerInvariant());
            json.WriteNullable("offset", check.Offset);
            json.WriteString("message", check.Message);
        });
}

using System.Security.Cryptography;
using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>What every document has: schema, verb, findings; and the few parts that several share.</summary>
internal static class Document
{
    public const int Schema = 1;

    /// <summary>One document: an object that begins with the schema and the verb.</summary>
    public static string Write(string verb, bool indented, Action<JsonWriter> write) => WriteObject(indented, json =>
    {
        json.Number("schema", Schema);
        json.Text("verb", verb);
        write(json);
    });

    public static string WriteObject(bool indented, Action<JsonWriter> write)
    {
        var json = new JsonWriter(indented);
        json.StartObject();
        write(json);
        json.EndObject();
        return json.ToString();
    }

    public static void WriteFindings(JsonWriter json, IEnumerable<Finding> findings) => json.Array("findings", findings, finding =>
    {
        json.Text("severity", DocumentWords.Of(finding.Severity));
        json.Text("code", finding.CodeText);
        json.Number("offset", finding.Offset);
        json.Text("partition", finding.Partition);
        json.Text("message", finding.Message);
    });

    public static void WriteFindings(JsonWriter json, FlashImage image, FindingArea area) =>
        WriteFindings(json, image.Findings.Where(finding => finding.Area == area));

    public static void WriteTexts(JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.StartArray(name);
        foreach (string text in texts)
            json.Text(null, text);
        json.EndArray();
    }

    public static string Sha256(byte[] bytes)
    {
        using var sha256 = SHA256.Create();
        return Hex(sha256.ComputeHash(bytes));
    }

    public static string Sha256(ReadOnlyMemory<byte> bytes) => Sha256(bytes.ToArray());

    public static string Hex(byte[] bytes) =>
        string.Concat(bytes.Select(value => value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}

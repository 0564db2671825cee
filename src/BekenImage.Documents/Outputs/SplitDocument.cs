using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The manifest of a split folder: <c>split</c> prints it and writes it beside the files.</summary>
internal static class SplitDocument
{
    public static string Render(SplitImage split, string file, bool indented) => Document.Write("split", indented, json =>
    {
        var manifest = split.Manifest;
        json.Text("file", file);
        json.Number("length", manifest.Length);
        json.Text("sha256", manifest.Sha256);
        json.Number("rotation", manifest.Rotation);
        if (manifest.Package is { } package)
            json.Text("package", Convert.ToBase64String(package));
        json.Array("files", manifest.Files, entry => WriteFile(json, entry));
        Document.WriteFindings(json, split.Findings);
    });

    private static void WriteFile(JsonWriter json, SplitFile file)
    {
        json.Text("name", file.Name);
        json.Text("role", DocumentWords.Of(file.Role));
        json.Text("partition", file.Partition);
        json.Number("offset", file.Range.Start);
        json.Number("length", file.Range.Length);
        json.Number("fileLength", file.Length);
        json.Text("sha256", file.Sha256);
        if (file.Role == SplitRole.Raw)
        {
            json.Number("tail", file.Tail);
            return;
        }
        if (file.Role == SplitRole.Part)
            return;
        json.Text("key", file.AesKey?.ToHex() ?? file.Key?.ToString());
        if (file.AesKey is not null)
            json.Text("cipher", DocumentWords.Of(file.AesVariant));
        json.Number("logicalOffset", file.LogicalStart);
        json.Number("partitionOffset", file.PartitionRange.Start);
        json.Number("partitionLength", file.PartitionRange.Length);
        json.Number("headerOffset", file.HeaderOffset);
    }
}

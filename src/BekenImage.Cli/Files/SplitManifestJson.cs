using System.Text;
using System.Text.Json;
using BekenImage.Cli.Output;
using BekenImage.Crypto;

namespace BekenImage.Cli.Files;

/// <summary>The manifest of a split folder as JSON.</summary>
internal static class SplitManifestJson
{
    public static string Render(string file, SplitImage split, bool indented = true) => Json.Document("split", indented, json =>
    {
        var manifest = split.Manifest;
        json.WriteString("file", file);
        json.WriteNumber("length", manifest.Length);
        json.WriteString("sha256", manifest.Sha256);
        json.WriteNumber("rotation", manifest.Rotation);
        json.WriteArray("files", manifest.Files, entry => WriteFile(json, entry));
        json.WriteFindings(split.Findings);
    });

    /// <exception cref="CliException">The text is no manifest.</exception>
    public static SplitManifest Read(string path, ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var files = root.GetProperty("files").EnumerateArray().Select(ReadFile).ToArray();
            if (files.Length == 0)
                throw new FormatException("files");
            return new SplitManifest(
                root.GetProperty("length").GetInt64(), root.GetProperty("rotation").GetInt32(), root.GetProperty("sha256").GetString() ?? string.Empty, files);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is not the manifest of a split folder", path);
        }
    }

    private static void WriteFile(Utf8JsonWriter json, SplitFile file)
    {
        json.WriteString("name", file.Name);
        json.WriteString("role", file.Role == SplitRole.Raw ? "raw" : "plain");
        json.WriteString("partition", file.Partition);
        json.WriteNumber("offset", file.Range.Start);
        json.WriteNumber("length", file.Range.Length);
        json.WriteNumber("fileLength", file.Length);
        json.WriteString("sha256", file.Sha256);
        if (file.Role == SplitRole.Raw)
        {
            json.WriteNumber("tail", file.Tail);
            return;
        }
        json.WriteString("key", file.Key?.ToString());
        json.WriteNumber("logicalOffset", file.LogicalStart);
        json.WriteNumber("partitionOffset", file.PartitionRange.Start);
        json.WriteNumber("partitionLength", file.PartitionRange.Length);
        json.WriteNullable("headerOffset", file.HeaderOffset);
    }

    private static SplitFile ReadFile(JsonElement json)
    {
        bool isRaw = json.GetProperty("role").GetString() == "raw";
        var file = new SplitFile(
            Text(json, "name"), isRaw ? SplitRole.Raw : SplitRole.Plain, json.GetProperty("partition").GetString(),
            Range(json, "offset", "length"), json.GetProperty("fileLength").GetInt64(), Text(json, "sha256"));
        if (isRaw)
            return file;
        if (!BekenKey.TryParse(Text(json, "key"), out var key))
            throw new FormatException("key");
        file.Key = key;
        file.LogicalStart = json.GetProperty("logicalOffset").GetInt64();
        file.PartitionRange = Range(json, "partitionOffset", "partitionLength");
        var header = json.GetProperty("headerOffset");
        file.HeaderOffset = header.ValueKind == JsonValueKind.Null ? null : header.GetInt64();
        return file;
    }

    private static FlashRange Range(JsonElement json, string start, string length) =>
        new(json.GetProperty(start).GetInt64(), json.GetProperty(length).GetInt64());

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);

    public static ReadOnlyMemory<byte> ToBytes(string json) => Encoding.UTF8.GetBytes(json + "\n");
}

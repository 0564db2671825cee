using BekenImage.Documents.Json;
using BekenImage.Formats.LittleFs;

namespace BekenImage.Documents.Outputs;

/// <summary>A LittleFS volume: <c>fs list</c>, and a part of <c>inspect</c>.</summary>
internal static class LittleFsDocument
{
    public static string Render(FlashImage image, string file, bool indented)
    {
        var volume = image.LittleFs ?? throw new BekenImageException(FindingCode.LittleFsNotFound, "there is no LittleFS in it");
        return Document.Write("fs list", indented, json =>
        {
            json.Text("file", file);
            Write(json, volume);
            Document.WriteFindings(json, image, FindingArea.LittleFs);
        });
    }

    /// <summary>The volume and its files: of a damaged file size and hash of what can be read.</summary>
    public static void Write(JsonWriter json, LittleFsVolume? volume) => json.Object("littleFs", volume, files =>
    {
        json.Number("offset", files.Offset);
        json.Number("length", files.Length);
        json.Number("blocks", files.BlockCount);
        json.Number("usedBlocks", files.UsedBlocks);
        json.Array("files", files.Files, file =>
        {
            json.Text("path", file.Path);
            json.Number("size", file.Size);
            json.Text("sha256", Document.Sha256(file.ToArray()));
            json.Boolean("complete", file.IsComplete);
        });
        Document.WriteTexts(json, "directories", files.Entries.Where(entry => entry.IsDirectory).Select(directory => directory.Path));
    });
}

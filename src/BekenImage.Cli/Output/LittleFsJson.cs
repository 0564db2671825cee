using System.Text.Json;
using BekenImage.Formats.LittleFs;

namespace BekenImage.Cli.Output;

/// <summary>A LittleFS volume as JSON.</summary>
internal static class LittleFsJson
{
    /// <summary>The volume and its files: of a damaged file size and hash of what can be read.</summary>
    public static void Write(Utf8JsonWriter json, LittleFsVolume? volume)
    {
        if (volume is null)
        {
            json.WriteNull("littleFs");
            return;
        }
        json.WriteStartObject("littleFs");
        json.WriteNumber("offset", volume.Offset);
        json.WriteNumber("length", volume.Length);
        json.WriteNumber("blocks", volume.BlockCount);
        json.WriteNumber("usedBlocks", volume.UsedBlocks);
        json.WriteArray("files", volume.Files, file =>
        {
            json.WriteString("path", file.Path);
            json.WriteNumber("size", file.Size);
            json.WriteString("sha256", ImageHash.Of(file.ToArray()));
            json.WriteBoolean("complete", file.IsComplete);
        });
        json.WriteStartArray("directories");
        foreach (var directory in volume.Entries.Where(entry => entry.IsDirectory))
            json.WriteStringValue(directory.Path);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

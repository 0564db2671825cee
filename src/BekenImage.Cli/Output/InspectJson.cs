using System.Text.Json;

namespace BekenImage.Cli.Output;

/// <summary>The document of <c>inspect --json</c>.</summary>
internal static class InspectJson
{
    public static string Render(string file, FlashImage image, bool indented, bool showSecrets) => Json.Document("inspect", indented, json =>
    {
        json.WriteString("file", file);
        json.WriteNumber("length", image.Length);
        json.WriteString("sha256", image.Sha256);
        json.WriteString("kind", Words.Of(image.Kind));
        json.WriteString("chip", Words.Of(image.Chip));
        json.WriteString("flavor", Words.Of(image.Flavor));
        json.WriteString("bootVersion", image.BootVersion);
        json.WriteString("appVersion", image.AppVersion);
        json.WriteNumber("rotation", image.Rotation);
        json.WriteNumber("physicalBase", image.PhysicalBase);
        json.WriteKey("key", image.Key);
        json.WriteArray("partitions", image.Partitions, partition => WritePartition(json, partition));
        WriteFal(json, image);
        json.WriteArray("containers", image.Containers, container => WriteContainer(json, container));
        WriteRf(json, image);
        WriteObkConfig(json, image, showSecrets);
        TuyaJson.WriteStorage(json, image.TuyaStorage);
        LittleFsJson.Write(json, image.LittleFs);
        NetJson.WriteFastConnect(json, image, showSecrets);
        NetJson.WriteFlashVars(json, image);
        json.WriteFindings(image.Findings);
    });

    private static void WritePartition(Utf8JsonWriter json, Partition partition)
    {
        json.WriteString("name", partition.Name);
        json.WriteNumber("offset", partition.Offset);
        json.WriteNumber("length", partition.Length);
        json.WriteBoolean("striped", partition.IsStriped);
        json.WriteBoolean("encrypted", partition.IsEncrypted);
        if (partition.Pages is { } pages)
        {
            json.WriteStartObject("pages");
            json.WriteNumber("valid", pages.Valid);
            json.WriteNumber("erased", pages.Erased);
            json.WriteNumber("bad", pages.Bad);
            json.WriteNumber("leadingValid", pages.LeadingValid);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("pages");
        }
        json.WriteString("source", Words.Of(partition.Source));
    }

    public static void WriteFal(Utf8JsonWriter json, FlashImage image) => json.WriteArray("fal", image.Fal?.Partitions ?? [], entry =>
    {
        json.WriteString("name", entry.Name);
        json.WriteString("flash", entry.Flash);
        json.WriteNumber("offset", entry.Offset);
        json.WriteNumber("length", entry.Length);
        json.WriteNullable("crcOk", entry.CrcOk);
    });

    public static void WriteContainer(Utf8JsonWriter json, RblContainer container)
    {
        var header = container.Header;
        json.WriteNumber("offset", container.Offset);
        json.WriteString("partition", container.Partition);
        json.WriteString("name", header.Name);
        json.WriteString("version", header.Version);
        json.WriteString("timestamp", Words.Time(header.Timestamp));
        json.WriteString("compression", Words.Of(header.Compression));
        json.WriteString("encryption", Words.Of(header.Encryption));
        json.WriteNumber("rawSize", header.RawSize);
        json.WriteNumber("packageSize", header.PackageSize);
        json.WriteBoolean("headerCrcOk", container.HeaderCrcOk);
        json.WriteNullable("payloadCrcOk", container.PayloadCrcOk);
        json.WriteNullable("hashOk", container.PayloadHashOk);
    }

    private static void WriteRf(Utf8JsonWriter json, FlashImage image)
    {
        if (image.Rf is { } rf)
        {
            json.WriteStartObject("rf");
            RfJson.WriteHead(json, rf);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("rf");
        }
        json.WriteArray("rfTables", image.RfTables, table => RfJson.WriteHead(json, table));
    }

    private static void WriteObkConfig(Utf8JsonWriter json, FlashImage image, bool showSecrets)
    {
        if (image.ObkConfig is not { } config)
        {
            json.WriteNull("obkConfig");
            return;
        }
        json.WriteStartObject("obkConfig");
        ObkJson.WriteConfig(json, config, showSecrets);
        json.WriteEndObject();
    }
}

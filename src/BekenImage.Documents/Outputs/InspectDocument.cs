using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The document of <c>inspect</c>, and its parts that <c>fal show</c> and <c>ota info</c> print.</summary>
internal static class InspectDocument
{
    public static string Render(FlashImage image, string file, bool showSecrets, bool indented) =>
        Document.Write("inspect", indented, json =>
    {
        json.Text("file", file);
        json.Number("length", image.FileLength);
        json.Text("sha256", image.Sha256);
        json.Text("kind", DocumentWords.Of(image.Kind));
        json.Text("stored", DocumentWords.Of(image.Stored));
        json.Text("member", image.Member);
        json.Array("members", image.Members, member => WriteMember(json, member));
        var findings = image.Findings;
        // What an archive is, is what is in it: from here on, and for all offsets.
        if (image is { IsArchive: true, Contained: { } inside })
        {
            image = inside;
            findings = [.. findings, .. inside.Findings];
        }
        json.Text("chip", DocumentWords.Of(image.Chip));
        json.Text("flavor", DocumentWords.Of(image.Flavor));
        json.Text("bootVersion", image.BootVersion);
        json.Text("appVersion", image.AppVersion);
        json.Number("rotation", image.Rotation);
        json.Number("physicalBase", image.PhysicalBase);
        WriteKey(json, image.Key, showSecrets);
        json.Array("partitions", image.Partitions, partition => WritePartition(json, partition));
        WriteFal(json, image);
        SecureBootDocument.Write(json, image);
        json.Array("containers", image.Containers, container => WriteContainer(json, container));
        json.Object("rf", image.Rf, rf => RfDocument.WriteHead(json, rf));
        json.Array("rfTables", image.RfTables, table => RfDocument.WriteHead(json, table));
        json.Object("obkConfig", image.ObkConfig, config => ObkDocument.WriteConfig(json, config, showSecrets));
        TuyaDocument.WriteStorage(json, image.TuyaStorage);
        LittleFsDocument.Write(json, image.LittleFs);
        WriteFastConnect(json, image, showSecrets);
        WriteFlashVars(json, image);
        Document.WriteFindings(json, findings);
    });

    private static void WriteMember(JsonWriter json, ImageMember member)
    {
        json.Text("name", member.Name);
        json.Text("kind", DocumentWords.Of(member.Kind));
        json.Number("length", member.Length);
        json.Text("problem", member.Problem);
    }

    public static void WriteFal(JsonWriter json, FlashImage image) => json.Array("fal", image.Fal?.Partitions ?? [], entry =>
    {
        json.Text("name", entry.Name);
        json.Text("flash", entry.Flash);
        json.Number("offset", entry.Offset);
        json.Number("length", entry.Length);
        json.Boolean("crcOk", entry.CrcOk);
    });

    public static void WriteContainer(JsonWriter json, RblContainer container)
    {
        var header = container.Header;
        json.Number("offset", container.Offset);
        json.Text("partition", container.Partition);
        json.Text("name", header.Name);
        json.Text("version", header.Version);
        json.Text("timestamp", DocumentWords.Time(header.Timestamp));
        json.Text("compression", DocumentWords.Of(header.Compression));
        json.Text("encryption", DocumentWords.Of(header.Encryption));
        json.Number("rawSize", header.RawSize);
        json.Number("packageSize", header.PackageSize);
        json.Boolean("headerCrcOk", container.HeaderCrcOk);
        json.Boolean("payloadCrcOk", container.PayloadCrcOk);
        json.Boolean("hashOk", container.PayloadHashOk);
    }

    private static void WriteKey(JsonWriter json, ImageKey key, bool showSecrets)
    {
        json.StartObject("key");
        json.Text("name", key.Name);
        if (key.Value is { } value)
            Document.WriteTexts(json, "coefficients", value.ToWords());
        else
            json.Null("coefficients");
        json.Text("cipher", DocumentWords.CipherOf(key));
        json.Text("hex", showSecrets ? key.Aes?.ToHex() : null);
        json.Text("source", DocumentWords.Of(key.Source));
        json.EndObject();
    }

    private static void WritePartition(JsonWriter json, Partition partition)
    {
        json.Text("name", partition.Name);
        json.Number("offset", partition.Offset);
        json.Number("length", partition.Length);
        json.Boolean("striped", partition.IsStriped);
        json.Boolean("encrypted", partition.IsEncrypted);
        if (partition.Pages is { } pages)
        {
            json.StartObject("pages");
            json.Number("valid", pages.Valid);
            json.Number("erased", pages.Erased);
            json.Number("bad", pages.Bad);
            json.Number("leadingValid", pages.LeadingValid);
            json.EndObject();
        }
        else
        {
            json.Null("pages");
        }
        json.Text("source", DocumentWords.Of(partition.Source));
    }

    private static void WriteFastConnect(JsonWriter json, FlashImage image, bool showSecrets)
    {
        string Masked(bool isThere, Func<string> reveal) => !isThere ? string.Empty : showSecrets ? reveal() : SecretMask.Text;

        json.Array("fastConnect", image.FastConnectRecords, record =>
        {
            json.Number("offset", record.Offset);
            json.Number("length", record.Length);
            json.Boolean("obfuscated", record.IsObfuscated);
            json.Number("channel", record.Channel);
            json.Number("securityType", record.SecurityType);
            json.Text("ssid", Masked(true, record.RevealSsid));
            json.Text("bssid", Masked(true, () => record.RevealBssid().ToString()));
            json.Text("passphrase", Masked(record.HasPassphrase, record.RevealPassphrase));
            json.Text("psk", Masked(record.HasPsk, record.RevealPsk));
        });
    }

    private static void WriteFlashVars(JsonWriter json, FlashImage image)
    {
        if (image.FlashVarsStore is null && image.FlashVarsJournal is null)
        {
            json.Null("flashVars");
            return;
        }
        bool isStore = image.FlashVarsStore?.Variables is not null || image.FlashVarsJournal is null;
        json.StartObject("flashVars");
        json.Number("offset", isStore ? image.FlashVarsStore!.Offset : image.FlashVarsJournal!.Offset);
        json.Text("form", isStore ? "easyflash" : "journal");
        if (isStore)
            Document.WriteTexts(json, "names", image.FlashVarsStore!.Names);
        var variables = image.FlashVarsStore?.Variables ?? image.FlashVarsJournal?.Variables;
        foreach (var field in variables?.ToFields() ?? [])
            json.Plain(field.Name, field.Value);
        json.EndObject();
    }
}

using System.Globalization;
using BekenImage.Documents.Json;
using BekenImage.Formats.Tuya;

namespace BekenImage.Documents.Outputs;

/// <summary>What Tuya's firmware left: <c>tuya show</c>, <c>extract IMAGE tuya</c>, and the storage's head in <c>inspect</c>.</summary>
internal static class TuyaDocument
{
    public static string Render(FlashImage image, string file, bool showSecrets, bool indented)
    {
        var wiring = TuyaTemplate.WiringOf(image);
        return Document.Write("tuya show", indented, json =>
        {
            json.Text("file", file);
            WriteContents(json, image.TuyaContents, showSecrets);
            WriteUserParameters(json, image.UserParameters.FirstOrDefault(), showSecrets);
            WriteWiring(json, wiring);
            Document.WriteFindings(json, image, FindingArea.Tuya);
        });
    }

    public static string Render(TuyaDescription description, string file, bool showSecrets, bool indented) => Document.Write("tuya show", indented, json =>
    {
        json.Text("file", file);
        json.Null("tuyaStorage");
        json.StartArray("protectedBlocks");
        json.EndArray();
        json.Null("fileSystem");
        json.Array("values", description.Values, value =>
        {
            json.Text("name", value.Name);
            WriteBytes(json, value.Data);
            WriteContent(json, value.Name, value.Data, value.Text, showSecrets);
        });
        json.Object("userParameters", description.UserParameters, parameters =>
        {
            json.Text("source", "json");
            json.Number("position", 0);
            // Tools sort the fields; the crc is that of another order.
            json.Null("crc");
            json.Boolean("crcOk", false);
            WriteFields(json, parameters, showSecrets);
        });
        WriteWiring(json, description.Wiring);
        Document.WriteFindings(json, description.Findings);
    });

    public static string RenderTemplate(FlashImage image, string file, bool indented) =>
        RenderTemplate(TuyaTemplate.Create(image), file, image.Findings.Where(finding => finding.Area == FindingArea.Tuya), indented);

    public static string RenderTemplate(TuyaTemplate template, string file, IEnumerable<Finding> findings, bool indented) =>
        Document.Write("tuya show", indented, json =>
        {
            json.Text("file", file);
            ObkDocument.WriteTemplate(json, template.Template);
            WriteUnmapped(json, template.Wiring);
            Document.WriteTexts(json, "notes", template.Notes);
            Document.WriteFindings(json, findings);
        });

    public static string RenderCatalogue(IReadOnlyList<TuyaCatalogEntry> entries, string file, bool indented) => Document.Write("tuya list", indented, json =>
    {
        json.Text("file", file);
        json.Array("values", entries, entry =>
        {
            json.Text("name", entry.Name);
            json.Text("place", DocumentWords.Of(entry.Place));
            json.Number("offset", entry.Offset);
            WriteBytes(json, entry.Data);
        });
        Document.WriteFindings(json, []);
    });

    public static string RenderValue(TuyaCatalogEntry entry, string file, bool showSecrets, bool indented) => Document.Write("tuya get", indented, json =>
    {
        string shown = TuyaSecrets.Show(entry.Name, entry.Data.Span, showSecrets);
        json.Text("file", file);
        json.Text("name", entry.Name);
        json.Text("place", DocumentWords.Of(entry.Place));
        json.Number("offset", entry.Offset);
        WriteBytes(json, entry.Data);
        json.Text("value", shown);
        json.Boolean("masked", shown != TuyaSecrets.Show(entry.Name, entry.Data.Span, showSecrets: true));
        Document.WriteFindings(json, []);
    });

    public static string RenderValues(FlashImage image, string file, bool showSecrets, bool indented)
    {
        var storage = image.TuyaStorage ??
            throw new BekenImageException(FindingCode.TuyaNothingToWrite, "there is no Tuya storage in it that can be deciphered");
        return Document.Write("extract", indented, json =>
        {
            json.Text("file", file);
            WriteValues(json, storage, showSecrets);
            Document.WriteFindings(json, image, FindingArea.Tuya);
        });
    }

    /// <summary>The storage as <c>inspect</c> names it: values by length and hash.</summary>
    public static void WriteStorage(JsonWriter json, TuyaStorage? storage) => json.Object("tuyaStorage", storage, values =>
    {
        json.Number("offset", values.Offset);
        json.Number("blocks", values.Blocks);
        json.Array("values", values.Values, value => WriteHead(json, value));
    });

    // The values in full: as text where they are text, else as hex.
    private static void WriteValues(JsonWriter json, TuyaStorage storage, bool showSecrets)
    {
        json.Number("offset", storage.Offset);
        json.Number("blocks", storage.Blocks);
        json.Array("values", storage.Values, value =>
        {
            WriteHead(json, value);
            WriteContent(json, value.Name, value.Data, value.Text, showSecrets);
        });
    }

    private static void WriteContents(JsonWriter json, TuyaContents contents, bool showSecrets)
    {
        json.Object("tuyaStorage", contents.Storage, storage => WriteValues(json, storage, showSecrets));
        json.Array("protectedBlocks", contents.ProtectedBlocks, block =>
        {
            json.Number("offset", block.Offset);
            json.Number("generation", block.Generation);
            json.Array("entries", block.Entries, entry =>
            {
                json.Text("name", entry.Name);
                WriteBytes(json, entry.Data);
                WriteContent(json, entry.Name, entry.Data, entry.Text, showSecrets);
            });
        });
        json.Object("fileSystem", contents.FileSystem, files =>
        {
            json.Number("offset", files.Offset);
            json.Array("files", files.Files, file =>
            {
                json.Text("name", file.Name);
                WriteBytes(json, file.Data);
                WriteContent(json, file.Name, file.Data, file.Text, showSecrets);
            });
        });
    }

    private static void WriteUserParameters(JsonWriter json, TuyaFoundUserParameters? parameters, bool showSecrets) =>
        json.Object("userParameters", parameters, found =>
        {
            json.Text("source", DocumentWords.Of(found.Source));
            json.Number("position", found.Position);
            json.Number("crc", found.Parameters.StoredCrc);
            json.Boolean("crcOk", found.Parameters.CrcOk);
            WriteFields(json, found.Parameters, showSecrets);
        });

    private static void WriteFields(JsonWriter json, TuyaUserParameters parameters, bool showSecrets) => json.Array("fields", parameters.Fields, field =>
    {
        json.Text("name", field.Name);
        json.Text("value", showSecrets ? field.Value : TuyaSecrets.Mask(field));
    });

    private static void WriteUnmapped(JsonWriter json, TuyaWiring wiring) => json.Array("unmappedPins", wiring.UnmappedPins, pin =>
    {
        json.Number("gpio", pin.Gpio);
        json.Text("field", pin.Field);
        json.Text("meaning", pin.Meaning);
        json.Text("text", pin.ToString());
    });

    private static void WriteWiring(JsonWriter json, TuyaWiring wiring)
    {
        json.StartObject("wiring");
        json.Text("module", wiring.Module);
        json.Text("chip", wiring.Chip);
        json.Boolean("tuyaMcu", wiring.IsTuyaMcu);
        json.StartObject("pins");
        foreach (var pin in wiring.Pins)
            json.Text(pin.Gpio.ToString(CultureInfo.InvariantCulture), pin.ToString());
        json.EndObject();
        WriteUnmapped(json, wiring);
        json.Number("flags", wiring.Flags);
        Document.WriteTexts(json, "startupCommands", wiring.StartupCommands);
        Document.WriteTexts(json, "notes", wiring.Notes);
        Document.WriteTexts(json, "unusedFields", wiring.UnusedFields.Select(field => field.Name));
        json.EndObject();
    }

    private static void WriteHead(JsonWriter json, TuyaValue value)
    {
        json.Text("name", value.Name);
        json.Number("length", value.StoredLength);
        json.Boolean("sumOk", value.SumOk);
        json.Text("sha256", Document.Sha256(value.Data));
    }

    private static void WriteBytes(JsonWriter json, ReadOnlyMemory<byte> data)
    {
        json.Number("length", data.Length);
        json.Text("sha256", Document.Sha256(data));
    }

    private static void WriteContent(JsonWriter json, string name, ReadOnlyMemory<byte> data, string? text, bool showSecrets) =>
        json.Text(text is null ? "hex" : "text", TuyaSecrets.Show(name, data.Span, showSecrets));
}

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

    public static string RenderTemplate(FlashImage image, string file, bool indented)
    {
        var template = TuyaTemplate.Create(image).Template;
        return Document.Write("tuya show", indented, json =>
        {
            json.Text("file", file);
            ObkDocument.WriteTemplate(json, template);
            Document.WriteFindings(json, image, FindingArea.Tuya);
        });
    }

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
            json.Array("fields", found.Parameters.Fields, field =>
            {
                json.Text("name", field.Name);
                json.Text("value", showSecrets ? field.Value : TuyaSecrets.Mask(field));
            });
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

using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Output;

/// <summary>What Tuya's firmware left, as JSON. Secrets in values are masked unless asked for.</summary>
internal static class TuyaJson
{
    /// <summary>The storage as <c>inspect</c> names it: values by length and hash.</summary>
    public static void WriteStorage(Utf8JsonWriter json, TuyaStorage? storage)
    {
        if (storage is null)
        {
            json.WriteNull("tuyaStorage");
            return;
        }
        json.WriteStartObject("tuyaStorage");
        json.WriteNumber("offset", storage.Offset);
        json.WriteNumber("blocks", storage.Blocks);
        json.WriteArray("values", storage.Values, value => WriteHead(json, value));
        json.WriteEndObject();
    }

    /// <summary>The storage with its values in full: as text where they are text, else as hex.</summary>
    public static void WriteValues(Utf8JsonWriter json, TuyaStorage storage, bool showSecrets)
    {
        json.WriteNumber("offset", storage.Offset);
        json.WriteNumber("blocks", storage.Blocks);
        json.WriteArray("values", storage.Values, value =>
        {
            WriteHead(json, value);
            WriteContent(json, value.Name, value.Data.Span, value.Text, showSecrets);
        });
    }

    public static void WriteContents(Utf8JsonWriter json, TuyaContents contents, bool showSecrets)
    {
        if (contents.Storage is { } storage)
        {
            json.WriteStartObject("tuyaStorage");
            WriteValues(json, storage, showSecrets);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("tuyaStorage");
        }
        json.WriteArray("protectedBlocks", contents.ProtectedBlocks, block =>
        {
            json.WriteNumber("offset", block.Offset);
            json.WriteNumber("generation", block.Generation);
            json.WriteArray("entries", block.Entries, entry =>
            {
                json.WriteString("name", entry.Name);
                WriteBytes(json, entry.Data.Span);
                WriteContent(json, entry.Name, entry.Data.Span, TuyaValueText.Of(entry.Data.Span), showSecrets);
            });
        });
        WriteFiles(json, contents.FileSystem, showSecrets);
    }

    public static void WriteUserParameters(Utf8JsonWriter json, TuyaFoundUserParameters? found, bool showSecrets)
    {
        if (found is null)
        {
            json.WriteNull("userParameters");
            return;
        }
        json.WriteStartObject("userParameters");
        json.WriteString("source", TuyaValueText.Source(found.Source));
        json.WriteNumber("position", found.Position);
        json.WriteNullable("crc", found.Parameters.StoredCrc);
        json.WriteBoolean("crcOk", found.Parameters.CrcOk);
        json.WriteArray("fields", found.Parameters.Fields, field =>
        {
            json.WriteString("name", field.Name);
            json.WriteString("value", TuyaValueText.Field(field, showSecrets));
        });
        json.WriteEndObject();
    }

    public static void WriteWiring(Utf8JsonWriter json, TuyaWiring wiring)
    {
        json.WriteStartObject("wiring");
        json.WriteString("module", wiring.Module);
        json.WriteString("chip", wiring.Chip);
        json.WriteBoolean("tuyaMcu", wiring.IsTuyaMcu);
        json.WriteStartObject("pins");
        foreach (var pin in wiring.Pins)
            json.WriteString(pin.Gpio.ToString(System.Globalization.CultureInfo.InvariantCulture), pin.ToString());
        json.WriteEndObject();
        json.WritePlain("startupCommands", wiring.StartupCommands);
        json.WritePlain("notes", wiring.Notes);
        json.WritePlain("unusedFields", wiring.UnusedFields.Select(field => field.Name));
        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, UfFileSystem? files, bool showSecrets)
    {
        if (files is null)
        {
            json.WriteNull("fileSystem");
            return;
        }
        json.WriteStartObject("fileSystem");
        json.WriteNumber("offset", files.Offset);
        json.WriteArray("files", files.Files, file =>
        {
            json.WriteString("name", file.Name);
            WriteBytes(json, file.Data.Span);
            WriteContent(json, file.Name, file.Data.Span, TuyaValueText.Of(file.Data.Span), showSecrets);
        });
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, TuyaValue value)
    {
        json.WriteString("name", value.Name);
        json.WriteNumber("length", value.StoredLength);
        json.WriteBoolean("sumOk", value.SumOk);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(value.Data.Span)));
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        json.WriteNumber("length", data.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(data)));
    }

    private static void WriteContent(Utf8JsonWriter json, string name, ReadOnlySpan<byte> data, string? text, bool showSecrets)
    {
        if (text is not null)
            json.WriteString("text", showSecrets ? text : TuyaValueText.Mask(name, text));
        else
            json.WriteString("hex", showSecrets ? Convert.ToHexStringLower(data) : TuyaValueText.MaskHex(name, data));
    }
}

using System.Text;
using System.Text.Json;

namespace BekenImage.Cli.Output;

/// <summary>
/// JSON documents. The default encoder stays: it escapes control characters, so text from an image reaches a terminal harmless.
/// </summary>
internal static class Json
{
    public const int Schema = 1;

    /// <summary>Writes one document: an object that begins with the schema and the verb.</summary>
    public static string Document(string verb, bool indented, Action<Utf8JsonWriter> write) => Object(indented, json =>
    {
        json.WriteNumber("schema", Schema);
        json.WriteString("verb", verb);
        write(json);
    });

    /// <summary>What an input gets that cannot be read.</summary>
    public static string ErrorDocument(string verb, string? file, CliException error, bool indented) => Document(verb, indented, json =>
    {
        json.WriteString("file", file);
        json.WriteStartObject("error");
        json.WriteString("code", Finding.ToText(error.Code));
        json.WriteString("message", error.Message);
        json.WriteNullable("offset", error.Offset);
        json.WriteEndObject();
        json.WriteFindings([]);
    });

    public static string Object(bool indented, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void WriteNullable(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
            json.WriteBoolean(name, known);
        else
            json.WriteNull(name);
    }

    public static void WriteNullable(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>An array of objects.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteFindings(this Utf8JsonWriter json, IEnumerable<Finding> findings) => json.WriteArray("findings", findings, finding =>
    {
        json.WriteString("severity", Words.Of(finding.Severity));
        json.WriteString("code", finding.CodeText);
        json.WriteNullable("offset", finding.Offset);
        json.WriteString("partition", finding.Partition);
        json.WriteString("message", finding.Message);
    });

    public static void WriteKey(this Utf8JsonWriter json, string name, ImageKey key)
    {
        json.WriteStartObject(name);
        json.WriteString("name", key.Name);
        if (key.Value is { } value)
        {
            json.WriteStartArray("coefficients");
            foreach (string word in value.ToWords())
                json.WriteStringValue(word);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("coefficients");
        }
        json.WriteString("source", Words.Of(key.Source));
        json.WriteEndObject();
    }
}

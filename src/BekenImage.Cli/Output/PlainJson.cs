using System.Collections;
using System.Text.Json;

namespace BekenImage.Cli.Output;

/// <summary>Plain values of the library (texts, numbers, lists, maps as lists of pairs) as JSON, and JSON as such values.</summary>
internal static class PlainJson
{
    public static void WritePlain(this Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WritePlainValue(value);
    }

    public static object? ToPlain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long number) ? number : element.TryGetUInt64(out ulong large) ? large : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(ToPlain).ToList(),
        JsonValueKind.Object => ToMembers(element),
        _ => null,
    };

    public static List<NamedValue> ToMembers(JsonElement element) =>
        element.EnumerateObject().Select(member => new NamedValue(member.Name, ToPlain(member.Value))).ToList();

    private static void WritePlainValue(this Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong large:
                json.WriteNumberValue(large);
                break;
            case double real:
                json.WriteNumberValue(real);
                break;
            case IEnumerable<NamedValue> map:
                json.WriteStartObject();
                foreach (var member in map)
                    json.WritePlain(member.Name, member.Value);
                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                    json.WritePlainValue(item);
                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException("A value of an unknown kind.");
        }
    }
}

using System.Text.Json;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Output;

/// <summary>OpenBeken's configuration as JSON: what <c>obk show</c> prints and <c>obk set --json</c> takes.</summary>
internal static class ObkJson
{
    public static void WriteConfig(Utf8JsonWriter json, ObkConfig config, bool showSecrets)
    {
        json.WriteNumber("offset", config.Offset);
        json.WriteNumber("version", config.Version);
        json.WriteBoolean("crcOk", config.ChecksumOk);
        var fields = config.ToFields(showSecrets);
        // The start-up command first, where a reader looks for it; the others in stored order.
        json.WritePlain("startupCommand", fields.First(field => field.Name == "startupCommand").Value);
        foreach (var field in fields.Where(field => field.Name is not ("version" or "startupCommand")))
            json.WritePlain(field.Name, field.Value);
    }

    public static string Template(ObkDeviceTemplate template) => Json.Object(indented: true, json => WriteTemplate(json, template));

    public static void WriteTemplate(Utf8JsonWriter json, ObkDeviceTemplate template)
    {
        foreach (var member in template.ToMembers())
            json.WritePlain(member.Name, member.Value);
    }

    /// <summary>A plain value for people, on one line.</summary>
    public static string ToText(object? value) => value switch
    {
        string text => text,
        IEnumerable<NamedValue> map => string.Join(", ", map.Select(entry => $"{entry.Name}={ToText(entry.Value)}")),
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select(ToText)),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}

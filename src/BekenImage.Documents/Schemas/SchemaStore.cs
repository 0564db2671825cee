using System.Text;
using BekenImage.Documents.Json;

namespace BekenImage.Documents.Schemas;

/// <summary>
/// Schemas out of the embedded files: what several documents share stands once, in <c>common.json</c>, and goes into the <c>$defs</c> of
/// each schema that refers to it.
/// </summary>
internal static class SchemaStore
{
    private const string Common = "common.json";
    private const string Reference = "#/$defs/";

    private static readonly Lazy<string[]> AllNames = new(() => typeof(SchemaStore).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".json", StringComparison.Ordinal) && name != Common)
        .Select(name => name.Substring(0, name.Length - ".json".Length).Replace('-', ' '))
        .OrderBy(name => name, StringComparer.Ordinal).ToArray());

    public static IReadOnlyList<string> Names => AllNames.Value;

    public static string Read(string name)
    {
        if (!AllNames.Value.Contains(name))
            throw new ArgumentException($"There is no schema '{name}'; there are {string.Join(", ", AllNames.Value)}.", nameof(name));
        var schema = Load(name.Replace(' ', '-') + ".json");
        var parts = Load(Common);
        var needed = new List<string>();
        Collect(schema, parts, needed);
        if (needed.Count > 0)
            schema.Add(new("$defs", parts.Where(part => needed.Contains(part.Name)).ToList()));
        var json = new JsonWriter(indented: true);
        json.Plain(null, schema);
        return json.ToString();
    }

    private static void Collect(object? value, List<NamedValue> parts, List<string> needed)
    {
        if (value is List<object?> list)
        {
            foreach (object? item in list)
                Collect(item, parts, needed);
        }
        else if (value is List<NamedValue> members)
        {
            foreach (var member in members)
            {
                Collect(member.Value, parts, needed);
                if (member.Name != "$ref" || member.Value is not string text || !text.StartsWith(Reference, StringComparison.Ordinal))
                    continue;
                string part = text.Substring(Reference.Length);
                if (needed.Contains(part))
                    continue;
                needed.Add(part);
                Collect(parts.Find(candidate => candidate.Name == part).Value, parts, needed);
            }
        }
    }

    private static List<NamedValue> Load(string resource)
    {
        using var stream = typeof(SchemaStore).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (List<NamedValue>)JsonReader.Read(reader.ReadToEnd())!;
    }
}

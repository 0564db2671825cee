using BekenImage.Documents.Json;

namespace BekenImage.Documents.Inputs;

/// <summary>The members of a JSON object, asked for by name and type; what does not fit is one sentence.</summary>
/// <param name="members">The members.</param>
/// <param name="place">How messages begin: <c>"entry 3"</c>; empty for the document itself.</param>
internal sealed class PlainObject(List<NamedValue> members, string place = "")
{
    public IReadOnlyList<NamedValue> Members => members;

    public static PlainObject Read(ReadOnlySpan<byte> utf8) => Of(JsonReader.Read(utf8));

    public static PlainObject Read(string json) => Of(JsonReader.Read(json ?? throw new ArgumentNullException(nameof(json))));

    /// <summary>A document that other tools and people write: of a name that stands twice in one object the last counts, and a finding says so.</summary>
    public static PlainObject ReadForeign(string json, List<Finding> findings)
    {
        var repeated = new List<string>();
        var document = Of(JsonReader.Read(json ?? throw new ArgumentNullException(nameof(json)), repeated));
        findings.AddRange(repeated.Select(name => new Finding(FindingSeverity.Warning, FindingCode.JsonNameTwice,
            $"the name '{name}' stands twice in one object; the last one counts, as it does for other readers")));
        return document;
    }

    public static PlainObject Of(object? value, string place = "") => value is List<NamedValue> members
        ? new PlainObject(members, place)
        : throw Unfit(place.Length == 0 ? "it is JSON, but no object in braces" : place + " is no object in braces");

    public static BekenImageException Unfit(string message) => new(FindingCode.WrongKind, message);

    /// <summary>The value of the first of these names that has one; null where none has.</summary>
    public object? Find(params string[] names) =>
        names.Select(name => members.Find(member => member.Name == name).Value).FirstOrDefault(value => value is not null);

    /// <summary>The objects of a list, or null where there is no list or an empty one.</summary>
    public IReadOnlyList<PlainObject>? Objects(string word, params string[] names) => Find(names) is List<object?> { Count: > 0 } list
        ? list.Select((item, index) => Of(item, FormattableString.Invariant($"{word} {index}"))).ToArray()
        : null;

    /// <summary>True for a list that is there and has nothing in it.</summary>
    public bool IsEmptyList(string name) => Find(name) is List<object?> { Count: 0 };

    public string? Text(string name) => Find(name) as string;

    /// <summary>A number as such, or as a text (decimal, <c>0x…</c>, <c>68K</c>); null for anything else, and for negative ones.</summary>
    public long? Number(params string[] names) => Find(names) switch
    {
        long number when number >= 0 => number,
        double number when number is >= 0 and <= uint.MaxValue && Math.Floor(number).Equals(number) => (long)number,
        string text when NumberText.TryParse(text.Trim(), out long number) => number,
        _ => null,
    };

    /// <summary>A number up to the largest image.</summary>
    public int Place(string unit, params string[] names) => Number(names) is { } number and <= FlashImage.MaximumLength
        ? (int)number
        : throw Unfit($"{place}: '{names[0]}' is a number up to 64M: decimal, 0x…, or {unit}");

    public BekenImageException UnfitHere(string message) => Unfit(place + message);
}

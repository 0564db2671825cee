namespace BekenImage.Documents.Inputs;

/// <summary>The JSON of the vendor's packager.</summary>
internal static class PackagerInput
{
    public static IReadOnlyList<PackagerSection> Read(PlainObject document) =>
        (document.Objects("section", "section") ?? throw PlainObject.Unfit("it has no list 'section'; the packager's JSON is needed"))
        .Select(ReadSection).ToArray();

    private static PackagerSection ReadSection(PlainObject section) => new(
        Name(section, "firmware"), Name(section, "partition"), section.Text("version") ?? string.Empty, section.Place("68K", "start_addr"),
        section.Place("68K", "size"));

    private static string Name(PlainObject section, string name) =>
        section.Text(name) is { Length: > 0 } text ? text : throw section.UnfitHere($" has no text '{name}'");
}

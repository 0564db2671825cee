namespace BekenImage.Documents.Inputs;

/// <summary><c>pack.json</c> of beken_utils: each member is a list of partitions.</summary>
internal static class PackListingInput
{
    private const int MostPartitions = 256;

    public static bool IsListing(PlainObject document) => document.Find("section") is null && document.Members.Any(member => member.Value is List<object?>);

    public static IReadOnlyList<PackListing> Read(PlainObject document)
    {
        if (document.Members.Count == 0)
            throw PlainObject.Unfit("it names no file; pack.json lists the partitions of each, as \"all-app.bin\": [\"bl2\", \"partition\"]");
        return document.Members.Select(member => new PackListing(member.Name, Names(member))).ToArray();
    }

    private static string[] Names(NamedValue member)
    {
        if (member.Value is not List<object?> { Count: <= MostPartitions } list)
            throw PlainObject.Unfit($"'{member.Name}' is no list of partitions");
        return list.Select(name => name as string is { Length: > 0 } text ? text : throw PlainObject.Unfit($"'{member.Name}' lists what is no name of a partition")).ToArray();
    }
}

using BekenImage.Cli.Commands;

namespace BekenImage.Cli.Files;

/// <summary>
/// The JSON of the vendor's packager: a list <c>section</c> of objects with <c>firmware</c> (a path, counted from the JSON's folder),
/// <c>version</c>, <c>partition</c>, <c>start_addr</c> and <c>size</c>. Other members, such as <c>magic</c> and <c>count</c>, mean nothing.
/// </summary>
internal sealed class PackagerConfig
{
    private PackagerConfig(IReadOnlyList<PackagerSection> sections)
    {
        Sections = sections;
    }

    public IReadOnlyList<PackagerSection> Sections { get; }

    public static PackagerConfig Read(string file)
    {
        var members = JsonFile.Read(file);
        if (Member(members, "section") is not List<object?> list || list.Count == 0)
            throw Unfit(file, "it has no list 'section'; the packager's JSON is needed");
        return new PackagerConfig(list.Select((item, index) => ReadSection(file, item, index)).ToArray());
    }

    private static PackagerSection ReadSection(string file, object? item, int index)
    {
        if (item is not List<NamedValue> members)
            throw Unfit(file, FormattableString.Invariant($"section {index} is no object in braces"));
        string firmware = Name("firmware");
        return new PackagerSection(
            Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, firmware), Name("partition"), Member(members, "version") as string ?? string.Empty,
            Number("start_addr"), Number("size"));

        string Name(string name) => Member(members, name) is string { Length: > 0 } text
            ? text
            : throw Unfit(file, FormattableString.Invariant($"section {index} has no text '{name}'"));

        int Number(string name) => JsonNumber.Read(Member(members, name)) is { } number and <= FlashImage.MaximumLength
            ? (int)number
            : throw Unfit(file, FormattableString.Invariant($"section {index}: '{name}' is a number up to 64M: decimal, 0x…, or 68K"));
    }

    private static object? Member(List<NamedValue> members, string name) => members.Find(member => member.Name == name).Value;

    private static CliException Unfit(string file, string message) => new(ExitCodes.BadInput, FindingCode.WrongKind, message, file);
}

/// <summary>One section of the packager's JSON.</summary>
internal sealed record PackagerSection(string Firmware, string Partition, string Version, int Start, int Size);

/// <summary>Numbers in the JSON of the vendor's tools: as such, or as a text (decimal, <c>0x…</c>, <c>68K</c>).</summary>
internal static class JsonNumber
{
    /// <summary>Null for what is no number, or a negative one.</summary>
    public static long? Read(object? value) => value switch
    {
        long number when number >= 0 => number,
        double number when number is >= 0 and <= uint.MaxValue && Math.Floor(number) == number => (long)number,
        string text when CommonOptions.TryParseNumber(text.Trim(), out long number) => number,
        _ => null,
    };
}

using BekenImage.Formats.Fal;

namespace BekenImage.Cli.Files;

/// <summary>
/// A partition table as JSON: rt_partition_tool's list <c>part_table</c> of objects with <c>name</c>, <c>flash_name</c>, <c>offset</c> and
/// <c>len</c>; or the list <c>fal</c> that <c>fal show --json</c> and <c>inspect --json</c> print, with <c>flash</c> and <c>length</c>.
/// Numbers may be texts (decimal, <c>0x…</c>, <c>64K</c>). Offset and length are logical for <c>beken_onchip_crc</c>, else physical. Other
/// members, such as <c>magic</c> and <c>crcOk</c>, mean nothing.
/// </summary>
internal static class PartitionTableFile
{
    private const int MaximumText = 24;
    private const string FlashPrefix = "beken_";

    public static IReadOnlyList<FalPartition> Read(string file)
    {
        var members = JsonFile.Read(file);
        if ((Member(members, "part_table") ?? Member(members, "fal")) is not List<object?> list || list.Count == 0)
            throw Unfit(file, "it has no list 'part_table' (or 'fal'); rt_partition_tool's JSON is needed");
        return list.Select((item, index) => ReadEntry(file, item, index)).ToArray();
    }

    private static FalPartition ReadEntry(string file, object? item, int index)
    {
        if (item is not List<NamedValue> members)
            throw Unfit(file, FormattableString.Invariant($"entry {index} is no object in braces"));
        string name = Name("name", "name"), flash = Name("flash_name", "flash");
        if (!flash.StartsWith(FlashPrefix, StringComparison.Ordinal))
            throw Unfit(file, FormattableString.Invariant($"entry {index}: the flash is beken_onchip_crc or beken_onchip"));
        return new FalPartition(name, flash, Number("offset", "offset"), Number("len", "length"));

        string Name(string first, string second) =>
            (Member(members, first) ?? Member(members, second)) is string { Length: > 0 and <= MaximumText } text && text.All(character => character is >= ' ' and <= '~')
                ? text
                : throw Unfit(file, FormattableString.Invariant($"entry {index}: '{first}' is a text of 1 to {MaximumText} ASCII characters"));

        uint Number(string first, string second) => JsonNumber.Read(Member(members, first) ?? Member(members, second)) is { } number and <= FlashImage.MaximumLength
            ? (uint)number
            : throw Unfit(file, FormattableString.Invariant($"entry {index}: '{first}' is a number up to 64M: decimal, 0x…, or 64K"));
    }

    private static object? Member(List<NamedValue> members, string name) => members.Find(member => member.Name == name).Value;

    private static CliException Unfit(string file, string message) => new(ExitCodes.BadInput, FindingCode.WrongKind, message, file);
}

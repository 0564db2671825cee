using BekenImage.Formats.Fal;

namespace BekenImage.Documents.Inputs;

/// <summary>A partition table: rt_partition_tool's list, or the one that <c>fal show</c> prints.</summary>
internal static class PartitionTableInput
{
    private const int MaximumText = 24;
    private const string FlashPrefix = "beken_";

    public static IReadOnlyList<FalPartition> Read(PlainObject document) =>
        (document.Objects("entry", "part_table", "fal") ??
            throw PlainObject.Unfit("it has no list 'part_table' (or 'fal'); rt_partition_tool's JSON is needed"))
        .Select(ReadEntry).ToArray();

    private static FalPartition ReadEntry(PlainObject entry)
    {
        string name = Name(entry, "name"), flash = Name(entry, "flash_name", "flash");
        if (!flash.StartsWith(FlashPrefix, StringComparison.Ordinal))
            throw entry.UnfitHere(": the flash is beken_onchip_crc or beken_onchip");
        return new FalPartition(name, flash, (uint)entry.Place("64K", "offset"), (uint)entry.Place("64K", "len", "length"));
    }

    private static string Name(PlainObject entry, params string[] names) =>
        entry.Find(names) is string { Length: > 0 and <= MaximumText } text && text.All(character => character is >= ' ' and <= '~')
            ? text
            : throw entry.UnfitHere(FormattableString.Invariant($": '{names[0]}' is a text of 1 to {MaximumText} ASCII characters"));
}

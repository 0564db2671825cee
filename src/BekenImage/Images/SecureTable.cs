using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// The partition table of an image under secure boot, in a sector of its own: raw since 2023, before that in pages and enciphered like code.
/// It names itself, which is how it is found; nothing else says where it lies.
/// </summary>
internal sealed class SecureTable
{
    // It lies behind the first bootloader; all that were met are within the first 100 KiB.
    private const int LastPlace = 0x40000;

    private SecureTable(SecurePartitionTable table, long offset)
    {
        Table = table;
        Offset = offset;
    }

    public SecurePartitionTable Table { get; }

    /// <summary>Where its partition begins; physical.</summary>
    public long Offset { get; }

    /// <summary>The table as raw bytes, which are the same under every cipher.</summary>
    public static SecureTable? FindRaw(ReadOnlyMemory<byte> flash)
    {
        foreach (var sector in Sectors(flash))
        {
            if (Read(sector.Of(flash), sector.Start) is { } table)
                return table;
        }
        return null;
    }

    /// <summary>The table in pages, under a cipher.</summary>
    public static SecureTable? FindInPages(ReadOnlyMemory<byte> flash, CodeCipher cipher)
    {
        foreach (var sector in Sectors(flash))
        {
            var first = new PhysicalAddress(sector.Start).RoundUpToPage();
            if (first.Value + FlashPages.PageSize > sector.End || FlashPages.Check(flash.Span.Slice((int)first.Value, FlashPages.PageSize)).Valid == 0)
                continue;
            byte[] plain = new ProgramStorage(isPaged: true, cipher).Decode(
                FlashRange.FromBounds(first.Value, sector.End).Of(flash).Span, (uint)first.ToLogical().Value);
            if (Read(plain, sector.Start) is { } table)
                return table;
        }
        return null;
    }

    /// <summary>Where its programs lie, as far as the image holds them.</summary>
    public IEnumerable<FlashRange> Programs(ReadOnlyMemory<byte> flash) => Table.Partitions
        .Where(record => IsInPages(record, flash))
        .Select(record => record.PhysicalRange.Intersect(new FlashRange(0, flash.Length)));

    /// <summary>
    /// True for a partition that lies in pages: the table says that it is code or under the flash's cipher, or its first bytes are pages. One
    /// without a page in it is none, whatever the table says: page CRCs may be off.
    /// </summary>
    public bool IsInPages(SecurePartition record, ReadOnlyMemory<byte> flash)
    {
        var range = record.PhysicalRange.Intersect(new FlashRange(0, flash.Length));
        var first = new PhysicalAddress(range.Start).RoundUpToPage();
        if (first.Value + FlashPages.PageSize > range.End)
            return false;
        var code = FlashRange.FromBounds(first.Value, range.End).Of(flash).Span;
        if (ByteRuns.IsErased(code))
            return Table.IsCode(record) == true;
        return (Table.IsCode(record) != false || record.IsFlashEncrypted || record.Name == "partition") && PagedFile.IsPaged(code);
    }

    private static IEnumerable<FlashRange> Sectors(ReadOnlyMemory<byte> flash)
    {
        for (long at = 0; at < Math.Min(flash.Length, LastPlace); at += FlashGeometry.SectorSize)
            yield return new FlashRange(at, Math.Min(FlashGeometry.SectorSize, flash.Length - at));
    }

    private static SecureTable? Read(ReadOnlyMemory<byte> plain, long offset) =>
        SecurePartitionTable.TryRead(plain, out var table, offset) && table.Partitions.Any(record => record.Name == "partition" && record.Offset == offset)
            ? new SecureTable(table, offset) : null;
}

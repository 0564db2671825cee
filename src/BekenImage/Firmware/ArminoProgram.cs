using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>One program of a firmware for an Armino chip. Its addresses are compiled in, so that it runs in one place only.</summary>
internal sealed class ArminoProgram
{
    private readonly ReadOnlyMemory<byte> _plain;
    private readonly ReadOnlyMemory<byte> _pages;

    /// <param name="name">Its partition.</param>
    /// <param name="plain">Its bytes, and what fills its place behind it.</param>
    /// <param name="pages">The same as it is stored; empty where it is stored without page CRCs.</param>
    /// <param name="logicalStart">Where it lies to the CPU.</param>
    /// <param name="offset">Where it begins in its file; null where it was packed.</param>
    public ArminoProgram(string name, ReadOnlyMemory<byte> plain, ReadOnlyMemory<byte> pages, long logicalStart, long? offset)
    {
        Name = name;
        _plain = plain;
        _pages = pages;
        LogicalStart = logicalStart;
        Offset = offset;
        int used = plain.Length;
        while (used > 0 && plain.Span[used - 1] == 0xFF)
            used--;
        Used = used;
    }

    /// <summary>The same, out of a package: it has no place in the file.</summary>
    public ArminoProgram Packed() => new(Name, _plain, _pages, LogicalStart, offset: null);

    public string Name { get; }

    public long LogicalStart { get; }

    public long? Offset { get; }

    /// <summary>True where its pages are there as flash will hold them.</summary>
    public bool IsPaged => !_pages.IsEmpty;

    /// <summary>False where nothing in it tells where it is linked: then its own image's table is all there is to go by.</summary>
    public bool HasVectors => CortexVectors.Match(_plain.Span);

    /// <summary>Bytes of it, without what is 0xFF behind them.</summary>
    public int Used { get; }

    /// <summary>The logical address where a loader's table has a program begin: that of the first whole page.</summary>
    public static long StartOf(FalPartition place) => new PhysicalAddress(place.PhysicalRange.Start).RoundUpToPage().ToLogical().Value;

    /// <summary>Why it does not run in a place of the device; null where nothing contradicts.</summary>
    /// <param name="place">The entry of the device's table.</param>
    public AppObstacle? CheckLink(FalPartition place)
    {
        long start = StartOf(place);
        long at = place.PhysicalRange.Start;
        if (LogicalStart != start)
        {
            return new(FindingCode.AddressUnknown, FormattableString.Invariant(
                $"the firmware's '{Name}' lies at logical 0x{LogicalStart:x}, the device's table has it at logical 0x{start:x}; its addresses are compiled in"), at);
        }
        if (!HasVectors)
            return null;
        uint reset = CortexVectors.ResetOf(_plain.Span);
        return reset >= start && reset < start + Used ? null : new(FindingCode.AddressUnknown, FormattableString.Invariant(
            $"the firmware's '{Name}' starts at logical 0x{reset:x}, outside of the logical 0x{start:x}..0x{start + Used:x} it would lie in on the device; it is linked for another place"), at);
    }

    /// <summary>Whether it is too long for its place; null where it fits.</summary>
    public AppObstacle? CheckSize(FalPartition place)
    {
        long needed = PageGrid.StoredLength(Used);
        long room = Room(place.PhysicalRange);
        return needed <= room ? null : new(FindingCode.AppTooLarge, FormattableString.Invariant(
            $"the firmware's '{Name}' needs 0x{needed:x} bytes, the device's partition has 0x{room:x}"), place.PhysicalRange.Start, needed, room);
    }

    /// <summary>The bytes of its partition: its pages, as many of those that fill the place as fit, the rest erased.</summary>
    /// <param name="place">Where it goes; it fits.</param>
    public byte[] ToSlot(FlashRange place)
    {
        byte[] slot = ByteRuns.Erased(place.Length);
        int start = (int)(place.Length - Room(place));
        var content = Content(place);
        content.CopyTo(slot.AsMemory(start));
        return slot;
    }

    /// <summary>Where its last page ends in a partition.</summary>
    public long EndIn(FlashRange place) => place.End - Room(place) + Content(place).Length;

    private ReadOnlyMemory<byte> Content(FlashRange place)
    {
        var pages = _pages;
        if (pages.IsEmpty)
        {
            byte[] whole = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(_plain.Length)), _plain.Span);
            pages = RblWriter.ToPages(whole);
        }
        long fitting = Room(place) / FlashPages.PageSize * FlashPages.PageSize;
        return pages.Slice(0, (int)Math.Min(pages.Length, fitting));
    }

    private static long Room(FlashRange place) => place.End - new PhysicalAddress(place.Start).RoundUpToPage().Value;
}

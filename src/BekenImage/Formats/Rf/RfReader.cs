using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Rf;

/// <summary>Reads RF tables. Content never throws in <c>TryRead</c>.</summary>
public static class RfReader
{
    /// <summary>Reads the table at the start of a sector.</summary>
    /// <param name="sector">Bytes from the start of the sector; what lies behind 4096 bytes is ignored, at the end of a file there may be fewer.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the table and in findings.</param>
    /// <param name="findings">Receives what is odd, or null. Bytes that are no RF table at all give no finding.</param>
    /// <param name="table">The table, or null.</param>
    /// <returns>
    /// False when this is no RF table (another root tag, or no group TXID first: NET_PARAM), or one whose lengths do not fit: then there
    /// is a finding <see cref="FindingCode.RfTableDamaged"/>. True also for a table without a usable MAC or without calibration; ask
    /// <see cref="RfTable.IsUsable"/> and <see cref="RfTable.IsCalibrated"/>.
    /// </returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out RfTable? table)
    {
        table = null;
        if (sector.Length > FlashGeometry.SectorSize)
            sector = sector.Slice(0, FlashGeometry.SectorSize);
        var reader = new SpanReader(sector.Span);
        if (!reader.TryReadUInt32(out uint root) || root != RfTags.Root ||
            !reader.TryReadUInt32(out uint length) ||
            !reader.TryReadUInt32(out uint first) || first != RfTags.ChipGroup)
            return false;
        if (length > sector.Length - RfTable.HeaderSize)
        {
            AddDamaged(findings, offset, FormattableString.Invariant(
                $"RF table states a length of 0x{length:x} bytes, 0x{sector.Length - RfTable.HeaderSize:x} are there; the table is not usable"));
            return false;
        }
        // The group that tells the table from others must lie in it.
        if (length == 0)
        {
            AddDamaged(findings, offset, "RF table states a length of 0, and a group follows; the table is not usable");
            return false;
        }
        var bytes = sector.Slice(0, RfTable.HeaderSize + (int)length);
        if (!TryReadGroups(bytes, offset, findings, out var groups))
            return false;
        table = new RfTable(offset, bytes, groups, groups.SelectMany(group => group.Items).ToArray());
        Judge(table, findings);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out RfTable?)"/>
    public static bool TryRead(byte[] sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out RfTable? table) =>
        TryRead((sector ?? throw new ArgumentNullException(nameof(sector))).AsMemory(), offset, findings, out table);

    /// <summary>Reads the table at the start of a sector that is meant to be one, such as a file given for a restore.</summary>
    /// <param name="sector">Bytes from the start of the sector.</param>
    /// <param name="offset">Physical offset of the first byte.</param>
    /// <exception cref="BekenImageException">There is no table (<see cref="FindingCode.RfNotATable"/>) or its lengths do not fit.</exception>
    public static RfTable Read(ReadOnlyMemory<byte> sector, long offset)
    {
        var findings = new List<Finding>();
        if (TryRead(sector, offset, findings, out var table))
            return table;
        var damage = findings.FirstOrDefault();
        throw damage is not null
            ? new BekenImageException(damage.Code, damage.Message, damage.Offset)
            : new BekenImageException(
                FindingCode.RfNotATable,
                "no RF table: it must begin with the tag 'TLV' and the group TXID; give a sector that was read from a device", offset);
    }

    private static bool TryReadGroups(ReadOnlyMemory<byte> bytes, long offset, ICollection<Finding>? findings, out List<RfGroup> groups)
    {
        groups = [];
        var seen = new HashSet<uint>();
        int position = RfTable.HeaderSize;
        while (position < bytes.Length)
        {
            var reader = new SpanReader(bytes.Span.Slice(position));
            if (!reader.TryReadUInt32(out uint tag) || !reader.TryReadUInt32(out uint length) || length > reader.Remaining)
            {
                AddDamaged(findings, offset + position, FormattableString.Invariant(
                    $"RF table: the groups do not fill it, 0x{bytes.Length - position:x} bytes at its end are no group; it is not usable"));
                return false;
            }
            groups.Add(ReadGroup(bytes.Slice(0, position + RfTable.HeaderSize + (int)length), position, tag, seen));
            position += RfTable.HeaderSize + (int)length;
        }
        return true;
    }

    /// <summary>Reads the elements of a group, which ends where <paramref name="bytes"/> end, up to the first that is none of this group.</summary>
    private static RfGroup ReadGroup(ReadOnlyMemory<byte> bytes, int offset, uint groupTag, HashSet<uint> seen)
    {
        var items = new List<RfItem>();
        int start = offset + RfTable.HeaderSize;
        int position = start;
        while (true)
        {
            var reader = new SpanReader(bytes.Span.Slice(position));
            if (!reader.TryReadUInt32(out uint tag) || !RfTags.BelongsTo(tag, groupTag) ||
                !reader.TryReadUInt32(out uint length) || length > reader.Remaining)
                break;
            items.Add(new RfItem(groupTag, tag, position, bytes.Slice(position + RfTable.HeaderSize, (int)length), !seen.Add(tag)));
            position += RfTable.HeaderSize + (int)length;
        }
        return new RfGroup(groupTag, offset, bytes.Length - start, items, bytes.Slice(position));
    }

    private static void Judge(RfTable table, ICollection<Finding>? findings)
    {
        if (findings is null)
            return;
        foreach (var fault in RfFaults.Of(table))
            findings.Add(fault);
        foreach (var group in table.Groups)
        {
            if (group.Tail.Length > 0 && group.Tag != RfTags.PowerGroup)
                findings.Add(UnexpectedTail(table, group));
        }
    }

    private static Finding UnexpectedTail(RfTable table, RfGroup group) => new(
        FindingSeverity.Warning, FindingCode.RfTail,
        FormattableString.Invariant(
            $"RF table: the last 0x{group.Tail.Length:x} bytes of group {group.Name} are no element; the firmware does not find them"),
        table.Offset + group.Offset + RfTable.HeaderSize + group.Length - group.Tail.Length);

    private static void AddDamaged(ICollection<Finding>? findings, long offset, string message) =>
        findings?.Add(new Finding(FindingSeverity.Error, FindingCode.RfTableDamaged, message, offset));
}

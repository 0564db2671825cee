using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Net;

/// <summary>Reads NET_PARAM tables. Content never throws.</summary>
public static class NetParamReader
{
    /// <summary>Reads the table at the start of a sector.</summary>
    /// <param name="sector">Bytes from the start of the sector; what lies behind 4096 bytes is ignored.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the table and in findings.</param>
    /// <param name="findings">Receives what is odd, or null. Bytes that are no NET_PARAM table at all give no finding.</param>
    /// <param name="table">The table, or null.</param>
    /// <returns>
    /// False when this is none (another root tag, or no known item first: RF tables), or one whose lengths do not fit: then there is a
    /// finding <see cref="FindingCode.NetParamDamaged"/>.
    /// </returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out NetParamTable? table)
    {
        table = null;
        if (sector.Length > FlashGeometry.SectorSize)
            sector = sector.Slice(0, FlashGeometry.SectorSize);
        var reader = new SpanReader(sector.Span);
        if (!reader.TryReadUInt32(out uint root) || root != NetParamTags.Root ||
            !reader.TryReadUInt32(out uint length) ||
            !reader.TryReadUInt32(out uint first) || !NetParamTags.IsKnown(first))
            return false;
        if (length > sector.Length - NetParamTable.HeaderSize)
        {
            AddDamaged(findings, offset, FormattableString.Invariant(
                $"NET_PARAM table states a length of 0x{length:x} bytes, 0x{sector.Length - NetParamTable.HeaderSize:x} are there"));
            return false;
        }
        // The item that tells the table from others must lie in it.
        if (length == 0)
        {
            AddDamaged(findings, offset, "NET_PARAM table states a length of 0, and an item follows");
            return false;
        }
        var bytes = sector.Slice(0, NetParamTable.HeaderSize + (int)length);
        if (!TryReadItems(bytes, offset, findings, out var items))
            return false;
        table = new NetParamTable(offset, bytes, items);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out NetParamTable?)"/>
    public static bool TryRead(byte[] sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out NetParamTable? table) =>
        TryRead((sector ?? throw new ArgumentNullException(nameof(sector))).AsMemory(), offset, findings, out table);

    private static bool TryReadItems(ReadOnlyMemory<byte> bytes, long offset, ICollection<Finding>? findings, out List<NetParamItem> items)
    {
        items = [];
        int position = NetParamTable.HeaderSize;
        while (position < bytes.Length)
        {
            var reader = new SpanReader(bytes.Span.Slice(position));
            if (!reader.TryReadUInt32(out uint tag) || !reader.TryReadUInt32(out uint length) || length > reader.Remaining)
            {
                AddDamaged(findings, offset + position, FormattableString.Invariant(
                    $"NET_PARAM table: the items do not fill it, 0x{bytes.Length - position:x} bytes at its end are no item"));
                return false;
            }
            items.Add(new NetParamItem(tag, position, bytes.Slice(position + NetParamTable.HeaderSize, (int)length)));
            position += NetParamTable.HeaderSize + (int)length;
        }
        return true;
    }

    private static void AddDamaged(ICollection<Finding>? findings, long offset, string message) =>
        findings?.Add(new Finding(FindingSeverity.Error, FindingCode.NetParamDamaged, message, offset));
}

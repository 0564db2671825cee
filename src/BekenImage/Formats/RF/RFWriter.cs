namespace BekenImage.Formats.RF;

/// <summary>Changes RF tables and makes sectors of them. Nothing is ever invented: every table comes from one that was read.</summary>
public static class RFWriter
{
    /// <summary>A new table that differs in the six bytes of the MAC only.</summary>
    /// <param name="table">The table to start from; it stays as it is.</param>
    /// <param name="mac">The MAC the new table shall have.</param>
    /// <exception cref="BekenImageException">
    /// No station may have that MAC (<see cref="FindingCode.RFMacRefused"/>), or the table has no TXID_MAC of six bytes
    /// (<see cref="FindingCode.RFMacMissing"/>).
    /// </exception>
    public static RFTable WithMac(RFTable table, MacAddress mac)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        if (!mac.IsStation)
        {
            throw new BekenImageException(FindingCode.RFMacRefused,
                $"{mac} is no MAC a station may have: it must not be multicast (odd first byte), all 00 or all FF", table.Offset);
        }
        if (table.Find(RFTags.Mac) is not { Data.Length: MacAddress.Size } item)
        {
            throw new BekenImageException(FindingCode.RFMacMissing,
                "RF table has no element TXID_MAC of 6 bytes to change; restore a table that has one", table.Offset);
        }
        byte[] bytes = table.Bytes.ToArray();
        mac.ToArray().CopyTo(bytes, item.DataOffset);
        RFReader.TryRead(bytes, table.Offset, null, out var changed);
        return changed!;
    }

    /// <summary>The sector that holds a table: its bytes, then 0xFF. Where it goes is the caller's decision.</summary>
    /// <param name="table">The table.</param>
    /// <returns>4096 bytes.</returns>
    public static byte[] ToSector(RFTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        var sector = new byte[RFTable.SectorSize];
        sector.AsSpan(table.UsedSize).Fill(0xFF);
        table.Bytes.Span.CopyTo(sector);
        return sector;
    }
}

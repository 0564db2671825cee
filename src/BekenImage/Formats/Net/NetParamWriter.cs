using BekenImage.IO;

namespace BekenImage.Formats.Net;

/// <summary>Changes NET_PARAM tables and makes sectors of them.</summary>
internal static class NetParamWriter
{
    /// <summary>A new table that differs in the six bytes of the MAC only.</summary>
    /// <param name="table">The table to start from; it stays as it is.</param>
    /// <param name="mac">The MAC the new table shall have.</param>
    /// <exception cref="BekenImageException">
    /// No station may have that MAC (<see cref="FindingCode.NetParamMacRefused"/>), or there is no MAC item to change
    /// (<see cref="FindingCode.NetParamMacMissing"/>).
    /// </exception>
    public static NetParamTable WithMac(NetParamTable table, MacAddress mac)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        if (!mac.IsStation)
        {
            throw new BekenImageException(FindingCode.NetParamMacRefused,
                $"{mac} is no MAC a station may have: it must not be multicast (odd first byte), all 00 or all FF", table.Offset);
        }
        if (table.Mac is null)
            throw new BekenImageException(FindingCode.NetParamMacMissing, "NET_PARAM table has no MAC item to change", table.Offset);
        byte[] bytes = table.Bytes.ToArray();
        mac.ToArray().CopyTo(bytes, table.Find(NetParamTags.Mac)!.Offset + NetParamTable.HeaderSize);
        return Reread(bytes, table.Offset);
    }

    /// <summary>A new table in which network names, passwords and the broker's login are zeros.</summary>
    /// <param name="table">The table to start from; it stays as it is.</param>
    public static NetParamTable WithoutSecrets(NetParamTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        byte[] bytes = table.Bytes.ToArray();
        foreach (var item in table.Items.Where(item => item.IsSecret))
            bytes.AsSpan(item.Offset + NetParamTable.HeaderSize, item.Data.Length).Clear();
        return Reread(bytes, table.Offset);
    }

    /// <summary>The sector that holds a table: its bytes, then 0xFF.</summary>
    /// <param name="table">The table.</param>
    /// <returns>4096 bytes.</returns>
    public static byte[] ToSector(NetParamTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        return ByteRuns.Erased(FlashGeometry.SectorSize, table.Bytes.Span);
    }

    private static NetParamTable Reread(byte[] bytes, long offset)
    {
        NetParamReader.TryRead(bytes, offset, null, out var table);
        return table!;
    }
}

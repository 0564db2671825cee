namespace BekenImage.Crypto;

/// <summary>
/// The page CRC: CRC-16/CMS. Polynomial 0x8005, initial value 0xFFFF, neither input nor output reflected, no final XOR.
/// Not CRC-16/MODBUS or CRC-16/ARC, which share the polynomial but are reflected.
/// </summary>
/// <remarks>"123456789" gives 0xAEE7; 32 bytes 0xFF give 0x000C; 32 bytes 0x00 give 0x8029. Source: FlashPages.md, section 2.</remarks>
public static class Crc16Cms
{
    internal const ushort Polynomial = 0x8005;
    internal const ushort InitialValue = 0xFFFF;

    private static readonly ushort[] Table = MakeTable();

    /// <summary>Computes the CRC of some bytes.</summary>
    /// <param name="data">Bytes of any length.</param>
    /// <returns>The CRC; a page stores it big-endian behind its 32 data bytes.</returns>
    public static ushort Compute(ReadOnlySpan<byte> data)
    {
        uint crc = InitialValue;
        foreach (byte value in data)
            crc = crc << 8 & 0xFFFF ^ Table[crc >> 8 ^ value];
        return (ushort)crc;
    }

    /// <inheritdoc cref="Compute(ReadOnlySpan{byte})"/>
    public static ushort Compute(byte[] data) => Compute(data.AsSpan());

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (int value = 0; value < table.Length; value++)
        {
            uint crc = (uint)value << 8;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ Polynomial : crc << 1;
            table[value] = (ushort)crc;
        }
        return table;
    }
}

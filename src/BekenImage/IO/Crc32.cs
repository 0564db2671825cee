using System.Buffers.Binary;

namespace BekenImage.IO;

/// <summary>
/// CRC-32/ISO-HDLC (zlib): polynomial 0x04C11DB7 reflected, initial value and final XOR 0xFFFFFFFF. "123456789" gives 0xCBF43926.
/// </summary>
internal static class Crc32
{
    // Eight tables, so that eight bytes are folded in one step: Tables[k][b] is byte b followed by k zero bytes.
    private static readonly uint[][] Tables = MakeTables();

    public static uint Compute(ReadOnlySpan<byte> data) => ~Append(0xFFFFFFFF, data);

    /// <summary>Continues a running value; start with 0xFFFFFFFF and invert at the end (LittleFS does not invert).</summary>
    public static uint Append(uint running, ReadOnlySpan<byte> data)
    {
        var tables = Tables;
        while (data.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ running;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(4));
            running = tables[7][low & 0xFF] ^ tables[6][low >> 8 & 0xFF] ^ tables[5][low >> 16 & 0xFF] ^ tables[4][low >> 24] ^
                      tables[3][high & 0xFF] ^ tables[2][high >> 8 & 0xFF] ^ tables[1][high >> 16 & 0xFF] ^ tables[0][high >> 24];
            data = data.Slice(8);
        }
        foreach (byte value in data)
            running = running >> 8 ^ tables[0][(running ^ value) & 0xFF];
        return running;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int table = 0; table < tables.Length; table++)
            tables[table] = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            tables[0][value] = crc;
        }
        for (int table = 1; table < tables.Length; table++)
        {
            for (int value = 0; value < 256; value++)
                tables[table][value] = tables[table - 1][value] >> 8 ^ tables[0][tables[table - 1][value] & 0xFF];
        }
        return tables;
    }
}

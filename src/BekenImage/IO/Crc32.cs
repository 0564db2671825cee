using System.Buffers.Binary;

using BekenImage.IO;

namespace BekenImage;

/// <summary>
/// CRC-32/ISO-HDLC (zlib): polynomial 0x04C11DB7 reflected, initial value and final XOR 0xFFFFFFFF; "123456789" gives 0xCBF43926. RBL
/// headers and their payloads, partition tables and EasyFlash carry it. The ROM of the chips and LittleFS leave the final XOR out.
/// </summary>
public static class Crc32
{
    /// <summary>What a running value starts with.</summary>
    public const uint InitialValue = 0xFFFFFFFF;

    // Eight tables, so that eight bytes are folded in one step: Tables[k][b] is byte b followed by k zero bytes.
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The CRC of some bytes.</summary>
    /// <param name="data">The bytes.</param>
    public static uint Compute(ReadOnlySpan<byte> data) => ~Append(InitialValue, data);

    /// <inheritdoc cref="Compute(ReadOnlySpan{byte})"/>
    public static uint Compute(byte[] data) => Compute((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>
    /// The CRC as the ROM of the chips answers it to a flasher that asks for the CRC of a range: without the final XOR (CRC-32/JAMCRC);
    /// "123456789" gives 0x340BC6D9.
    /// </summary>
    /// <param name="data">The bytes.</param>
    public static uint ComputeRom(ReadOnlySpan<byte> data) => Append(InitialValue, data);

    /// <inheritdoc cref="ComputeRom(ReadOnlySpan{byte})"/>
    public static uint ComputeRom(byte[] data) => ComputeRom((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>Continues a running value over more bytes: for data in pieces.</summary>
    /// <param name="running"><see cref="InitialValue"/>, or what the piece before gave.</param>
    /// <param name="data">The next bytes.</param>
    /// <returns>The ROM's CRC so far; inverted (<c>~</c>) it is the CRC that <see cref="Compute(ReadOnlySpan{byte})"/> gives.</returns>
    public static uint Append(uint running, ReadOnlySpan<byte> data)
    {
#if NET8_0_OR_GREATER
        if (Crc32Folding.IsSupported && data.Length >= Crc32Folding.SmallestLength)
        {
            Span<byte> remainder = stackalloc byte[16];
            int folded = Crc32Folding.Fold(running, data, remainder);
            running = AppendByTables(0, remainder);
            data = data.Slice(folded);
        }
#endif
        return AppendByTables(running, data);
    }

    /// <summary>The same without special instructions: what every other way must give.</summary>
    internal static uint AppendByTables(uint running, ReadOnlySpan<byte> data)
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

    /// <inheritdoc cref="Append(uint, ReadOnlySpan{byte})"/>
    public static uint Append(uint running, byte[] data) =>
        Append(running, (data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

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

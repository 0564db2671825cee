namespace BekenImage.Formats.Obk;

/// <summary>
/// The checksum of OpenBeken's configuration on Beken chips: CRC-8, polynomial 0x8C reflected (as Dallas/Maxim), initial value 0, but
/// computed in a signed byte, whose right shift copies bit 7. Not CRC-8/MAXIM-DOW, which the firmware's other platforms use.
/// </summary>
/// <remarks>"123456789" gives 0x63 (CRC-8/MAXIM-DOW: 0xA1). Source: FORMAT.md, "Checksum".</remarks>
internal static class ObkChecksum
{
    private const int Polynomial = 0x8C;

    private static readonly byte[][] Signed = MakeTables(copiedBit: 0x80);
    private static readonly byte[][] Unsigned = MakeTables(copiedBit: 0);

    /// <summary>Computes the checksum as the Beken firmware does.</summary>
    /// <param name="data">The bytes behind the first four of the configuration, up to its end.</param>
    public static byte Compute(ReadOnlySpan<byte> data) => Compute(data, Signed);

    /// <inheritdoc cref="Compute(ReadOnlySpan{byte})"/>
    public static byte Compute(byte[] data) => Compute((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>The ordinary form (CRC-8/MAXIM-DOW), to recognise configurations of other platforms.</summary>
    internal static byte ComputeUnsigned(ReadOnlySpan<byte> data) => Compute(data, Unsigned);

    private static byte Compute(ReadOnlySpan<byte> data, byte[][] tables)
    {
        byte[] ofSum = tables[0], ofByte = tables[1];
        int crc = 0;
        foreach (byte value in data)
            crc = ofSum[crc] ^ ofByte[value];
        return (byte)crc;
    }

    // Both forms are linear: what eight steps make of a running value and of a byte is what they make of each alone.
    private static byte[][] MakeTables(int copiedBit)
    {
        var tables = new[] { new byte[256], new byte[256] };
        for (int value = 0; value < 256; value++)
        {
            tables[0][value] = Step(value, 0, copiedBit);
            tables[1][value] = Step(0, value, copiedBit);
        }
        return tables;
    }

    private static byte Step(int crc, int value, int copiedBit)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            bool feedback = ((crc ^ value) & 1) != 0;
            crc = crc >> 1 | crc & copiedBit;
            if (feedback)
                crc ^= Polynomial;
            value >>= 1;
        }
        return (byte)crc;
    }
}

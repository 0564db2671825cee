namespace BekenImage.Formats.Obk;

/// <summary>
/// The checksum of OpenBeken's configuration on Beken chips: CRC-8, polynomial 0x8C reflected (as Dallas/Maxim), initial value 0, but
/// computed in a signed byte, whose right shift copies bit 7. Not CRC-8/MAXIM-DOW, which the firmware's other platforms use.
/// </summary>
/// <remarks>"123456789" gives 0x63 (CRC-8/MAXIM-DOW: 0xA1). Source: FORMAT.md, "Checksum".</remarks>
internal static class ObkChecksum
{
    private const int Polynomial = 0x8C;

    /// <summary>Computes the checksum as the Beken firmware does.</summary>
    /// <param name="data">The bytes behind the first four of the configuration, up to its end.</param>
    public static byte Compute(ReadOnlySpan<byte> data) => Compute(data, copiedBit: 0x80);

    /// <inheritdoc cref="Compute(ReadOnlySpan{byte})"/>
    public static byte Compute(byte[] data) => Compute((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>The ordinary form (CRC-8/MAXIM-DOW), to recognise configurations of other platforms.</summary>
    internal static byte ComputeUnsigned(ReadOnlySpan<byte> data) => Compute(data, copiedBit: 0);

    private static byte Compute(ReadOnlySpan<byte> data, int copiedBit)
    {
        int crc = 0;
        foreach (byte value in data)
        {
            int rest = value;
            for (int bit = 0; bit < 8; bit++)
            {
                bool feedback = ((crc ^ rest) & 1) != 0;
                crc = crc >> 1 | crc & copiedBit;
                if (feedback)
                    crc ^= Polynomial;
                rest >>= 1;
            }
        }
        return (byte)crc;
    }
}

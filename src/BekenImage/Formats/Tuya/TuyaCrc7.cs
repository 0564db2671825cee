namespace BekenImage.Formats.Tuya;

/// <summary>
/// The checksum inside user_param_key: CRC-7, polynomial x^7 + x^3 + 1, least significant bit first (reflected polynomial 0x48), initial
/// value 0, no final XOR. "123456789" gives 37.
/// </summary>
internal static class TuyaCrc7
{
    public static int Compute(string latin1)
    {
        int crc = 0;
        foreach (char character in latin1)
        {
            crc ^= character & 0xFF;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x48 : crc >> 1;
        }
        return crc;
    }
}

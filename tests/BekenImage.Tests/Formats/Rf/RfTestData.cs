using System.Buffers.Binary;

namespace BekenImage.Tests.Formats.Rf;

/// <summary>Synthetic RF tables, put together element by element, independently of the writer.</summary>
internal static class RfTestData
{
    public const int SectorSize = 4096;

    /// <summary>The chip-information table of FORMAT.md, "Worked bytes", spelled out: the default MAC, nothing calibrated.</summary>
    public static byte[] WorkedTable => Convert.FromHexString(
        "544C560062000000" +
        "001111115A000000" +
        "0111111104000000" + "4E61BC00" +
        "0211111106000000" + "C8478C000000" +
        "0311111104000000" + "5E010000" +
        "0411111104000000" + "8E155301" +
        "0511111104000000" + "0C000000" +
        "0611111104000000" + "55005403" +
        "0711111108000000" + "8000000080000000");

    /// <summary>
    /// A complete table of N shape: all four groups, and 22 bytes 0x5A at the end of the power group; or of T shape, without them and with
    /// T's offsets against g.
    /// </summary>
    public static byte[] CompleteTable(string mac = "021122334455", int thermal = 320, int seed = 0, bool isT = false)
    {
        byte[] chip = Group(0x11111100,
            Item(0x11111101, "4E61BC00"), Item(0x11111102, mac), Item(0x11111103, U32(thermal)), Item(0x11111104, "8E155301"),
            Item(0x11111105, U32(0x2D)), Item(0x11111106, "55005403"), Item(0x11111107, U32(0x79) + U32(0x76)));
        byte[] power = Group(0x22222200,
            Item(0x22222201, U32(0x0F)), Item(0x22222202, Gains(14, 0x20 + seed, 0, 6, 12)), Item(0x22222203, Gains(14, 0x40 + seed, 0, 6, 12)),
            Item(0x22222204, Gains(14, 0x3C + seed, 0, 6, 12)), Item(0x22222205, U32(isT ? 2 : 4)), Item(0x22222206, U32(isT ? 3 : 4)),
            Item(0x22222207, Gains(40, 0x2A + seed, 19)), Item(0x22222208, U32(1)), Enumerable.Repeat((byte)0x5A, isT ? 0 : 22).ToArray());
        byte[] transmit = Group(0x33333300, Enumerable.Range(1, 11).Select(i => Item(0x33333300u + (uint)i, U32(i switch { 8 => 0x79, 9 => 0x76, _ => 0x700 + i + seed }))).ToArray());
        byte[] receive = Group(0x44444400,
            Item(0x44444401, string.Concat(Enumerable.Range(0, 8).Select(i => U32(0x70807080 + i)))), Item(0x44444402, U32(0x357)), Item(0x44444403, U32(0x108)));
        return Group(0x00564C54, chip, power, transmit, receive);
    }

    public static byte[] Sector(byte[] table) => [.. table, .. Enumerable.Repeat((byte)0xFF, SectorSize - table.Length)];

    public static byte[] Item(uint tag, string dataHex) => Group(tag, Convert.FromHexString(dataHex));

    public static byte[] Group(uint tag, params byte[][] parts)
    {
        byte[] data = parts.SelectMany(part => part).ToArray();
        var bytes = new byte[8 + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, tag);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), data.Length);
        data.CopyTo(bytes, 8);
        return bytes;
    }

    public static string U32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Convert.ToHexString(bytes);
    }

    private static string Gains(int count, int gain, params int[] measured) =>
        string.Concat(Enumerable.Range(0, count).Select(i => ((measured.Contains(i) ? 0 : 0x80) | gain).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}

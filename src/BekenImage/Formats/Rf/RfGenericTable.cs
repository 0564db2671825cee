using BekenImage.IO;

namespace BekenImage.Formats.Rf;

/// <summary>
/// A table that flashers carry and write where a device has lost its own. Known by its content alone; the MAC is made up each time: the
/// last three bytes at random, the first three as they stand here.
/// </summary>
/// <param name="prefix">The first three bytes of the MAC, as hex.</param>
/// <param name="sha256">SHA-256 of the table, header and all, with the last three bytes of the MAC zero.</param>
/// <param name="length">Bytes the hash is over.</param>
/// <param name="chips">The chips it is written to.</param>
internal sealed class RfGenericTable(string prefix, string sha256, int length, params string[] chips)
{
    /// <summary>The first three bytes of the MAC it is written with.</summary>
    public string Prefix { get; } = prefix;

    public string Sha256 { get; } = sha256;

    public int Length { get; } = length;

    /// <summary>Names of the chips it is written to.</summary>
    public IReadOnlyList<string> Chips { get; } = chips;

    public bool Matches(RfTable table)
    {
        if (table.UsedSize != Length || table.Find(RfTags.Mac) is not { Data.Length: MacAddress.Size } item)
            return false;
        byte[] own = item.Data.Slice(0, Prefix.Length / 2).ToArray();
        // A table with nothing measured in it is the SDK's, too: only the MAC's beginning says who wrote it. A calibration stays another
        // unit's whatever MAC it was given.
        if (!table.IsCalibrated && Hex.Lower(own) != Prefix)
            return false;
        byte[] bytes = table.Bytes.ToArray();
        for (int i = 0; i < MacAddress.Size; i++)
            bytes[item.DataOffset + i] = i < own.Length ? Convert.ToByte(Prefix.Substring(2 * i, 2), 16) : (byte)0;
        return Sha256Text.Of(bytes) == Sha256;
    }
}

using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>
/// The ARM exception vectors every Beken program begins with: a branch, then seven times <c>ldr pc, [pc, #0x14]</c>; the literals the
/// loads fetch follow at +0x20. Seen in all 142 bootloaders and apps that were measured.
/// </summary>
internal static class ArmVectors
{
    public const int Size = 0x20;

    private const uint LoadVector = 0xE59FF014;
    private const int WordsNeeded = 6;

    /// <summary>True when at least six of the eight words are right (a dump may have a damaged bit or two).</summary>
    public static bool Match(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < Size)
            return false;
        int right = plain[3] == 0xEA ? 1 : 0;
        for (int word = 1; word < Size / 4; word++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(word * 4)) == LoadVector)
                right++;
        }
        return right >= WordsNeeded;
    }

    /// <summary>True when bytes decipher to vectors under a key at a logical address.</summary>
    public static bool Match(ReadOnlySpan<byte> stored, BekenKey key, uint logicalAddress) =>
        Match(stored, new CoefficientCipher(key), logicalAddress);

    /// <summary>True when bytes decipher to vectors under a cipher at a logical address.</summary>
    public static bool Match(ReadOnlySpan<byte> stored, CodeCipher cipher, uint logicalAddress)
    {
        if (stored.Length < Size)
            return false;
        Span<byte> plain = stackalloc byte[Size];
        cipher.Decipher(logicalAddress, stored.Slice(0, Size), plain);
        return Match(plain);
    }

    /// <summary>The first of some keys under which bytes decipher to vectors.</summary>
    public static BekenKey? FindKey(ReadOnlySpan<byte> stored, uint logicalAddress, IEnumerable<BekenKey> keys)
    {
        foreach (var key in keys)
        {
            if (Match(stored, key, logicalAddress))
                return key;
        }
        return null;
    }

    /// <summary>
    /// Where a program is linked, told by its handlers: an app's lie at or above 0x10000. Needed because plain vectors alone look the
    /// same in bootloader and app. Null when there are no literals.
    /// </summary>
    public static uint? LinkBase(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < 2 * Size)
            return null;
        uint lowest = uint.MaxValue;
        for (int word = 0; word < 7; word++)
            lowest = Math.Min(lowest, BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(Size + word * 4)));
        return lowest & 0xFFFF0000;
    }
}

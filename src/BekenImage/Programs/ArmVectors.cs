using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>
/// The ARM exception vectors every Beken program begins with, in bytes that may be enciphered. What they look like says
/// <see cref="ArmVectorTable"/>.
/// </summary>
internal static class ArmVectors
{
    public const int Size = ArmVectorTable.Size;

    /// <summary>True for vectors.</summary>
    public static bool Match(ReadOnlySpan<byte> plain) => ArmVectorTable.Match(plain);

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
    /// same in bootloader and app. Null when no literal tells.
    /// </summary>
    public static uint? LinkBase(ReadOnlySpan<byte> plain) => ArmVectorTable.LinkBase(plain);

    /// <summary>Where a program is linked that is to start at a logical address it is not linked for; null where it fits, or does not tell.</summary>
    public static uint? LinkedElsewhere(ReadOnlySpan<byte> plain, long logicalStart) =>
        Match(plain) && LinkBase(plain) is { } linked && linked != (logicalStart & 0xFFFF0000) ? linked : null;
}

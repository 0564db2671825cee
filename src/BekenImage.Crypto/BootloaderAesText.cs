using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Crypto;

/// <summary>IV and key of update packages inside a bootloader: 16 characters, NUL, 32 characters, NUL. Source: KeyRecovery.md, section 5.</summary>
internal static class BootloaderAesText
{
    internal const int Tuya = 0x5C;
    internal const int Sdk = 0x1F1C;

    private const uint TuyaMarker = 0x32BBBBEE;
    private const int IvLength = 16;
    private const int KeyLength = 32;
    private const int Size = IvLength + 1 + KeyLength + 1;

    /// <summary>
    /// Where the IV begins, or null. The code of Tuya's and the SDK's bootloaders names the place: where such a record holds no text, what
    /// looks like one elsewhere is not what that code takes.
    /// </summary>
    internal static int? Find(ReadOnlySpan<byte> bootloader, bool isSdk)
    {
        if (HasTuyaMarker(bootloader))
            return IsTextAt(bootloader, Tuya) ? Tuya : null;
        if (isSdk)
            return IsTextAt(bootloader, Sdk) ? Sdk : null;
        // T 1.0.4 and WA2 keep them among their other data. Keys of letters and digits are told from other texts the best.
        bool isFound = TryFindAnywhere(bootloader, IsAlphanumeric, out int? offset);
        return isFound ? offset : TryFindAnywhere(bootloader, IsGraphic, out offset) ? offset : null;
    }

    internal static bool IsTextAt(ReadOnlySpan<byte> bootloader, int offset) => IsTextAt(bootloader, offset, IsPrintable);

    internal static string Iv(ReadOnlySpan<byte> bootloader, int offset) => Ascii(bootloader.Slice(offset, IvLength));

    internal static string Key(ReadOnlySpan<byte> bootloader, int offset) => Ascii(bootloader.Slice(offset + IvLength + 1, KeyLength));

    private static bool HasTuyaMarker(ReadOnlySpan<byte> bootloader) =>
        bootloader.Length >= Tuya && BinaryPrimitives.ReadUInt32LittleEndian(bootloader.Slice(Tuya - 4)) == TuyaMarker;

    // True with no offset when there are several that differ: which of them counts is not known.
    private static bool TryFindAnywhere(ReadOnlySpan<byte> bootloader, Func<byte, bool> isAllowed, out int? offset)
    {
        offset = null;
        for (int at = 0; at <= bootloader.Length - Size; at += sizeof(uint))
        {
            if (!IsTextAt(bootloader, at, isAllowed))
                continue;
            if (offset is int first && !bootloader.Slice(first, Size).SequenceEqual(bootloader.Slice(at, Size)))
            {
                offset = null;
                return true;
            }
            offset ??= at;
        }
        return offset is not null;
    }

    private static bool IsTextAt(ReadOnlySpan<byte> bootloader, int offset, Func<byte, bool> isAllowed)
    {
        if (offset > bootloader.Length - Size || bootloader[offset + IvLength] != 0 || bootloader[offset + Size - 1] != 0)
            return false;
        return IsText(bootloader.Slice(offset, IvLength), isAllowed) && IsText(bootloader.Slice(offset + IvLength + 1, KeyLength), isAllowed);
    }

    private static bool IsText(ReadOnlySpan<byte> text, Func<byte, bool> isAllowed)
    {
        foreach (byte character in text)
        {
            if (!isAllowed(character))
                return false;
        }
        return true;
    }

    private static bool IsPrintable(byte value) => value is >= 0x20 and <= 0x7E;

    private static bool IsGraphic(byte value) => value is > 0x20 and <= 0x7E;

    private static bool IsAlphanumeric(byte value) =>
        value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z');

    private static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text.ToArray());
}

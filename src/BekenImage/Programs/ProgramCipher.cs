using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>Moves an app's stored payload from one key to another, its tail as the vendor's <c>encrypt</c> leaves it.</summary>
internal static class ProgramCipher
{
    private const int Unit = FlashPages.DataSize;

    /// <summary>The payload under another key; the length stays.</summary>
    /// <param name="stored">The payload as stored, without page CRCs.</param>
    /// <param name="from">The key it is enciphered under.</param>
    /// <param name="to">The other key.</param>
    /// <param name="address">Logical address of its first byte.</param>
    /// <param name="isFilled">True when its true length is not known, so that its last page may be filled up with 0xFF.</param>
    public static byte[] Move(ReadOnlySpan<byte> stored, BekenKey from, BekenKey to, uint address, bool isFilled)
    {
        int filling = isFilled ? VendorEncrypt.AddedLength : 0;
        if (MoveVendorOutput(stored, from, to, address) is { } moved)
            return moved;
        if (isFilled && EndsErased(stored, filling) && MoveVendorOutput(stored.Slice(0, stored.Length - filling), from, to, address) is { } shorter)
            return [.. shorter, .. stored.Slice(stored.Length - filling)];
        int plainTail = PlainTail(stored, isFilled);
        var result = stored.ToArray();
        var code = result.AsSpan(0, result.Length - plainTail);
        FlashCipher.Apply(from, address, code, code);
        FlashCipher.Apply(to, address, code, code);
        return result;
    }

    private static byte[]? MoveVendorOutput(ReadOnlySpan<byte> stored, BekenKey from, BekenKey to, uint address) =>
        address == FlashGeometry.AppLogicalAddress && VendorEncrypt.TryDecrypt(stored, from, address, out byte[]? plain)
            ? VendorEncrypt.Encrypt(plain, to, address)
            : null;

    // "encrypt" with start 0, which the SDK's builds without encryption run, ends in 16 bytes that are never enciphered; so is filling.
    private static int PlainTail(ReadOnlySpan<byte> stored, bool isFilled)
    {
        if (stored.Length % Unit == VendorEncrypt.AddedLength && EndsErased(stored, VendorEncrypt.AddedLength))
            return VendorEncrypt.AddedLength;
        return isFilled && EndsErased(stored, Unit) ? Unit : 0;
    }

    private static bool EndsErased(ReadOnlySpan<byte> stored, int count) => stored.Length >= count && ByteRuns.IsErased(stored.Slice(stored.Length - count));
}

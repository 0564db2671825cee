using System.Diagnostics.CodeAnalysis;
using BekenImage.Crypto;

namespace BekenImage;

/// <summary>
/// What the vendor's <c>encrypt</c> (v0.3.1) makes of a plain program, its tail included, and the way back. Without page CRCs. Source:
/// Firmware/FORMAT.md, section 2.
/// </summary>
/// <remarks>
/// With n input bytes and e = n rounded up to 32 the output has e + 16. The program works in a buffer of 0xFF that begins at logical 0,
/// enciphers it, and moves the part from the start address on to the front; what follows the n bytes is what that buffer held there.
/// </remarks>
public static class VendorEncrypt
{
    /// <summary>Bytes the program adds to the input rounded up to 32.</summary>
    public const int AddedLength = 16;

    private const int Unit = FlashPages.DataSize;

    /// <summary>Enciphers as the program does.</summary>
    /// <param name="plain">The plain program, of any length.</param>
    /// <param name="key">The coefficients.</param>
    /// <param name="startAddress">Logical address of the first byte.</param>
    /// <returns>The input's length rounded up to 32, and 16 bytes more.</returns>
    public static byte[] Encrypt(ReadOnlySpan<byte> plain, BekenKey key, uint startAddress)
    {
        var encrypted = new byte[RoundUp(plain.Length) + AddedLength];
        FlashCipher.Apply(key, startAddress, plain, encrypted);
        for (int i = plain.Length; i < encrypted.Length; i++)
            encrypted[i] = Leftover(encrypted, plain.Length, key, startAddress, i);
        return encrypted;
    }

    /// <inheritdoc cref="Encrypt(ReadOnlySpan{byte}, BekenKey, uint)"/>
    public static byte[] Encrypt(byte[] plain, BekenKey key, uint startAddress) =>
        Encrypt((plain ?? throw new ArgumentNullException(nameof(plain))).AsSpan(), key, startAddress);

    /// <summary>Takes an app's payload back to the plain app, if the program made it.</summary>
    /// <param name="payload">The payload as stored, without page CRCs: as many bytes as its RBL header's raw size says.</param>
    /// <param name="key">The coefficients.</param>
    /// <param name="startAddress">The start address it was enciphered for: <see cref="FlashGeometry.AppLogicalAddress"/>, or 0 in builds without encryption.</param>
    /// <param name="plain">
    /// The plain app; null when the payload's tail is not the program's. Its length is rounded up to 32: up to 31 bytes at its end are not
    /// the app's but cannot be told from it. <see cref="Encrypt(ReadOnlySpan{byte}, BekenKey, uint)"/> gives the payload again.
    /// </param>
    public static bool TryDecrypt(ReadOnlySpan<byte> payload, BekenKey key, uint startAddress, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (payload.Length < AddedLength || payload.Length % Unit != AddedLength)
            return false;
        var candidate = new byte[payload.Length - AddedLength];
        FlashCipher.Apply(key, startAddress, payload.Slice(0, candidate.Length), candidate);
        if (!Encrypt(candidate, key, startAddress).AsSpan(candidate.Length).SequenceEqual(payload.Slice(candidate.Length)))
            return false;
        plain = candidate;
        return true;
    }

    /// <inheritdoc cref="TryDecrypt(ReadOnlySpan{byte}, BekenKey, uint, out byte[])"/>
    public static bool TryDecrypt(byte[] payload, BekenKey key, uint startAddress, [NotNullWhen(true)] out byte[]? plain) =>
        TryDecrypt((payload ?? throw new ArgumentNullException(nameof(payload))).AsSpan(), key, startAddress, out plain);

    // Byte i of the work buffer, after it was enciphered from 0 to the end of the file rounded up, for i behind the moved file.
    private static byte Leftover(ReadOnlySpan<byte> encrypted, int length, BekenKey key, uint startAddress, int i)
    {
        if (i >= startAddress && i - startAddress < length)
            return encrypted[(int)(i - startAddress)];
        return Unused(length, key, startAddress, i);
    }

    /// <summary>Byte i of the work buffer where the file never lay: 0xFF, enciphered as far as the program goes.</summary>
    internal static byte Unused(int length, BekenKey key, uint startAddress, int i)
    {
        Span<byte> value = [0xFF];
        if (i < RoundUp(startAddress + length))
            FlashCipher.Apply(key, (uint)i, value, value);
        return value[0];
    }

    private static long RoundUp(long length) => (length + Unit - 1) / Unit * Unit;
}

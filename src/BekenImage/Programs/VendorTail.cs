using System.Diagnostics.CodeAnalysis;
using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>
/// The end of an application that was taken out of an image: what the vendor's <c>encrypt</c> had put behind it, as it reads deciphered.
/// 16 bytes behind a whole page, and where pages were read 16 more that fill the last one.
/// </summary>
/// <remarks>
/// It cannot be there by chance but where nothing is enciphered and <c>encrypt</c> ran with 0: there it is 0xFF, which an application may
/// end in too. Built anew, the same bytes come to lie in flash either way.
/// </remarks>
internal static class VendorTail
{
    private const int Unit = FlashPages.DataSize;

    /// <summary>The application without it.</summary>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> app, BekenKey? key) => app.Slice(0, app.Length - LengthIn(app, key));

    /// <inheritdoc cref="Without"/>
    public static bool TryRemove(byte[] app, BekenKey? key, [NotNullWhen(true)] out byte[]? without)
    {
        int length = LengthIn(app, key);
        without = length > 0 ? app.AsSpan(0, app.Length - length).ToArray() : null;
        return without is not null;
    }

    /// <summary>How long it is: 16 or 32; 0 where there is none.</summary>
    /// <param name="app">The plain application, for <see cref="FlashGeometry.AppLogicalAddress"/>.</param>
    /// <param name="key">The key of the image it may come from, besides those with names; null for none.</param>
    public static int LengthIn(ReadOnlySpan<byte> app, BekenKey? key)
    {
        int fill = app.Length % Unit == 0 ? Unit - VendorEncrypt.AddedLength : 0;
        int end = app.Length - fill;
        if (end <= VendorEncrypt.AddedLength || end % Unit != VendorEncrypt.AddedLength)
            return 0;
        var keys = BekenKey.Named.Select(named => named.Key);
        foreach (var candidate in key is { } own ? keys.Prepend(own) : keys)
        {
            bool found = IsFill(app, end, candidate) && (IsTail(app, end, candidate, FlashGeometry.AppLogicalAddress) ||
                candidate.IsIdentity && IsTail(app, end, candidate, startAddress: 0));
            if (found)
                return app.Length - end + VendorEncrypt.AddedLength;
        }
        return 0;
    }

    private static bool IsFill(ReadOnlySpan<byte> app, int start, BekenKey key)
    {
        for (int i = start; i < app.Length; i++)
        {
            if (Stored(app[i], i, key) != 0xFF)
                return false;
        }
        return true;
    }

    // As VendorEncrypt leaves it behind a program of a length that is rounded up already.
    private static bool IsTail(ReadOnlySpan<byte> app, int end, BekenKey key, uint startAddress)
    {
        int length = end - VendorEncrypt.AddedLength;
        for (int i = length; i < end; i++)
        {
            long copied = i - (long)startAddress;
            byte left = copied >= 0 && copied < length
                ? Stored(app[(int)copied], (int)copied, key)
                : VendorEncrypt.Unused(length, key, startAddress, i);
            if (Stored(app[i], i, key) != left)
                return false;
        }
        return true;
    }

    private static byte Stored(byte plain, int index, BekenKey key)
    {
        Span<byte> value = [plain];
        FlashCipher.Apply(key, (uint)(FlashGeometry.AppLogicalAddress + index), value, value);
        return value[0];
    }
}

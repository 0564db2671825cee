using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>Judges a payload by its RBL header.</summary>
internal static class RblChecks
{
    private const int MaximumPadding = 16;

    /// <summary>Whether bytes give the CRC the header states. The CRC covers padding that flash does not hold.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">At least the header's raw size, where there are so many bytes; more is ignored.</param>
    /// <remarks>
    /// Package size minus raw size is the number and the value of the padding bytes: 1 to 16, and 0 in one old bootloader. ltchiptool
    /// states a raw size 16 above the package size; its CRC then covers the package less its padding, or the stored bytes.
    /// </remarks>
    public static bool PayloadCrcOk(RblHeader header, ReadOnlySpan<byte> payload)
    {
        long padding = (long)header.PackageSize - header.RawSize;
        if (padding is >= 0 and <= MaximumPadding)
            return TryTake(payload, header.RawSize, out var raw) && PackageCrc(raw, (int)padding) == header.PayloadCrc;
        if (padding != -MaximumPadding || !TryTake(payload, header.PackageSize, out var package))
            return false;
        return Crc32.Compute(package) == header.PayloadCrc ||
               package.Length >= MaximumPadding &&
               PackageCrc(package.Slice(0, package.Length - MaximumPadding), MaximumPadding) == header.PayloadCrc;
    }

    /// <summary>Whether bytes give the hash the header states.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">At least the header's raw size, where there are so many bytes; more is ignored.</param>
    public static bool PayloadHashOk(RblHeader header, ReadOnlySpan<byte> payload) =>
        TryTake(payload, header.RawSize, out var raw) && Fnv1a.Compute(raw) == header.PayloadHash;

    /// <summary>CRC-32 of bytes and their padding: <paramref name="padding"/> bytes of that value.</summary>
    internal static uint PackageCrc(ReadOnlySpan<byte> payload, int padding)
    {
        Span<byte> tail = stackalloc byte[padding];
        tail.Fill((byte)padding);
        return ~Crc32.Append(Crc32.Append(0xFFFFFFFF, payload), tail);
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, uint count, out ReadOnlySpan<byte> taken) =>
        new SpanReader(bytes).TryReadBytes(count, out taken);
}

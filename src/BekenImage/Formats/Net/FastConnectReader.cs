using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Net;

/// <summary>Finds fast-connect records. They have no mark and no checksum: the shape of their fields tells them. Content never throws.</summary>
public static class FastConnectReader
{
    private const int LargestChannel = 14;

    private static ReadOnlySpan<byte> Pattern => [0x55, 0xAA, 0x5A, 0x55, 0xA5, 0x4D, 0x63, 0x7F];

    /// <summary>Reads the record at the start of a sector, stored plainly or XORed.</summary>
    /// <param name="sector">Bytes from the start of the sector; at least 171.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the record and in the finding.</param>
    /// <param name="findings">Receives <see cref="FindingCode.FastConnectCredentials"/> where a record is found, or null.</param>
    /// <param name="record">The record, or null.</param>
    /// <returns>False when the bytes have not the shape of a record.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out FastConnectRecord? record)
    {
        record = null;
        var bytes = sector.Span;
        if (bytes.Length < FastConnectRecord.Size)
            return false;
        int length = LengthOf(bytes);
        byte[] plain = bytes.Slice(0, length).ToArray();
        bool isObfuscated = !HasShape(plain);
        if (isObfuscated)
        {
            for (int i = 0; i < plain.Length; i++)
                plain[i] ^= Pattern[i % Pattern.Length];
            if (!HasShape(plain))
                return false;
        }
        record = new FastConnectRecord(plain, offset, length, isObfuscated);
        findings?.Add(new Finding(FindingSeverity.Info, FindingCode.FastConnectCredentials,
            "the sector holds the Wi-Fi credentials of a former network; sanitize the image before it is shared", offset));
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out FastConnectRecord?)"/>
    public static bool TryRead(
        byte[] sector, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out FastConnectRecord? record) =>
        TryRead((sector ?? throw new ArgumentNullException(nameof(sector))).AsMemory(), offset, findings, out record);

    /// <summary>The short record is followed by erased flash.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FastConnectRecord.LongSize)
            return FastConnectRecord.Size;
        foreach (byte value in bytes.Slice(FastConnectRecord.Size, FastConnectRecord.LongSize - FastConnectRecord.Size))
        {
            if (value != 0xFF)
                return FastConnectRecord.LongSize;
        }
        return FastConnectRecord.Size;
    }

    /// <summary>
    /// A name, a channel, and two key texts. With a derived key of 64 hex digits nothing else is asked; without one, as for an open
    /// network, all padding must be NUL.
    /// </summary>
    private static bool HasShape(ReadOnlySpan<byte> plain)
    {
        var ssid = plain.Slice(0, FastConnectRecord.SsidSize);
        var psk = plain.Slice(FastConnectRecord.PskOffset, FastConnectRecord.KeyTextSize);
        var passphrase = plain.Slice(FastConnectRecord.PassphraseOffset, FastConnectRecord.KeyTextSize);
        if (!IsText(ssid, needsPadding: false) || ssid[0] == 0 || plain[FastConnectRecord.ChannelOffset] > LargestChannel)
            return false;
        if (IsHexKey(psk))
            return IsText(passphrase, needsPadding: false);
        return plain[FastConnectRecord.ChannelOffset] > 0 && psk.IndexOfAnyNonZero() < 0 &&
               IsText(ssid, needsPadding: true) && IsText(passphrase, needsPadding: true);
    }

    /// <summary>True for characters other than control characters up to a NUL.</summary>
    private static bool IsText(ReadOnlySpan<byte> field, bool needsPadding)
    {
        int end = field.IndexOf((byte)0);
        if (end < 0)
            return false;
        foreach (byte value in field.Slice(0, end))
        {
            if (value is < 0x20 or 0x7F or 0xFF)
                return false;
        }
        return !needsPadding || field.Slice(end).IndexOfAnyNonZero() < 0;
    }

    private static bool IsHexKey(ReadOnlySpan<byte> field)
    {
        foreach (byte value in field.Slice(0, FastConnectRecord.KeyTextSize - 1))
        {
            if (value is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F')))
                return false;
        }
        return field[FastConnectRecord.KeyTextSize - 1] == 0;
    }

    private static int IndexOfAnyNonZero(this ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                return i;
        }
        return -1;
    }
}

using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.FlashVars;

/// <summary>Reads stores of EasyFlash 4. Content never throws.</summary>
public static class EasyFlashReader
{
    internal const int StatusOffset = 0;
    internal const int MagicOffset = 4;
    internal const int LengthOffset = 8;
    internal const int CrcOffset = 12;
    internal const int NameLengthOffset = 16;
    internal const int ValueLengthOffset = 20;
    internal const int EntryHeaderSize = 24;

    internal static ReadOnlySpan<byte> SectorMagic => "EF40"u8;

    internal static ReadOnlySpan<byte> EntryMagic => "KV40"u8;

    /// <summary>Reads the store that begins with these bytes.</summary>
    /// <param name="area">
    /// Bytes from the start of the store's first sector; more than 0x8000 are ignored, as is a part of a sector at the end of a file.
    /// </param>
    /// <param name="offset">Physical offset of the first byte, kept in the store and in findings.</param>
    /// <param name="findings">Receives what is odd, or null. Bytes that are no store at all give no finding.</param>
    /// <param name="store">The store, or null.</param>
    /// <returns>False when no sector carries the mark "EF40".</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> area, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out EasyFlashStore? store)
    {
        store = null;
        int size = Math.Min(area.Length, EasyFlashStore.Size) / FlashGeometry.SectorSize * FlashGeometry.SectorSize;
        var bytes = area.Slice(0, size);
        var entries = new List<EasyFlashEntry>();
        int sectors = 0;
        for (int sector = 0; sector < size; sector += FlashGeometry.SectorSize)
        {
            if (!HasMagic(bytes.Span, sector, SectorMagic))
                continue;
            sectors++;
            ReadSector(bytes, sector, offset, entries, findings);
        }
        if (sectors == 0)
            return false;
        store = new EasyFlashStore(offset, bytes, sectors, entries);
        Judge(store, findings);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out EasyFlashStore?)"/>
    public static bool TryRead(byte[] area, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out EasyFlashStore? store) =>
        TryRead((area ?? throw new ArgumentNullException(nameof(area))).AsMemory(), offset, findings, out store);

    internal static bool HasMagic(ReadOnlySpan<byte> bytes, int position, ReadOnlySpan<byte> magic) =>
        position + MagicOffset + magic.Length <= bytes.Length && bytes.Slice(position + MagicOffset, magic.Length).SequenceEqual(magic);

    /// <summary>The CRC covers everything behind itself: name length with its padding, value length, name, value.</summary>
    internal static uint CrcOf(ReadOnlySpan<byte> entry) => Crc32.Compute(entry.Slice(NameLengthOffset));

    /// <summary>Walks the entries of a sector; where one does not fit, the next mark "KV40" is looked for, as the firmware does.</summary>
    private static void ReadSector(
        ReadOnlyMemory<byte> bytes, int sector, long offset, List<EasyFlashEntry> entries, ICollection<Finding>? findings)
    {
        int end = sector + FlashGeometry.SectorSize;
        int position = sector + EasyFlashStore.SectorHeaderSize;
        bool isReported = false;
        while (position + EntryHeaderSize <= end)
        {
            int length = TryReadEntry(bytes.Slice(0, end), position, out var entry);
            if (entry is not null)
            {
                entries.Add(entry);
                position += length;
                continue;
            }
            int next = FindEntry(bytes.Span.Slice(0, end), position + 1);
            // One finding a sector is enough; damage of any size must not make a list of any length.
            if (!isReported && (HasMagic(bytes.Span, position, EntryMagic) || (next < end && bytes.Span[position] != 0xFF)))
            {
                isReported = true;
                findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.FlashVarsEntryDamaged,
                    "EasyFlash entry whose lengths do not fit its sector; the firmware skips it", offset + position));
            }
            position = next;
        }
    }

    /// <summary>Reads the entry at a position; the bytes end with its sector.</summary>
    private static int TryReadEntry(ReadOnlyMemory<byte> bytes, int position, out EasyFlashEntry? entry)
    {
        entry = null;
        var reader = new SpanReader(bytes.Span.Slice(position));
        if (!HasMagic(bytes.Span, position, EntryMagic) || !reader.TrySeek(LengthOffset) ||
            !reader.TryReadUInt32(out uint length) || !reader.TryReadUInt32(out uint crc) ||
            !reader.TryReadByte(out byte nameLength) || !reader.TrySeek(ValueLengthOffset) || !reader.TryReadUInt32(out uint valueLength) ||
            !reader.TryReadBytes(nameLength, out var name) || !reader.TryReadBytes(valueLength, out _) || length != reader.Position)
            return 0;
        var whole = bytes.Slice(position, (int)length);
        entry = new EasyFlashEntry(
            position, StatusOf(whole.Span[StatusOffset]), Text.FromLatin1(name), position + EntryHeaderSize + nameLength,
            whole.Slice(EntryHeaderSize + nameLength), CrcOf(whole.Span) == crc);
        return (int)length;
    }

    private static int FindEntry(ReadOnlySpan<byte> bytes, int from)
    {
        int magic = from + MagicOffset < bytes.Length ? bytes.Slice(from + MagicOffset).IndexOf(EntryMagic) : -1;
        return magic < 0 ? bytes.Length : from + magic;
    }

    private static EasyFlashStatus StatusOf(byte status) => status switch
    {
        _ when (status & 0x08) == 0 => EasyFlashStatus.HeaderError,
        _ when (status & 0x10) == 0 => EasyFlashStatus.Deleted,
        _ when (status & 0x20) == 0 => EasyFlashStatus.Deleting,
        _ when (status & 0x40) == 0 => EasyFlashStatus.Valid,
        _ when (status & 0x80) == 0 => EasyFlashStatus.Writing,
        _ => EasyFlashStatus.Unused,
    };

    private static void Judge(EasyFlashStore store, ICollection<Finding>? findings)
    {
        if (findings is null)
            return;
        foreach (var entry in store.Entries)
        {
            if (!entry.CrcOk && entry.Status is EasyFlashStatus.Valid or EasyFlashStatus.Deleting)
            {
                findings.Add(new Finding(FindingSeverity.Warning, FindingCode.FlashVarsEntryCrc,
                    "EasyFlash entry whose CRC does not fit; the firmware ignores it", store.Offset + entry.Position));
            }
        }
        if (store.Entries.FirstOrDefault(entry => entry.IsSecret && entry.Value.ToArray().Any(value => value != 0)) is { } secret)
        {
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.FlashVarsCredentials,
                "the flash variables hold fast-connect credentials; sanitize the image before it is shared", store.Offset + secret.Position));
        }
    }
}

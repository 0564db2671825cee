using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>A plain program made into the bytes of its partition: encrypted, paged, its RBL header renewed. It writes nothing.</summary>
internal sealed class StripedEdit
{
    private StripedEdit(byte[] slot, byte[]? header)
    {
        Slot = slot;
        Header = header;
    }

    /// <summary>The whole partition.</summary>
    public byte[] Slot { get; }

    /// <summary>The three pages of the header; null where there is none to renew.</summary>
    public byte[]? Header { get; }

    /// <summary>
    /// A program as long as before replaces its pages and keeps its header's raw size; another length is the new raw size, and the rest of
    /// the partition is erased.
    /// </summary>
    /// <param name="image">The un-rotated image as it is.</param>
    /// <param name="partition">Where the program may lie.</param>
    /// <param name="isPaged">Whether it is stored in pages, and its header too; false in a read without page CRCs.</param>
    /// <param name="cipher">What it is enciphered with.</param>
    /// <param name="logicalStart">Where it lies to the CPU.</param>
    /// <param name="headerOffset">Where its RBL header lies, in the partition or behind it; null where there is none.</param>
    /// <param name="plain">The program.</param>
    /// <param name="previousLength">How many bytes it had; -1 when there was none.</param>
    /// <exception cref="ImageGuardException">The program and its header do not fit.</exception>
    public static StripedEdit Make(
        ReadOnlyMemory<byte> image, FlashRange partition, bool isPaged, CodeCipher cipher, uint logicalStart, long? headerOffset, ReadOnlySpan<byte> plain,
        long previousLength)
    {
        // Only whole units can be enciphered; what fills the last one is enciphered too, as the vendor's tools have it.
        byte[] stored = ByteRuns.Erased((plain.Length + cipher.UnitSize - 1) / cipher.UnitSize * cipher.UnitSize);
        plain.CopyTo(stored);
        cipher.Encipher(logicalStart, stored, stored);
        byte[] pages = isPaged ? RblWriter.ToPages(stored) : stored;
        // Where an inner area cuts the partition in two, its header lies behind that.
        long room = Math.Min(headerOffset ?? partition.End, partition.End) - partition.Start;
        if (pages.Length > room)
        {
            throw new ImageGuardException(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the program needs 0x{pages.Length:x} bytes, its partition has 0x{room:x}{(headerOffset < partition.End ? " before its header" : string.Empty)}; nothing was written"),
                partition.Start);
        }
        bool sameLength = plain.Length == previousLength;
        byte[] slot = sameLength ? partition.Of(image).ToArray() : ByteRuns.Erased(partition.Length);
        pages.CopyTo(slot, 0);
        if (headerOffset is not { } at || ReadHeader(image.Span.Slice((int)at), isPaged) is not { } header)
            return new StripedEdit(slot, null);
        var renewed = RblWriter.Describe(header, sameLength ? StoredPayload(slot, isPaged, header.RawSize) : stored).Bytes;
        return new StripedEdit(slot, isPaged ? RblWriter.ToPages(renewed.Span) : renewed.ToArray());
    }

    // Of what the header covered, the program may be only the part before an erased page; the raw size stays all the same.
    private static ReadOnlySpan<byte> StoredPayload(ReadOnlySpan<byte> slot, bool isPaged, uint rawSize)
    {
        var data = isPaged ? ProgramPages.Strip(slot, rawSize) : slot;
        return data.Slice(0, (int)Math.Min(rawSize, (uint)data.Length));
    }

    private static RblHeader? ReadHeader(ReadOnlySpan<byte> stored, bool isPaged) =>
        RblHeader.TryRead(isPaged ? ProgramPages.Strip(stored.Slice(0, RblHeader.StripedSize)) : stored, out var header) ? header : null;
}

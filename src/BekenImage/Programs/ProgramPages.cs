using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>
/// Stored pages as data, and changed data back into them. A rest behind the last whole page is no page and is left out.
/// </summary>
internal static class ProgramPages
{
    /// <summary>The whole pages among some bytes.</summary>
    public static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> stored) => stored.Slice(0, (int)PageGrid.StoredOf(PageGrid.CountIn(stored.Length)));

    /// <summary>The state of the whole pages.</summary>
    public static PageScan Check(ReadOnlySpan<byte> stored) => FlashPages.Check(Whole(stored));

    /// <summary>The data of the whole pages, not deciphered.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> stored)
    {
        byte[] data = Uninitialized.Bytes(PageGrid.DataLength(stored.Length));
        FlashPages.Decode(Whole(stored), data);
        return data;
    }

    /// <summary>As much of the data, not deciphered, as a length in bytes needs: whole pages.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> stored, long dataLength) =>
        Strip(dataLength >= PageGrid.DataLength(stored.Length) ? stored : stored.Slice(0, (int)PageGrid.StoredLength(dataLength)));

    /// <summary>The data of the whole pages, deciphered.</summary>
    /// <param name="stored">The pages.</param>
    /// <param name="key">Their key.</param>
    /// <param name="logicalAddress">Where the first one's data lies to the CPU.</param>
    public static byte[] Decode(ReadOnlySpan<byte> stored, BekenKey key, uint logicalAddress)
    {
        byte[] data = Uninitialized.Bytes(PageGrid.DataLength(stored.Length));
        FlashPages.Decode(Whole(stored), data, key, logicalAddress);
        return data;
    }

    /// <summary>Writes data into the first pages. Erased pages and those with a wrong CRC stay; gives the number of the latter.</summary>
    public static int Write(Span<byte> slot, ReadOnlySpan<byte> data, int count)
    {
        int bad = 0;
        for (int page = 0; page < count; page++)
        {
            var stored = slot.Slice(page * FlashPages.PageSize, FlashPages.PageSize);
            if (ByteRuns.IsErased(stored))
                continue;
            if (FlashPages.Check(stored).Valid == 0)
                bad++;
            else
                FlashPages.Encode(data.Slice(page * FlashPages.DataSize, FlashPages.DataSize), stored);
        }
        return bad;
    }
}

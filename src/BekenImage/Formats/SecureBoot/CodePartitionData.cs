using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>The bytes a packer makes for a partition that lies in pages. Source: FORMAT.md, section 3.</summary>
public static class CodePartitionData
{
    /// <summary>Where the first page of a partition lies, physical: the first multiple of 34 at or after its start.</summary>
    /// <param name="partition">The partition in flash, physical.</param>
    public static long FirstPage(FlashRange partition) => new PhysicalAddress(partition.Start).RoundUpToPage().Value;

    /// <summary>
    /// 0xFF up to the first page boundary, the pages, and for a primary slot that runs in place 0xFF and its status (<see cref="XipStatus"/>).
    /// </summary>
    /// <param name="stored">The bytes as they lie in flash, without page CRCs: enciphered where the device enciphers.</param>
    /// <param name="partition">The partition in flash, physical.</param>
    /// <param name="withStatus">Whether a status follows.</param>
    /// <exception cref="BekenImageException">The bytes do not fit the partition.</exception>
    public static byte[] LayOut(ReadOnlySpan<byte> stored, FlashRange partition, bool withStatus = false)
    {
        long first = FirstPage(partition) - partition.Start;
        byte[] data = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(stored.Length)), stored);
        long pages = PageGrid.StoredLength(data.Length);
        long status = withStatus ? XipStatus.PositionIn(partition) - partition.Start : 0;
        long room = withStatus ? status : partition.Length;
        if (first + pages > room)
        {
            throw new BekenImageException(FindingCode.DownloadOutside, FormattableString.Invariant(
                $"the data takes 0x{first + pages:x} bytes of flash with its page CRCs, its partition has room for 0x{room:x}"));
        }
        byte[] bytes = ByteRuns.Erased(withStatus ? status + XipStatus.Size : first + pages);
        FlashPages.Encode(data, bytes.AsSpan((int)first, (int)pages));
        if (withStatus)
            XipStatus.Write().CopyTo(bytes, (int)status);
        return bytes;
    }

    /// <inheritdoc cref="LayOut(ReadOnlySpan{byte}, FlashRange, bool)"/>
    public static byte[] LayOut(byte[] stored, FlashRange partition, bool withStatus = false) =>
        LayOut((stored ?? throw new ArgumentNullException(nameof(stored))).AsSpan(), partition, withStatus);

    /// <summary>
    /// The same for the partition of a key (<c>nvs_key</c>), whose file of 4 KiB does not fit once it has page CRCs: what reaches behind the
    /// partition, which is 0xFF before it is enciphered, is left out in the middle of a page.
    /// </summary>
    /// <param name="stored">The bytes as they lie in flash, without page CRCs.</param>
    /// <param name="partition">The partition in flash, physical.</param>
    public static byte[] LayOutCut(ReadOnlySpan<byte> stored, FlashRange partition)
    {
        byte[] whole = LayOut(stored, new FlashRange(partition.Start, FlashPages.PageSize + PageGrid.StoredLength(stored.Length)));
        return whole.Length <= partition.Length ? whole : whole.AsSpan(0, (int)partition.Length).ToArray();
    }

    /// <inheritdoc cref="LayOutCut(ReadOnlySpan{byte}, FlashRange)"/>
    public static byte[] LayOutCut(byte[] stored, FlashRange partition) =>
        LayOutCut((stored ?? throw new ArgumentNullException(nameof(stored))).AsSpan(), partition);
}

using BekenImage.Crypto;

namespace BekenImage.Addressing;

/// <summary>The one place that counts pages: 34 bytes of flash for 32 of data. A rest that is no whole page of flash does not count.</summary>
internal static class PageGrid
{
    /// <summary>Pages that some data takes, its last one filled up.</summary>
    public static int CountFor(long dataLength) => (int)((dataLength + FlashPages.DataSize - 1) / FlashPages.DataSize);

    /// <summary>Whole pages in some flash.</summary>
    public static int CountIn(long storedLength) => (int)(storedLength / FlashPages.PageSize);

    /// <summary>Bytes of data in so many pages.</summary>
    public static int DataOf(int pages) => pages * FlashPages.DataSize;

    /// <summary>Bytes of flash that so many pages take.</summary>
    public static long StoredOf(int pages) => (long)pages * FlashPages.PageSize;

    /// <summary>How many bytes of data the whole pages in some flash hold.</summary>
    public static int DataLength(long storedLength) => DataOf(CountIn(storedLength));

    /// <summary>How many bytes of flash some data takes, its last page filled up.</summary>
    public static long StoredLength(long dataLength) => StoredOf(CountFor(dataLength));
}

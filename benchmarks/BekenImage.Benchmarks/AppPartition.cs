using BekenImage.Crypto;

namespace BekenImage.Benchmarks;

/// <summary>Synthetic striped areas: seeded bytes, enciphered with the default key, every page valid.</summary>
internal static class AppPartition
{
    /// <summary>Data bytes of the app partition of the Tuya layout; 1,150,832 bytes with their CRCs.</summary>
    public const int AppData = 0x108700;

    public const uint LogicalAddress = 0x10000;

    public static BekenKey Key => BekenKey.Tuya;

    public static byte[] MakeData(int length)
    {
        var data = new byte[length];
        new Random(34).NextBytes(data);
        return data;
    }

    public static byte[] MakePages(byte[] data)
    {
        var pages = new byte[data.Length / FlashPages.DataSize * FlashPages.PageSize];
        FlashPages.Encode(data, pages, Key, LogicalAddress);
        return pages;
    }
}

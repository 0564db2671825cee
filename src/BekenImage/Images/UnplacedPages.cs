using BekenImage.Crypto;

namespace BekenImage.Images;

/// <summary>Looks for pages in a file that begins in the middle of nowhere: at every sector, in every one of the 34 phases.</summary>
internal static class UnplacedPages
{
    private const int PagesNeeded = 4;

    /// <summary>Offset of the first four valid pages in a row, or null.</summary>
    public static int? Find(ReadOnlySpan<byte> bytes)
    {
        const int needed = PagesNeeded * FlashPages.PageSize;
        for (int sector = 0; sector < bytes.Length; sector += FlashGeometry.SectorSize)
        {
            for (int offset = sector; offset < sector + FlashPages.PageSize && offset <= bytes.Length - needed; offset++)
            {
                var pages = bytes.Slice(offset, needed);
                if (FlashPages.Check(pages.Slice(0, FlashPages.PageSize)).Valid == 1 && FlashPages.Check(pages).Valid == PagesNeeded)
                    return offset;
            }
        }
        return null;
    }
}

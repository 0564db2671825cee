using BekenImage.Addressing;
using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>Tells files that still have page CRCs from those without.</summary>
internal static class PagedFile
{
    private const int PagesLookedAt = 64;

    /// <summary>True when the file begins with valid pages: up to 64 of them. By chance a page is valid once in 65536.</summary>
    public static bool IsPaged(ReadOnlySpan<byte> file)
    {
        int pages = Math.Min(PagesLookedAt, PageGrid.CountIn(file.Length));
        return pages > 0 && FlashPages.Check(file.Slice(0, pages * FlashPages.PageSize)).Valid == pages;
    }

    /// <summary>The data of the leading valid pages.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> file) =>
        ProgramPages.Strip(file.Slice(0, ProgramPages.Check(file).LeadingValid * FlashPages.PageSize));
}

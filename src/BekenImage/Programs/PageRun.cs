using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>How far pages go that begin somewhere, where nothing but they themselves can say it. A page with a wrong CRC does not end them.</summary>
internal static class PageRun
{
    // Single erased pages occur inside payloads; the shortest gap behind one was 107 pages.
    private const int LongErasedRun = 16;

    // By chance a page is valid once in 65536; so many in a row are a program's.
    private const int ProvenRun = 4;

    // At the end of a program fewer pages than this are it, damaged; more are something else that lies behind it.
    private const int DamagedTail = 16;

    /// <summary>How many pages of a program's partition are in use: those up to the first long erased stretch.</summary>
    /// <param name="stored">The partition.</param>
    public static int InUse(ReadOnlySpan<byte> stored)
    {
        int used = 0;
        int erased = 0;
        for (int page = 0; (page + 1) * FlashPages.PageSize <= stored.Length && erased < LongErasedRun; page++)
        {
            bool isErased = ByteRuns.IsErased(stored.Slice(page * FlashPages.PageSize, FlashPages.PageSize));
            erased = isErased ? erased + 1 : 0;
            if (!isErased)
                used = page + 1;
        }
        return used;
    }

    /// <summary>
    /// How many pages a program has that no partition bounds: those up to the first long erased stretch, as far as there are pages. What
    /// has wrong CRCs is the program's when valid pages follow, or when it is short.
    /// </summary>
    /// <param name="stored">From the program's first page on; other things may lie behind it.</param>
    public static int WithoutBounds(ReadOnlySpan<byte> stored)
    {
        int used = InUse(stored);
        int proven = Proven(stored, used);
        return used - proven < DamagedTail ? used : proven;
    }

    /// <summary>The same without a damaged end: up to the last pages that prove themselves.</summary>
    /// <param name="stored">From the program's first page on; other things may lie behind it.</param>
    public static int Proven(ReadOnlySpan<byte> stored) => Proven(stored, InUse(stored));

    private static int Proven(ReadOnlySpan<byte> stored, int used)
    {
        int end = 0;
        int run = 0;
        for (int page = 0; page < used; page++)
        {
            run = FlashPages.Check(stored.Slice(page * FlashPages.PageSize, FlashPages.PageSize)).Valid == 1 ? run + 1 : 0;
            if (run >= ProvenRun || run > 0 && page == end)
                end = page + 1;
        }
        return end;
    }
}

using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>Tells files that still have page CRCs from those without.</summary>
internal static class PagedFile
{
    private const int PagesLookedAt = 64;

    /// <summary>
    /// True when pages begin here: of the first 64 that are not erased, at least half have a right CRC. By chance one has it in 65536; a
    /// damaged page makes them no plain bytes.
    /// </summary>
    public static bool IsPaged(ReadOnlySpan<byte> file)
    {
        var scan = ProgramPages.Check(file.Slice(0, Math.Min(PagesLookedAt * FlashPages.PageSize, file.Length)));
        return scan.Valid > 0 && scan.Valid >= scan.Bad;
    }

    /// <summary>Refuses pages of which one has a wrong CRC.</summary>
    /// <exception cref="BekenImageException">One has (<see cref="FindingCode.BadPage"/>).</exception>
    public static void RequireSound(ReadOnlySpan<byte> pages) => PageFile.RequireSound(ProgramPages.Check(pages));

    /// <summary>The data of the leading pages; what may lie behind them, without being pages, is left out.</summary>
    /// <exception cref="BekenImageException">One of them has a wrong CRC (<see cref="FindingCode.BadPage"/>).</exception>
    public static byte[] Strip(ReadOnlySpan<byte> file) => PageFile.Strip(file.Slice(0, PageRun.Proven(file) * FlashPages.PageSize));
}

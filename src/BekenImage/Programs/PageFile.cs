using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.IO;

namespace BekenImage;

/// <summary>Pages whose CRCs were made to fit their data. Immutable.</summary>
public sealed class PageRepairResult
{
    private readonly byte[] _bytes;

    internal PageRepairResult(byte[] bytes, PageScan before)
    {
        _bytes = bytes;
        Before = before;
    }

    /// <summary>The pages.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>What they were before.</summary>
    public PageScan Before { get; }

    /// <summary>How many pages got another CRC.</summary>
    public int Repaired => Before.Bad;

    /// <summary>A copy of the pages.</summary>
    public byte[] ToArray() => (byte[])_bytes.Clone();
}

/// <summary>Files of pages, 32 bytes of data and two of CRC each: CRCs added, checked, removed, repaired. No cipher, no partitions.</summary>
public static class PageFile
{
    /// <summary>The data with 0xFF behind it, up to whole pages.</summary>
    /// <param name="data">The data.</param>
    public static byte[] Pad(ReadOnlySpan<byte> data) =>
        ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(data.Length)), data);

    /// <inheritdoc cref="Pad(ReadOnlySpan{byte})"/>
    public static byte[] Pad(byte[] data) => Pad((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>Pages of some data; the last is filled up with 0xFF.</summary>
    /// <param name="data">The data.</param>
    public static byte[] Add(ReadOnlySpan<byte> data) => RblWriter.ToPages(data);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte})"/>
    public static byte[] Add(byte[] data) => Add((data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>Counts valid, erased and bad pages.</summary>
    /// <param name="pages">Whole pages.</param>
    /// <exception cref="BekenImageException">They are not whole.</exception>
    public static PageScan Check(ReadOnlySpan<byte> pages)
    {
        CheckWhole(pages);
        return FlashPages.Check(pages);
    }

    /// <inheritdoc cref="Check(ReadOnlySpan{byte})"/>
    public static PageScan Check(byte[] pages) => Check((pages ?? throw new ArgumentNullException(nameof(pages))).AsSpan());

    /// <summary>The data of sound pages; an erased page is 0xFF.</summary>
    /// <param name="pages">Whole pages.</param>
    /// <exception cref="BekenImageException">They are not whole, or a CRC is wrong.</exception>
    public static byte[] Strip(ReadOnlySpan<byte> pages) => Strip(pages, BekenKey.Zero, 0, out _);

    /// <inheritdoc cref="Strip(ReadOnlySpan{byte})"/>
    public static byte[] Strip(byte[] pages) => Strip((pages ?? throw new ArgumentNullException(nameof(pages))).AsSpan());

    /// <summary>The data of sound pages, deciphered; an erased page is 0xFF and not deciphered.</summary>
    /// <param name="pages">Whole pages.</param>
    /// <param name="key">The key.</param>
    /// <param name="logicalAddress">Logical address of the first byte.</param>
    /// <param name="scan">What the pages are.</param>
    /// <exception cref="BekenImageException">They are not whole, or a CRC is wrong.</exception>
    public static byte[] Strip(ReadOnlySpan<byte> pages, BekenKey key, uint logicalAddress, out PageScan scan)
    {
        CheckWhole(pages);
        var data = new byte[PageGrid.DataLength(pages.Length)];
        scan = FlashPages.Decode(pages, data, key, logicalAddress);
        RequireSound(scan);
        return data;
    }

    /// <inheritdoc cref="Strip(ReadOnlySpan{byte}, BekenKey, uint, out PageScan)"/>
    /// <param name="pages">Whole pages.</param>
    /// <param name="cipher">The cipher of the newer chips, with its key.</param>
    /// <param name="logicalAddress">Logical address of the first byte.</param>
    /// <param name="scan">What the pages are.</param>
    public static byte[] Strip(ReadOnlySpan<byte> pages, AesFlashCipher cipher, uint logicalAddress, out PageScan scan)
    {
        if (cipher is null)
            throw new ArgumentNullException(nameof(cipher));
        CheckWhole(pages);
        var data = new byte[PageGrid.DataLength(pages.Length)];
        scan = cipher.DecodePages(logicalAddress, pages, data);
        RequireSound(scan);
        return data;
    }

    /// <inheritdoc cref="Strip(ReadOnlySpan{byte}, AesFlashCipher, uint, out PageScan)"/>
    public static byte[] Strip(byte[] pages, AesFlashCipher cipher, uint logicalAddress, out PageScan scan) =>
        Strip((pages ?? throw new ArgumentNullException(nameof(pages))).AsSpan(), cipher, logicalAddress, out scan);

    /// <summary>Believes the data and makes the CRC fit: for a file that was edited by hand. Erased pages stay.</summary>
    /// <param name="pages">Whole pages.</param>
    /// <exception cref="BekenImageException">They are not whole.</exception>
    public static PageRepairResult Repair(ReadOnlySpan<byte> pages)
    {
        var before = Check(pages);
        byte[] repaired = pages.ToArray();
        for (int offset = 0; before.Bad > 0 && offset < repaired.Length; offset += FlashPages.PageSize)
        {
            if (FlashPages.Check(pages.Slice(offset, FlashPages.PageSize)).Bad > 0)
                FlashPages.Encode(pages.Slice(offset, FlashPages.DataSize), repaired.AsSpan(offset, FlashPages.PageSize));
        }
        return new PageRepairResult(repaired, before);
    }

    /// <inheritdoc cref="Repair(ReadOnlySpan{byte})"/>
    public static PageRepairResult Repair(byte[] pages) => Repair((pages ?? throw new ArgumentNullException(nameof(pages))).AsSpan());

    internal static void RequireSound(PageScan scan)
    {
        if (scan.Bad > 0)
        {
            throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                $"{scan.Bad} of {scan.Total} pages {Counted.Have(scan.Bad)} a wrong CRC, the first is page {scan.FirstBad}"), (long)scan.FirstBad * FlashPages.PageSize);
        }
    }

    private static void CheckWhole(ReadOnlySpan<byte> pages)
    {
        int rest = pages.Length % FlashPages.PageSize;
        if (rest != 0)
        {
            throw new BekenImageException(FindingCode.WrongKind, FormattableString.Invariant(
                $"{pages.Length} bytes are not whole pages of {FlashPages.PageSize}; it ends {rest} bytes into one"), pages.Length - rest);
        }
    }
}

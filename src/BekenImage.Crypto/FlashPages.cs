using BekenImage.Crypto.Kernels;

namespace BekenImage.Crypto;

/// <summary>
/// The pages of a striped area: 32 data bytes followed by their CRC-16, big-endian; 34 bytes in all. The CRC covers the bytes as stored,
/// that is, the ciphertext where the area is encrypted.
/// </summary>
/// <remarks>
/// None of these methods allocates. Spans must not overlap. The definition is in FlashPages.Scalar.cs and FlashPages.md; every faster
/// path gives its results.
/// </remarks>
public static partial class FlashPages
{
    /// <summary>Data bytes in a page.</summary>
    public const int DataSize = 32;

    /// <summary>Bytes a page takes in flash: its data and two bytes of CRC.</summary>
    public const int PageSize = 34;

    /// <summary>Checks the CRC of every page; copies nothing.</summary>
    /// <param name="pages">Whole pages, <c>n * 34</c> bytes.</param>
    /// <returns>How many pages are valid, erased and bad, and where the first bad one is.</returns>
    /// <exception cref="ArgumentException"><paramref name="pages"/> is not a whole number of pages.</exception>
    public static PageScan Check(ReadOnlySpan<byte> pages)
    {
        CountPages(pages);
        return PageKernel.Selected.Check(pages);
    }

    /// <summary>Checks the CRC of every page and copies the data of each, valid or not, to <paramref name="data"/>.</summary>
    /// <param name="pages">Whole pages, <c>n * 34</c> bytes.</param>
    /// <param name="data">Receives <c>n * 32</c> bytes; what lies after them is left alone.</param>
    /// <returns>How many pages are valid, erased and bad, and where the first bad one is.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="pages"/> is not a whole number of pages, or <paramref name="data"/> is shorter than <c>n * 32</c>. Nothing was written.
    /// </exception>
    public static PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data) => Decode(pages, data, BekenKey.Zero, 0);

    /// <summary>
    /// Checks the CRC of every page and writes the deciphered data of each, valid or not, to <paramref name="data"/>. An erased page gives
    /// 32 bytes 0xFF: it holds no data to decipher.
    /// </summary>
    /// <param name="pages">Whole pages, <c>n * 34</c> bytes.</param>
    /// <param name="data">Receives <c>n * 32</c> bytes; what lies after them is left alone.</param>
    /// <param name="key">The coefficients.</param>
    /// <param name="logicalAddress">Logical address of the first page's data: a multiple of 32 for pages on the grid, but any value works.</param>
    /// <returns>How many pages are valid, erased and bad, and where the first bad one is.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="pages"/> is not a whole number of pages, or <paramref name="data"/> is shorter than <c>n * 32</c>. Nothing was written.
    /// </exception>
    public static PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress)
    {
        int count = CountPages(pages);
        if (data.Length / DataSize < count)
            ThrowHelper.DestinationTooShort(nameof(data), (long)count * DataSize, data.Length);
        return PageKernel.Selected.Decode(pages, data, key, logicalAddress);
    }

    /// <summary>Makes pages: adds the CRC to every 32 bytes of data.</summary>
    /// <param name="data">Whole data blocks, <c>n * 32</c> bytes.</param>
    /// <param name="pages">Receives <c>n * 34</c> bytes; what lies after them is left alone.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="data"/> is not a multiple of 32 bytes, or <paramref name="pages"/> is shorter than <c>n * 34</c>. Nothing was written.
    /// </exception>
    public static void Encode(ReadOnlySpan<byte> data, Span<byte> pages) => Encode(data, pages, BekenKey.Zero, 0);

    /// <summary>Makes pages of enciphered data: encrypts every 32 bytes and adds the CRC of the ciphertext.</summary>
    /// <param name="data">Whole data blocks, <c>n * 32</c> bytes, plain.</param>
    /// <param name="pages">Receives <c>n * 34</c> bytes; what lies after them is left alone.</param>
    /// <param name="key">The coefficients.</param>
    /// <param name="logicalAddress">Logical address of the first data byte: a multiple of 32 for pages on the grid, but any value works.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="data"/> is not a multiple of 32 bytes, or <paramref name="pages"/> is shorter than <c>n * 34</c>. Nothing was written.
    /// </exception>
    public static void Encode(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress)
    {
        if (data.Length % DataSize != 0)
            ThrowHelper.NotWhole(nameof(data), data.Length, DataSize);
        int count = data.Length / DataSize;
        if (pages.Length / PageSize < count)
            ThrowHelper.DestinationTooShort(nameof(pages), (long)count * PageSize, pages.Length);
        PageKernel.Selected.Encode(data, pages, key, logicalAddress);
    }

    /// <inheritdoc cref="Check(ReadOnlySpan{byte})"/>
    public static PageScan Check(byte[] pages) => Check(Span(pages, nameof(pages)));

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, Span{byte})"/>
    public static PageScan Decode(byte[] pages, byte[] data) => Decode(Span(pages, nameof(pages)), Span(data, nameof(data)));

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, Span{byte}, BekenKey, uint)"/>
    public static PageScan Decode(byte[] pages, byte[] data, BekenKey key, uint logicalAddress) =>
        Decode(Span(pages, nameof(pages)), Span(data, nameof(data)), key, logicalAddress);

    /// <inheritdoc cref="Encode(ReadOnlySpan{byte}, Span{byte})"/>
    public static void Encode(byte[] data, byte[] pages) => Encode(Span(data, nameof(data)), Span(pages, nameof(pages)));

    /// <inheritdoc cref="Encode(ReadOnlySpan{byte}, Span{byte}, BekenKey, uint)"/>
    public static void Encode(byte[] data, byte[] pages, BekenKey key, uint logicalAddress) =>
        Encode(Span(data, nameof(data)), Span(pages, nameof(pages)), key, logicalAddress);

    private static Span<byte> Span(byte[] array, string name) => array ?? throw new ArgumentNullException(name);

    private static int CountPages(ReadOnlySpan<byte> pages)
    {
        if (pages.Length % PageSize != 0)
            ThrowHelper.NotWhole(nameof(pages), pages.Length, PageSize);
        return pages.Length / PageSize;
    }
}

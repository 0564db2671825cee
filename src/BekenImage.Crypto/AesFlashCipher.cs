using BekenImage.Crypto.Kernels;

namespace BekenImage.Crypto;

/// <summary>
/// The flash cipher of the newer Beken chips (BK7236, BK7258, BK7239N): AES-128-XTS over units of 32 bytes, the data of a page. Each unit
/// is enciphered under its logical address.
/// </summary>
/// <remarks>
/// No operation allocates; one object serves several threads. The definition is in AesFlashCipher.Scalar.cs and AesFlashCipher.md; every
/// faster path gives its results.
/// <para>
/// Not disposable: the key has to live as long as the image that it opens, in <see cref="Key"/>, where the caller put it; clearing the
/// round keys alone would hide nothing.
/// </para>
/// </remarks>
public sealed partial class AesFlashCipher
{
    /// <summary>Bytes of a unit: two blocks of AES, the data of one page.</summary>
    public const int UnitSize = FlashPages.DataSize;

    private readonly AesFlashKernel _kernel;

    /// <summary>Takes a key and computes its round keys.</summary>
    /// <param name="key">The key; every one is taken.</param>
    /// <param name="variant">How the chip applies it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variant"/> is none of the two.</exception>
    public AesFlashCipher(AesFlashKey key, AesFlashVariant variant)
        : this(key, variant, AesFlashKernel.Best)
    {
    }

    internal AesFlashCipher(AesFlashKey key, AesFlashVariant variant, AesFlashKernelSource source)
    {
        Key = key ?? throw new ArgumentNullException(nameof(key));
        if (variant is not (AesFlashVariant.WordSwapped or AesFlashVariant.Standard))
            throw new ArgumentOutOfRangeException(nameof(variant));
        Variant = variant;
        _kernel = source.Open(key, variant);
    }

    /// <summary>The key.</summary>
    public AesFlashKey Key { get; }

    /// <summary>How the chip applies the key.</summary>
    public AesFlashVariant Variant { get; }

    /// <summary>Encrypts whole units.</summary>
    /// <param name="address">
    /// Logical address of the first byte, without the CPU's 0x02000000. Need not be a multiple of 32: unit i has address + 32 i in the
    /// word-swapped variant and number address / 32 + i in the standard one, as in the vendor's tools; both are counted modulo 2^64.
    /// </param>
    /// <param name="source">Bytes without page CRCs, a multiple of 32.</param>
    /// <param name="destination">
    /// Receives as many bytes as <paramref name="source"/> has; what lies after them is left alone. May be the same memory as
    /// <paramref name="source"/>, but must not overlap it partly.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is not a multiple of 32 bytes, or <paramref name="destination"/> is shorter. Nothing was written.
    /// </exception>
    public void Encrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        CheckUnits(source, destination);
        _kernel.Encrypt(TweakNumber(Variant, address), source, destination);
    }

    /// <summary>Decrypts whole units.</summary>
    /// <inheritdoc cref="Encrypt(ulong, ReadOnlySpan{byte}, Span{byte})"/>
    public void Decrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        CheckUnits(source, destination);
        _kernel.Decrypt(TweakNumber(Variant, address), source, UnitSize, destination);
    }

    /// <summary>
    /// Checks the CRC of every page and writes the deciphered data of each, valid or not, to <paramref name="data"/>. An erased page gives
    /// 32 bytes 0xFF: it holds no data to decipher.
    /// </summary>
    /// <param name="address">
    /// Logical address of the first page's data; as of <see cref="Encrypt(ulong, ReadOnlySpan{byte}, Span{byte})"/>.
    /// </param>
    /// <param name="pages">Whole pages, <c>n * 34</c> bytes.</param>
    /// <param name="data">
    /// Receives <c>n * 32</c> bytes; what lies after them is left alone. Must not overlap <paramref name="pages"/>.
    /// </param>
    /// <returns>How many pages are valid, erased and bad, and where the first bad one is.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="pages"/> is not a whole number of pages, or <paramref name="data"/> is shorter than <c>n * 32</c>. Nothing was
    /// written.
    /// </exception>
    public PageScan DecodePages(ulong address, ReadOnlySpan<byte> pages, Span<byte> data)
    {
        if (pages.Length % FlashPages.PageSize != 0)
            ThrowHelper.NotWhole(nameof(pages), pages.Length, FlashPages.PageSize);
        int count = pages.Length / FlashPages.PageSize;
        if (data.Length / UnitSize < count)
            ThrowHelper.DestinationTooShort(nameof(data), (long)count * UnitSize, data.Length);
        return _kernel.DecodePages(TweakNumber(Variant, address), pages, data);
    }

    /// <summary>Makes pages of enciphered data: encrypts every 32 bytes and adds the CRC of the ciphertext.</summary>
    /// <param name="address">Logical address of the first byte; as of <see cref="Encrypt(ulong, ReadOnlySpan{byte}, Span{byte})"/>.</param>
    /// <param name="data">Whole units, <c>n * 32</c> bytes, plain.</param>
    /// <param name="pages">
    /// Receives <c>n * 34</c> bytes; what lies after them is left alone. Must not overlap <paramref name="data"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="data"/> is not a multiple of 32 bytes, or <paramref name="pages"/> is shorter than <c>n * 34</c>. Nothing was
    /// written.
    /// </exception>
    public void EncodePages(ulong address, ReadOnlySpan<byte> data, Span<byte> pages)
    {
        if (data.Length % UnitSize != 0)
            ThrowHelper.NotWhole(nameof(data), data.Length, UnitSize);
        int count = data.Length / UnitSize;
        if (pages.Length / FlashPages.PageSize < count)
            ThrowHelper.DestinationTooShort(nameof(pages), (long)count * FlashPages.PageSize, pages.Length);
        _kernel.EncodePages(TweakNumber(Variant, address), data, pages);
    }

    /// <inheritdoc cref="Encrypt(ulong, ReadOnlySpan{byte}, Span{byte})"/>
    public void Encrypt(ulong address, byte[] source, byte[] destination) =>
        Encrypt(address, Span(source, nameof(source)), Span(destination, nameof(destination)));

    /// <inheritdoc cref="Decrypt(ulong, ReadOnlySpan{byte}, Span{byte})"/>
    public void Decrypt(ulong address, byte[] source, byte[] destination) =>
        Decrypt(address, Span(source, nameof(source)), Span(destination, nameof(destination)));

    /// <inheritdoc cref="DecodePages(ulong, ReadOnlySpan{byte}, Span{byte})"/>
    public PageScan DecodePages(ulong address, byte[] pages, byte[] data) =>
        DecodePages(address, Span(pages, nameof(pages)), Span(data, nameof(data)));

    /// <inheritdoc cref="EncodePages(ulong, ReadOnlySpan{byte}, Span{byte})"/>
    public void EncodePages(ulong address, byte[] data, byte[] pages) =>
        EncodePages(address, Span(data, nameof(data)), Span(pages, nameof(pages)));

    private static Span<byte> Span(byte[] array, string name) => array ?? throw new ArgumentNullException(name);

    private static void CheckUnits(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length % UnitSize != 0)
            ThrowHelper.NotWhole(nameof(source), source.Length, UnitSize);
        if (destination.Length < source.Length)
            ThrowHelper.DestinationTooShort(nameof(destination), source.Length, destination.Length);
    }
}

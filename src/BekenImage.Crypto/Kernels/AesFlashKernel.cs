namespace BekenImage.Crypto.Kernels;

/// <summary>
/// One way to run the AES flash cipher, holding one key. Arguments have been checked: whole units and pages, destinations long enough. The
/// results are those of <see cref="AesScalarKernel"/> for every input.
/// </summary>
internal abstract class AesFlashKernel(AesFlashVariant variant)
{
    /// <summary>Pages that are checked, then deciphered while the first-level cache holds them: 4 KiB of data.</summary>
    private const int BlockPages = 128;

    protected AesFlashVariant Variant { get; } = variant;

    /// <summary>How much the number of a unit grows from one to the next.</summary>
    protected ulong Step { get; } = AesFlashCipher.TweakStep(variant);

    /// <summary>The ways this machine has, fastest first. The product takes the first; tests and benchmarks take all.</summary>
    public static IReadOnlyList<AesFlashKernelSource> Available { get; } = [.. Supported()];

    /// <summary>What the product takes.</summary>
    public static AesFlashKernelSource Best => Available[0];

    /// <summary>Enciphers whole units.</summary>
    /// <param name="number">What the first unit's tweak is made from (<see cref="AesFlashCipher.TweakNumber"/>).</param>
    /// <param name="source">Whole units.</param>
    /// <param name="destination">At least as long. May be the source itself.</param>
    public abstract void Encrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Deciphers whole units.</summary>
    /// <param name="number">What the first unit's tweak is made from (<see cref="AesFlashCipher.TweakNumber"/>).</param>
    /// <param name="source">Whole units, or whole pages.</param>
    /// <param name="stride">Bytes from one unit of the source to the next: 32, or 34 for pages.</param>
    /// <param name="destination">Room for all units, side by side. May be the source itself where the stride is 32.</param>
    public abstract void Decrypt(ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination);

    public PageScan DecodePages(ulong number, ReadOnlySpan<byte> pages, Span<byte> data)
    {
        var scan = new PageScan(0, 0, 0, -1, 0);
        while (pages.Length > 0)
        {
            int count = Math.Min(pages.Length / FlashPages.PageSize, BlockPages);
            scan = scan.Then(DecodeBlock(number, pages.Slice(0, count * FlashPages.PageSize), data.Slice(0, count * FlashPages.DataSize)));
            pages = pages.Slice(count * FlashPages.PageSize);
            data = data.Slice(count * FlashPages.DataSize);
            number = unchecked(number + (ulong)count * Step);
        }
        return scan;
    }

    public void EncodePages(ulong number, ReadOnlySpan<byte> data, Span<byte> pages)
    {
        var cipherText = (stackalloc byte[BlockPages * FlashPages.DataSize]);
        while (data.Length > 0)
        {
            int count = Math.Min(data.Length / FlashPages.DataSize, BlockPages);
            var block = cipherText.Slice(0, count * FlashPages.DataSize);
            Encrypt(number, data.Slice(0, block.Length), block);
            PageKernel.Selected.Encode(block, pages, BekenKey.Zero, 0);
            pages = pages.Slice(count * FlashPages.PageSize);
            data = data.Slice(block.Length);
            number = unchecked(number + (ulong)count * Step);
        }
    }

    private PageScan DecodeBlock(ulong number, ReadOnlySpan<byte> pages, Span<byte> data)
    {
        var scan = PageKernel.Selected.Check(pages);
        if (scan.Erased == scan.Total)
        {
            data.Fill(0xFF);
            return scan;
        }
        Decrypt(number, pages, FlashPages.PageSize, data);
        if (scan.Erased > 0)
            RestoreErased(pages, data);
        return scan;
    }

    private static void RestoreErased(ReadOnlySpan<byte> pages, Span<byte> data)
    {
        for (; pages.Length > 0; pages = pages.Slice(FlashPages.PageSize), data = data.Slice(FlashPages.DataSize))
        {
            if (FlashPages.StateOf(pages.Slice(0, FlashPages.PageSize)) == FlashPages.PageState.Erased)
                data.Slice(0, FlashPages.DataSize).Fill(0xFF);
        }
    }

#if NET8_0_OR_GREATER
    private static AesFlashKernel OpenInstructions<TEncryption, TDecryption>(AesFlashKey key, AesFlashVariant variant)
        where TEncryption : struct, IAesRounds
        where TDecryption : struct, IAesRounds => variant == AesFlashVariant.WordSwapped
        ? new AesInstructionKernel<TEncryption, TDecryption, WordSwappedUnits>(key)
        : new AesInstructionKernel<TEncryption, TDecryption, StandardUnits>(key);
#endif

    private static IEnumerable<AesFlashKernelSource> Supported()
    {
#if NET8_0_OR_GREATER
        // Vectors are moved whole between memory and registers.
        if (BitConverter.IsLittleEndian && X86Encryption.IsSupported)
            yield return new AesFlashKernelSource("aes-ni", OpenInstructions<X86Encryption, X86Decryption>);
        if (BitConverter.IsLittleEndian && ArmInstructions.IsSupported)
        {
            yield return new AesFlashKernelSource(
                "aes-arm", OpenInstructions<ArmEncryption<ArmInstructions>, ArmDecryption<ArmInstructions>>);
        }
        if (!OperatingSystem.IsBrowser())
            yield return new AesFlashKernelSource("platform", (key, variant) => new AesEngineKernel(new PlatformAes(), key, variant));
        yield return new AesFlashKernelSource("bouncycastle", (key, variant) => new AesEngineKernel(new BouncyCastleAes(), key, variant));
#else
        yield return new AesFlashKernelSource("platform", (key, variant) => new AesEngineKernel(new PlatformAes(), key, variant));
#endif
        yield return new AesFlashKernelSource("scalar", (key, variant) => new AesScalarKernel(key, variant));
    }
}

/// <summary>A kernel before it has a key.</summary>
/// <param name="name">Name in tests, benchmarks and reports.</param>
/// <param name="open">Takes the key.</param>
internal sealed class AesFlashKernelSource(string name, Func<AesFlashKey, AesFlashVariant, AesFlashKernel> open)
{
    public string Name => name;

    public AesFlashKernel Open(AesFlashKey key, AesFlashVariant variant) => open(key, variant);

    public override string ToString() => name;
}

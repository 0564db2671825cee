namespace BekenImage.Crypto.Kernels;

/// <summary>
/// One way to do the four operations of the byte layer. Arguments have been checked: whole pages, destinations long enough. The results
/// are those of <see cref="ScalarKernel"/> for every input.
/// </summary>
internal abstract class PageKernel
{
    // A readonly field of a class that has been initialised: the optimising JIT then knows the exact type and calls it directly.
    internal static readonly PageKernel Selected = Supported().First();

    /// <summary>
    /// The kernels this machine can run, fastest first. The product takes the first and makes no other; tests and benchmarks take all.
    /// </summary>
    public static IReadOnlyList<PageKernel> Available { get => field ??= [Selected, .. Supported().Skip(1)]; }

    /// <summary>Name in tests, benchmarks and reports.</summary>
    public abstract string Name { get; }

    public abstract PageScan Check(ReadOnlySpan<byte> pages);

    public abstract PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress);

    public abstract void Encode(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress);

    public abstract void Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination);

    public override string ToString() => Name;

    private static IEnumerable<PageKernel> Supported()
    {
        // The fast paths move whole words between memory and registers; the scalar definition does not care about their byte order.
        if (BitConverter.IsLittleEndian)
        {
#if NET10_0_OR_GREATER
            if (Gfni512Kernel.IsSupported)
                yield return new Gfni512Kernel();
            if (Gfni256Kernel.IsSupported)
                yield return new Gfni256Kernel();
            if (Carryless256Kernel.IsSupported)
                yield return new Carryless256Kernel();
#endif
#if NET8_0_OR_GREATER
            // Before the products of 128 bits, which AMD's processors without wider ones start every second cycle only.
            if (Fold256Kernel.IsSupported)
                yield return new Fold256Kernel();
            if (Carryless128Kernel.IsSupported)
                yield return new Carryless128Kernel();
            if (Fold128Kernel.IsSupported)
                yield return new Fold128Kernel();
#endif
            yield return new PortableKernel();
        }
        yield return new ScalarKernel();
    }
}

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// One way to do the four operations of the byte layer. Arguments have been checked: whole pages, destinations long enough. The results
/// are those of <see cref="ScalarKernel"/> for every input.
/// </summary>
internal abstract class PageKernel
{
    /// <summary>The kernels this machine can run, fastest first. The product takes the first; tests and benchmarks take all.</summary>
    public static IReadOnlyList<PageKernel> Available { get; } = FindAvailable();

    // A readonly field of a class that has been initialised: the optimising JIT then knows the exact type and calls it directly.
    internal static readonly PageKernel Selected = Available[0];

    /// <summary>Name in tests, benchmarks and reports.</summary>
    public abstract string Name { get; }

    public abstract PageScan Check(ReadOnlySpan<byte> pages);

    public abstract PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress);

    public abstract void Encode(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress);

    public abstract void Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination);

    public override string ToString() => Name;

    private static PageKernel[] FindAvailable()
    {
        var found = new List<PageKernel>();
        // The fast paths move whole words between memory and registers; the scalar definition does not care about their byte order.
        if (BitConverter.IsLittleEndian)
        {
#if NET10_0_OR_GREATER
            if (Gfni512Kernel.IsSupported)
                found.Add(new Gfni512Kernel());
            if (Gfni256Kernel.IsSupported)
                found.Add(new Gfni256Kernel());
#endif
#if NET8_0_OR_GREATER
            if (Fold256Kernel.IsSupported)
                found.Add(new Fold256Kernel());
            if (CarrylessKernel.IsSupported)
                found.Add(new CarrylessKernel());
#endif
            found.Add(new PortableKernel());
        }
        found.Add(new ScalarKernel());
        return found.ToArray();
    }
}

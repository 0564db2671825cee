using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>
/// What is measured of the AES flash cipher: decode and encode of as much data as <see cref="PageOperations"/> takes, by every kernel.
/// </summary>
internal sealed class AesOperations
{
    private readonly byte[] _plain = AppPartition.MakeData(AppPartition.AppData);
    private readonly byte[] _pages = new byte[AppPartition.AppData / FlashPages.DataSize * FlashPages.PageSize];
    private readonly byte[] _data = new byte[AppPartition.AppData];

    /// <summary>Kernels that take milliseconds for a partition: without instructions and without the platform.</summary>
    public static bool IsSlow(AesFlashKernelSource kernel) => kernel.Name is "scalar" or "bouncycastle";

    public IEnumerable<Measurement> MakeFor(AesFlashKernelSource kernel) =>
        MakeFor(kernel, AesFlashVariant.WordSwapped, "aes").Concat(MakeFor(kernel, AesFlashVariant.Standard, "xts"));

    /// <summary>True when every kernel of this machine gives the bytes of the first and takes them back.</summary>
    public bool AllAgree()
    {
        bool agree = true;
        foreach (var variant in new[] { AesFlashVariant.WordSwapped, AesFlashVariant.Standard })
        {
            Open(AesFlashKernel.Best, variant).EncodePages(AppPartition.LogicalAddress, _plain, _pages);
            byte[] expected = (byte[])_pages.Clone();
            foreach (var kernel in AesFlashKernel.Available)
            {
                var cipher = Open(kernel, variant);
                cipher.EncodePages(AppPartition.LogicalAddress, _plain, _pages);
                agree &= expected.AsSpan().SequenceEqual(_pages);
                agree &= cipher.DecodePages(AppPartition.LogicalAddress, _pages, _data).Bad == 0 && _data.AsSpan().SequenceEqual(_plain);
            }
        }
        return agree;
    }

    private static AesFlashCipher Open(AesFlashKernelSource kernel, AesFlashVariant variant) =>
        new(AesFlashKey.SdkExample, variant, kernel);

    private IEnumerable<Measurement> MakeFor(AesFlashKernelSource kernel, AesFlashVariant variant, string name)
    {
        var cipher = Open(kernel, variant);
        var pages = (byte[])_pages.Clone();
        cipher.EncodePages(AppPartition.LogicalAddress, _plain, pages);
        yield return new(name + "-decode", kernel.Name, _plain.Length, () => cipher.DecodePages(AppPartition.LogicalAddress, pages, _data));
        yield return new(
            name + "-encode", kernel.Name, _plain.Length, () => cipher.EncodePages(AppPartition.LogicalAddress, _plain, _pages));
    }
}

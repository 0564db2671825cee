namespace BekenImage.Crypto.Kernels;

/// <summary>The definition itself.</summary>
internal sealed class ScalarKernel : PageKernel
{
    public const string KernelName = "scalar";

    public override string Name => KernelName;

    public override PageScan Check(ReadOnlySpan<byte> pages) => FlashPages.CheckScalar(pages);

    public override PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress) =>
        FlashPages.DecodeScalar(pages, data, key, logicalAddress);

    public override void Encode(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress) =>
        FlashPages.EncodeScalar(data, pages, key, logicalAddress);

    public override void Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination) =>
        FlashCipher.ApplyScalar(key, logicalAddress, source, destination);
}

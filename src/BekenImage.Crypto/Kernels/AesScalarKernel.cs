namespace BekenImage.Crypto.Kernels;

/// <summary>The definition itself.</summary>
internal sealed class AesScalarKernel(AesFlashKey key, AesFlashVariant variant) : AesFlashKernel(variant)
{
    private readonly Aes128 _dataKey = new(key.DataKey);
    private readonly Aes128 _tweakKey = new(key.TweakKey);

    public override void Encrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination) =>
        Apply(true, number, source, AesFlashCipher.UnitSize, destination);

    public override void Decrypt(ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination) =>
        Apply(false, number, source, stride, destination);

    private void Apply(bool encrypt, ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination)
    {
        for (int unit = 0; unit < source.Length / stride; unit++)
        {
            AesFlashCipher.ApplyScalar(encrypt, _dataKey, _tweakKey, Variant, number, source.Slice(unit * stride),
                destination.Slice(unit * AesFlashCipher.UnitSize));
            number = unchecked(number + Step);
        }
    }
}

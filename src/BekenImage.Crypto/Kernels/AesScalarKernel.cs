namespace BekenImage.Crypto.Kernels;

/// <summary>The definition itself.</summary>
internal sealed class AesScalarKernel(AesFlashKey key, AesFlashVariant variant) : AesFlashKernel(variant)
{
    private readonly Aes128 _dataKey = new(key.DataKey);
    private readonly Aes128 _tweakKey = new(key.TweakKey);

    public override void Encrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination) => Apply(true, number, source, destination);

    public override void Decrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination) => Apply(false, number, source, destination);

    private void Apply(bool encrypt, ulong number, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (int offset = 0; offset < source.Length; offset += AesFlashCipher.UnitSize)
        {
            AesFlashCipher.ApplyScalar(encrypt, _dataKey, _tweakKey, Variant, number, source.Slice(offset), destination.Slice(offset));
            number = unchecked(number + Step);
        }
    }
}

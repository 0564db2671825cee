namespace BekenImage.Crypto.Kernels;

/// <summary>The definition itself.</summary>
internal sealed class AesScalarKernel(AesFlashKey key, AesFlashVariant variant) : AesFlashKernel
{
    private readonly Aes128 _dataKey = new(key.DataKey);
    private readonly Aes128 _tweakKey = new(key.TweakKey);

    public override void Encrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination) => Apply(true, address, source, destination);

    public override void Decrypt(ulong address, ReadOnlySpan<byte> source, Span<byte> destination) => Apply(false, address, source, destination);

    private void Apply(bool encrypt, ulong address, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (int unit = 0; unit < source.Length / AesFlashCipher.UnitSize; unit++)
        {
            int offset = unit * AesFlashCipher.UnitSize;
            ulong number = AesFlashCipher.TweakNumber(variant, address, unit);
            AesFlashCipher.ApplyScalar(encrypt, _dataKey, _tweakKey, variant, number, source.Slice(offset), destination.Slice(offset));
        }
    }
}

using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>The cipher of the Armino chips: AES-XTS over the 32 bytes of each page, each under its logical address.</summary>
internal sealed class AesCodeCipher(AesFlashKey key, AesFlashVariant variant) : CodeCipher
{
    private readonly AesFlashCipher _cipher = new(key, variant);

    public AesFlashKey Key => _cipher.Key;

    public AesFlashVariant Variant => _cipher.Variant;

    public override bool IsIdentity => false;

    public override int UnitSize => AesFlashCipher.UnitSize;

    public override string Name => Key.Name ?? "custom";

    public override string DisplayName => $"{Key.Name ?? Key.ToString()} (AES{(Variant == AesFlashVariant.Standard ? ", standard" : string.Empty)})";

    public override bool IsEquivalentTo(CodeCipher other) => other is AesCodeCipher { Key: var key, Variant: var variant } && key == Key && variant == Variant;

    public override void Decipher(uint logicalAddress, ReadOnlySpan<byte> stored, Span<byte> plain) => _cipher.Decrypt(logicalAddress, stored, plain);

    public override void Encipher(uint logicalAddress, ReadOnlySpan<byte> plain, Span<byte> stored) => _cipher.Encrypt(logicalAddress, plain, stored);

    // Fused with the page CRCs: one pass over memory.
    public override PageScan DecodePages(uint logicalAddress, ReadOnlySpan<byte> pages, Span<byte> data) =>
        _cipher.DecodePages(logicalAddress, pages, data);

    public override void EncodePages(uint logicalAddress, ReadOnlySpan<byte> data, Span<byte> pages) => _cipher.EncodePages(logicalAddress, data, pages);
}

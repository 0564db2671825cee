using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>The cipher of the BK72xx line: four coefficients, a keystream by address, both ways the same operation.</summary>
internal sealed class CoefficientCipher(BekenKey key) : CodeCipher
{
    public BekenKey Key { get; } = key;

    public override bool IsIdentity => Key.IsIdentity;

    public override int UnitSize => 1;

    public override string Name => Key.Name ?? "custom";

    public override string DisplayName => Key.DisplayName;

    /// <summary>Nothing enciphered, the same for programs of every chip.</summary>
    public static CoefficientCipher None { get; } = new(BekenKey.Zero);

    public override bool IsEquivalentTo(CodeCipher other) => other is CoefficientCipher { Key: var key } && key.IsEquivalentTo(Key);

    public override void Decipher(uint logicalAddress, ReadOnlySpan<byte> stored, Span<byte> plain) =>
        FlashCipher.Apply(Key, logicalAddress, stored, plain);

    public override void Encipher(uint logicalAddress, ReadOnlySpan<byte> plain, Span<byte> stored) =>
        FlashCipher.Apply(Key, logicalAddress, plain, stored);

    // Fused with the page CRCs: one pass over memory.
    public override PageScan DecodePages(uint logicalAddress, ReadOnlySpan<byte> pages, Span<byte> data) =>
        FlashPages.Decode(pages, data, Key, logicalAddress);

    public override void EncodePages(uint logicalAddress, ReadOnlySpan<byte> data, Span<byte> pages) =>
        FlashPages.Encode(data, pages, Key, logicalAddress);
}

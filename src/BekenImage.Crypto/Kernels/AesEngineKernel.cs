using System.Buffers.Binary;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The cipher over an engine that takes many blocks of ECB at once: the platform's AES, or BouncyCastle's. All tweaks of a batch are
/// enciphered in one call, then all its data in another.
/// </summary>
internal sealed class AesEngineKernel(AesEngine engine, AesFlashKey key, AesFlashVariant variant) : AesFlashKernel(variant)
{
    /// <summary>A flash sector: what an engine takes in one go.</summary>
    private const int BatchUnits = 128;

    private const int BlockSize = Aes128.BlockSize;

    // Engines and buffers serve one thread at a time. Engines are not disposed of: they live as long as the cipher.
    private readonly object _gate = new();
    private readonly AesBlocks _dataBlocks = engine.OpenBlocks(key.DataKey.ToArray());
    private readonly AesBlocks _tweakBlocks = engine.OpenBlocks(key.TweakKey.ToArray());
    private readonly byte[] _numbers = new byte[BatchUnits * BlockSize];
    private readonly byte[] _tweaks = new byte[BatchUnits * AesFlashCipher.UnitSize];
    private readonly byte[] _text = new byte[BatchUnits * AesFlashCipher.UnitSize];

    public override void Encrypt(ulong number, ReadOnlySpan<byte> source, Span<byte> destination) =>
        Apply(true, number, source, AesFlashCipher.UnitSize, destination);

    public override void Decrypt(ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination) =>
        Apply(false, number, source, stride, destination);

    private void Apply(bool encrypt, ulong number, ReadOnlySpan<byte> source, int stride, Span<byte> destination)
    {
        lock (_gate)
        {
            while (source.Length > 0)
            {
                int units = Math.Min(source.Length / stride, BatchUnits);
                var text = _text.AsSpan(0, units * AesFlashCipher.UnitSize);
                number = MakeTweaks(number, units);
                Whiten(source, stride, text);
                if (encrypt)
                    _dataBlocks.Encrypt(text, text);
                else
                    _dataBlocks.Decrypt(text, text);
                Unwhiten(text, destination.Slice(0, text.Length));
                source = source.Slice(units * stride);
                destination = destination.Slice(text.Length);
            }
        }
    }

    /// <summary>The tweaks of both blocks of every unit.</summary>
    /// <returns>The number of the unit behind them.</returns>
    private ulong MakeTweaks(ulong number, int units)
    {
        bool bigEndian = Variant == AesFlashVariant.WordSwapped;
        var numbers = _numbers.AsSpan(0, units * BlockSize);
        for (int unit = 0; unit < units; unit++)
        {
            AesFlashCipher.WriteNumber(numbers.Slice(unit * BlockSize), Variant, number);
            number = unchecked(number + Step);
        }
        _tweakBlocks.Encrypt(numbers, numbers);
        for (int unit = 0; unit < units; unit++)
        {
            var first = numbers.Slice(unit * BlockSize, BlockSize);
            var both = _tweaks.AsSpan(unit * AesFlashCipher.UnitSize, AesFlashCipher.UnitSize);
            first.CopyTo(both);
            Double(first, both.Slice(BlockSize), bigEndian);
        }
        return number;
    }

    private static void Double(ReadOnlySpan<byte> tweak, Span<byte> twice, bool bigEndian)
    {
        ulong upper = bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(tweak) : BinaryPrimitives.ReadUInt64LittleEndian(tweak.Slice(8));
        ulong lower = bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(tweak.Slice(8)) : BinaryPrimitives.ReadUInt64LittleEndian(tweak);
        ulong reduction = (upper >> 63) * AesFlashCipher.Reduction;
        upper = upper << 1 | lower >> 63;
        lower = lower << 1 ^ reduction;
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(twice, upper);
            BinaryPrimitives.WriteUInt64BigEndian(twice.Slice(8), lower);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(twice, lower);
            BinaryPrimitives.WriteUInt64LittleEndian(twice.Slice(8), upper);
        }
    }

    /// <summary>Words swapped where the variant has it, then XORed with the tweaks.</summary>
    private void Whiten(ReadOnlySpan<byte> source, int stride, Span<byte> text)
    {
        ReadOnlySpan<byte> tweaks = _tweaks;
        bool swap = Variant == AesFlashVariant.WordSwapped;
        int from = 0;
        for (int i = 0; i < text.Length; i += 8)
        {
            ulong words = BinaryPrimitives.ReadUInt64LittleEndian(source.Slice(from));
            ulong tweak = BinaryPrimitives.ReadUInt64LittleEndian(tweaks.Slice(i));
            BinaryPrimitives.WriteUInt64LittleEndian(text.Slice(i), (swap ? SwapWords(words) : words) ^ tweak);
            bool last = i % AesFlashCipher.UnitSize == AesFlashCipher.UnitSize - 8;
            from += last ? stride - (AesFlashCipher.UnitSize - 8) : 8;
        }
    }

    /// <summary>XORed with the tweaks, then words swapped.</summary>
    private void Unwhiten(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        ReadOnlySpan<byte> tweaks = _tweaks;
        bool swap = Variant == AesFlashVariant.WordSwapped;
        for (int i = 0; i < text.Length; i += 8)
        {
            ulong words = BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(i)) ^ BinaryPrimitives.ReadUInt64LittleEndian(tweaks.Slice(i));
            BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(i), swap ? SwapWords(words) : words);
        }
    }

    private static ulong SwapWords(ulong words)
    {
        ulong reversed = BinaryPrimitives.ReverseEndianness(words);
        return reversed << 32 | reversed >> 32;
    }
}

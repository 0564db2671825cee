using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>A sector enciphered with the master key: it hands out the inner key.</summary>
internal readonly struct TuyaKeySector
{
    public TuyaKeySector(long offset, byte[] innerKey)
    {
        Offset = offset;
        InnerKey = innerKey;
    }

    public long Offset { get; }

    public byte[] InnerKey { get; }
}

/// <summary>
/// Finds the sectors enciphered with the master key. Layout: 0 u32 0x13579753 | 4 u32 sum | 8 inner key[16] | 24 in a key block FF to the
/// end and the sum covers 8..23; in a protected block data, and the sum covers 8..4095.
/// </summary>
internal sealed class TuyaKeySectors
{
    /// <summary>Sectors with the magic word that are looked at; a chip has three.</summary>
    private const int Limit = 32;

    private const int HeadSize = 32;
    private const int InnerKeyOffset = 8;

    private TuyaKeySectors()
    {
    }

    public List<TuyaKeySector> KeyBlocks { get; } = [];

    public List<TuyaKeySector> ProtectedBlocks { get; } = [];

    /// <summary>Sectors with the magic word and a wrong sum.</summary>
    public List<long> Damaged { get; } = [];

    /// <param name="image">The bytes of an image.</param>
    /// <param name="findings">Receives what is odd.</param>
    /// <param name="phase">Where its first sector begins.</param>
    public static TuyaKeySectors Find(ReadOnlySpan<byte> image, ICollection<Finding> findings, int phase = 0)
    {
        using var cipher = new AesEcb128(TuyaCipher.MasterKey);
        return Find(image, findings, phase, cipher);
    }

    /// <summary>The same for one who asks often: opening a cipher costs more than many sectors.</summary>
    /// <param name="image">The bytes of an image.</param>
    /// <param name="findings">Receives what is odd.</param>
    /// <param name="phase">Where its first sector begins.</param>
    /// <param name="cipher">Under <see cref="TuyaCipher.MasterKey"/>.</param>
    public static TuyaKeySectors Find(ReadOnlySpan<byte> image, ICollection<Finding> findings, int phase, AesEcb128 cipher)
    {
        var found = new TuyaKeySectors();
        byte[] heads = DecipherHeads(image.Slice(Math.Min(phase, image.Length)), cipher);
        Span<byte> head = stackalloc byte[HeadSize];
        int seen = 0;
        for (int offset = phase; offset <= image.Length - FlashGeometry.SectorSize && seen < Limit; offset += FlashGeometry.SectorSize)
        {
            var sector = image.Slice(offset, FlashGeometry.SectorSize);
            if (ByteRuns.IsErased(sector.Slice(0, AesEcb128.BlockSize)))
                continue;
            heads.AsSpan(offset / FlashGeometry.SectorSize * AesEcb128.BlockSize, AesEcb128.BlockSize).CopyTo(head);
            var reader = new SpanReader(head);
            if (!reader.TryReadUInt32(out uint magic) || magic != TuyaCipher.KeyMagic)
                continue;
            seen++;
            cipher.Decrypt(sector.Slice(0, HeadSize), head);
            found.Classify(sector, head, offset, cipher, findings);
        }
        return found;
    }

    // The first block of every sector in one go: a call to the platform's AES costs as much as dozens of blocks.
    private static byte[] DecipherHeads(ReadOnlySpan<byte> image, AesEcb128 cipher)
    {
        var heads = new byte[image.Length / FlashGeometry.SectorSize * AesEcb128.BlockSize];
        for (int i = 0; i < heads.Length; i += AesEcb128.BlockSize)
            image.Slice(i / AesEcb128.BlockSize * FlashGeometry.SectorSize, AesEcb128.BlockSize).CopyTo(heads.AsSpan(i));
        cipher.Decrypt(heads, heads);
        return heads;
    }

    private void Classify(ReadOnlySpan<byte> sector, ReadOnlySpan<byte> head, long offset, AesEcb128 cipher, ICollection<Finding> findings)
    {
        var reader = new SpanReader(head);
        reader.TrySeek(4);
        reader.TryReadUInt32(out uint sum);
        byte[] innerKey = head.Slice(InnerKeyOffset, AesEcb128.KeySize).ToArray();
        if (sum == TuyaCipher.Sum(innerKey))
        {
            KeyBlocks.Add(new TuyaKeySector(offset, innerKey));
            return;
        }
        var plain = new byte[FlashGeometry.SectorSize];
        cipher.Decrypt(sector, plain);
        if (TuyaCipher.IsSumRight(plain))
        {
            ProtectedBlocks.Add(new TuyaKeySector(offset, innerKey));
            return;
        }
        Damaged.Add(offset);
        findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaKeySectorSum,
            "A sector deciphers to the start of a Tuya key or protected block, but the sum is right for neither; it is left aside.", offset));
    }
}

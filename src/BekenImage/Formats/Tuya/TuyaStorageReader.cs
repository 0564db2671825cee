using System.Diagnostics.CodeAnalysis;
using BekenImage.Crypto;

namespace BekenImage.Formats.Tuya;

/// <summary>Finds and deciphers Tuya's key-value storage.</summary>
internal static class TuyaStorageReader
{
    /// <summary>Sectors behind a key block that may belong to it: a BK7231T has 17, a BK7231Q 20.</summary>
    private const int ArenaLimit = 64;

    /// <summary>Reads the storage of an image, or of a piece of one.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="storage">The storage, or null.</param>
    /// <returns>True when there is a key block. Never throws on content.</returns>
    /// <remarks>
    /// Every sector is tried, not an address: chips differ, and a piece has no address. The time is proportional to the image, with at most
    /// 32 candidates looked at.
    /// </remarks>
    public static bool TryRead(ReadOnlySpan<byte> image, ICollection<Finding>? findings, [NotNullWhen(true)] out TuyaStorage? storage)
    {
        findings ??= [];
        storage = Read(image, TuyaKeySectors.Find(image, findings), findings);
        return storage is not null;
    }

    /// <summary>Reads the storage of an image; the overload for callers without spans.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="findings">Receives what is odd; may be null.</param>
    /// <param name="storage">The storage, or null.</param>
    /// <returns>True when there is a key block. Never throws on content.</returns>
    public static bool TryRead(byte[] image, ICollection<Finding>? findings, [NotNullWhen(true)] out TuyaStorage? storage) =>
        TryRead((image ?? throw new ArgumentNullException(nameof(image))).AsSpan(), findings, out storage);

    internal static TuyaStorage? Read(ReadOnlySpan<byte> image, TuyaKeySectors sectors, ICollection<Finding> findings)
    {
        Arena? best = null;
        foreach (var keyBlock in sectors.KeyBlocks)
        {
            var arena = OpenArena(image, keyBlock, sectors.KeyBlocks);
            if (best is null || arena.Blocks.Count > best.Blocks.Count)
                best = arena;
        }
        if (sectors.KeyBlocks.Count > 1)
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaSeveralStorages,
                FormattableString.Invariant($"{sectors.KeyBlocks.Count} Tuya key blocks; the one with {best!.Blocks.Count} data blocks is read."),
                best.Offset));
        best ??= OpenWithProtectedKey(image, sectors, findings);
        return best is null ? null : Read(best, findings);
    }

    /// <summary>Every storage of the image, also those that do not count.</summary>
    internal static List<TuyaStorage> ReadAll(ReadOnlySpan<byte> image, TuyaKeySectors sectors)
    {
        var findings = new List<Finding>();
        var arenas = new List<Arena>();
        foreach (var keyBlock in sectors.KeyBlocks)
            arenas.Add(OpenArena(image, keyBlock, sectors.KeyBlocks));
        if (arenas.Count == 0 && OpenWithProtectedKey(image, sectors, findings) is { } arena)
            arenas.Add(arena);
        return arenas.Select(found => Read(found, findings)).ToList();
    }

    private static TuyaStorage Read(Arena arena, ICollection<Finding> findings)
    {
        if (arena.Derivation != TuyaCipher.Derivations[0] && arena.Blocks.Count > 0)
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.TuyaForeignKey,
                $"The data key of the Tuya storage is derived as on another platform ({arena.Derivation.Name}).", arena.Offset));
        if (arena.Blocks.Count == 0)
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.TuyaNoBlocks,
                "No data block behind the Tuya key block deciphers; the storage is erased, cut off or damaged.", arena.Offset));
        var current = ChooseCurrent(arena.Blocks, findings);
        var values = new TuyaValueCollector(current, findings).Collect(out var usedPages);
        return new TuyaStorage(arena.Offset, arena.DataKey, arena.Blocks, values, usedPages);
    }

    /// <summary>
    /// The protected block holds the same inner key. It lies in the sector before the key block, its copy 31 sectors before: the first data
    /// block tells where the key block was.
    /// </summary>
    private static Arena? OpenWithProtectedKey(ReadOnlySpan<byte> image, TuyaKeySectors sectors, ICollection<Finding> findings)
    {
        foreach (var block in sectors.ProtectedBlocks)
        {
            var arena = OpenArena(image, block, sectors.KeyBlocks);
            if (arena.Blocks.Count == 0)
                continue;
            arena.Offset = arena.Blocks[0].Offset - FlashGeometry.SectorSize;
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.TuyaKeyBlockDamaged,
                "The Tuya key block is unreadable; the key was taken from the protected block. The device cannot open this storage.",
                arena.Offset));
            return arena;
        }
        return null;
    }

    private static Arena OpenArena(ReadOnlySpan<byte> image, TuyaKeySector keyBlock, List<TuyaKeySector> keyBlocks)
    {
        var offsets = new List<int>();
        for (int i = 1; i < ArenaLimit; i++)
        {
            long offset = keyBlock.Offset + (long)i * FlashGeometry.SectorSize;
            if (offset > image.Length - FlashGeometry.SectorSize || keyBlocks.Any(other => other.Offset == offset))
                break;
            offsets.Add((int)offset);
        }
        var best = new Arena(keyBlock.Offset, TuyaCipher.Derivations[0], TuyaCipher.DeriveKey(keyBlock.InnerKey, TuyaCipher.Derivations[0]));
        var bestOffsets = new List<int>();
        foreach (var derivation in TuyaCipher.Derivations)
        {
            byte[] key = TuyaCipher.DeriveKey(keyBlock.InnerKey, derivation);
            using var candidate = new AesEcb128(key);
            var hits = WithMagic(image, offsets, candidate);
            if (hits.Count <= bestOffsets.Count)
                continue;
            best = new Arena(keyBlock.Offset, derivation, key);
            bestOffsets = hits;
        }
        using var cipher = new AesEcb128(best.DataKey);
        foreach (int offset in bestOffsets)
            best.Blocks.Add(TuyaBlock.Decipher(image.Slice(offset, FlashGeometry.SectorSize), offset, cipher));
        return best;
    }

    private static List<int> WithMagic(ReadOnlySpan<byte> image, List<int> offsets, AesEcb128 cipher)
    {
        Span<byte> head = stackalloc byte[AesEcb128.BlockSize];
        var hits = new List<int>();
        foreach (int offset in offsets)
        {
            cipher.Decrypt(image.Slice(offset, AesEcb128.BlockSize), head);
            if (TuyaBlock.HasMagic(head))
                hits.Add(offset);
        }
        return hits;
    }

    /// <summary>
    /// The copy with the highest generation and a right sum; where no copy has a right sum the highest of those. The first met is not the
    /// newest on TuyaOS 3.
    /// </summary>
    private static List<TuyaBlock> ChooseCurrent(List<TuyaBlock> blocks, ICollection<Finding> findings)
    {
        var current = new List<TuyaBlock>();
        foreach (var copies in blocks.GroupBy(block => block.Id).OrderBy(group => group.Key))
        {
            var chosen = copies.OrderByDescending(block => block.SumOk).ThenByDescending(block => block.Generation)
                .ThenBy(block => block.Offset).First();
            chosen.IsCurrent = true;
            current.Add(chosen);
        }
        foreach (var broken in blocks.Where(block => !block.SumOk))
        {
            string consequence = broken.IsCurrent ? "there is no other; values in it are read where their own sums are right" : "another copy is used";
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaBlockSum, FormattableString.Invariant(
                $"The sum over a copy of Tuya block {broken.Id} (generation {broken.Generation}) is wrong; {consequence}."), broken.Offset));
        }
        return current;
    }

    private sealed class Arena
    {
        public Arena(long offset, TuyaKeyDerivation derivation, byte[] dataKey)
        {
            Offset = offset;
            Derivation = derivation;
            DataKey = dataKey;
        }

        public long Offset { get; set; }

        public TuyaKeyDerivation Derivation { get; }

        public byte[] DataKey { get; }

        public List<TuyaBlock> Blocks { get; } = [];
    }
}

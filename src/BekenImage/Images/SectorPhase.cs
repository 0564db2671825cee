using System.Buffers.Binary;
using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>
/// Where the sectors of a read lie that began in the middle of one: everything but programs begins at a sector, so one find tells of all
/// others. Only what proves itself counts: an RF table, a configuration or superblock with right checksums, a key block of Tuya's.
/// </summary>
internal static class SectorPhase
{
    /// <summary>So many places with the mark of one kind are looked at.</summary>
    private const int Limit = 256;

    // Erased flash in front of a sector is longer than what a program has of it by chance.
    private const int ErasedRun = 64;

    /// <summary>Up to this length every phase is tried for Tuya's sectors, which have no mark of their own.</summary>
    private const int SmallPiece = 0x40000;

    /// <summary>Offset of the first sector's beginning: 0 for a read that began at one, and where nothing tells.</summary>
    /// <param name="bytes">A read of which it is not known where it began.</param>
    public static int Find(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= FlashGeometry.SectorSize || IsSeenAt(bytes, 0))
            return 0;
        return ByMarks(bytes) ?? ByErasedFlash(bytes) ?? ByEveryPhase(bytes) ?? 0;
    }

    private static bool IsSeenAt(ReadOnlyMemory<byte> bytes, int phase)
    {
        var sectors = SectorScan.Run(bytes, default, phase);
        return sectors.RfTables.Count > 0 || sectors.ObkConfigs.Count > 0 || sectors.NetParams.Count > 0 || IsTuya(bytes.Span, phase) ||
               LittleFsReader.FindAll(bytes, 0, null, ChipRegistry.LittleFsEnds, phase).Count > 0;
    }

    private static bool IsTuya(ReadOnlySpan<byte> bytes, int phase)
    {
        using var cipher = new AesEcb128(TuyaCipher.MasterKey);
        return IsTuya(bytes, phase, cipher);
    }

    private static bool IsTuya(ReadOnlySpan<byte> bytes, int phase, AesEcb128 cipher)
    {
        var found = TuyaKeySectors.Find(bytes, [], phase, cipher);
        return found.KeyBlocks.Count > 0 || found.ProtectedBlocks.Count > 0 || UfReader.TryRead(bytes, null, null, phase, out _);
    }

    private static int? ByMarks(ReadOnlyMemory<byte> bytes)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, RfTags.Root);
        return ByMark(bytes, word, 0) ?? ByMark(bytes, "CFG"u8, 0) ?? ByMark(bytes, LittleFsSuperblock.Name, LittleFsSuperblock.NameOffset) ?? ByUf(bytes, word);
    }

    private static int? ByUf(ReadOnlyMemory<byte> bytes, Span<byte> word)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(word, UfFileSystem.Magic);
        return ByMark(bytes, word, 0);
    }

    private static int? ByMark(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> mark, int before)
    {
        int from = 0;
        for (int seen = 0; seen < Limit && bytes.Span.Slice(from).IndexOf(mark) is >= 0 and var next; seen++)
        {
            int start = from + next - before;
            from += next + 1;
            if (start >= 0 && Proves(bytes, start))
                return start % FlashGeometry.SectorSize;
        }
        return null;
    }

    private static bool Proves(ReadOnlyMemory<byte> bytes, int start)
    {
        var sector = bytes.Slice(start, Math.Min(FlashGeometry.SectorSize, bytes.Length - start));
        var found = SectorScan.Run(sector, default);
        return found.RfTables.Count > 0 || found.NetParams.Count > 0 || found.ObkConfigs.Any(config => config.ChecksumOk) ||
               LittleFsSuperblock.ReadBlock(bytes.Slice(start)) is not null || UfReader.TryRead(sector.Span, null, null, out _);
    }

    private static int? ByErasedFlash(ReadOnlyMemory<byte> bytes)
    {
        var tried = new HashSet<int>();
        using var cipher = new AesEcb128(TuyaCipher.MasterKey);
        var span = bytes.Span;
        int run = 0;
        for (int i = 0; i < span.Length && tried.Count < Limit; i++)
        {
            if (span[i] == 0xFF)
            {
                run++;
                continue;
            }
            int phase = i % FlashGeometry.SectorSize;
            if (run >= ErasedRun && phase != 0 && tried.Add(phase) && IsTuya(span, phase, cipher))
                return phase;
            run = 0;
        }
        return null;
    }

    private static int? ByEveryPhase(ReadOnlyMemory<byte> bytes)
    {
        using var cipher = new AesEcb128(TuyaCipher.MasterKey);
        for (int phase = 1; bytes.Length <= SmallPiece && phase < FlashGeometry.SectorSize; phase++)
        {
            if (IsTuya(bytes.Span, phase, cipher))
                return phase;
        }
        return null;
    }
}

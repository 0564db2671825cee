using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.LittleFs;

/// <summary>Finds and reads LittleFS volumes. Content never throws: what is damaged becomes a finding and the rest is read.</summary>
public static class LittleFsReader
{
    /// <summary>More volumes than any image has; what follows is ignored.</summary>
    private const int MaximumVolumes = 8;

    private readonly struct Hit(long position, LittleFsSuperblock? superblock)
    {
        public long Position { get; } = position;

        /// <summary>Null where a superblock was recognised but does not verify.</summary>
        public LittleFsSuperblock? Superblock { get; } = superblock;
    }

    /// <summary>Finds the volumes of an image: at every 4 KiB boundary a superblock whose commit verifies, in block 0 or 1.</summary>
    /// <param name="image">The image, or a part of it.</param>
    /// <param name="offset">Physical offset of its first byte.</param>
    /// <param name="findings">Receives the findings of all volumes, and of superblocks that do not verify; or null.</param>
    /// <param name="usualEnds">Physical addresses at which volumes usually end; they decide where block 0 could be block 1. May be null.</param>
    /// <returns>
    /// The volumes by ascending offset, at most 8. Volumes may overlap where an older one is left: <see cref="LittleFsPlace.Choose"/> takes
    /// OpenBeken's.
    /// </returns>
    public static IReadOnlyList<LittleFsVolume> FindAll(
        ReadOnlyMemory<byte> image, long offset = 0, ICollection<Finding>? findings = null, IReadOnlyCollection<long>? usualEnds = null) =>
        FindAll(image, offset, findings, usualEnds, phase: 0);

    /// <summary>The same for a piece whose sectors begin at <paramref name="phase"/>, counted from physical 0.</summary>
    internal static IReadOnlyList<LittleFsVolume> FindAll(
        ReadOnlyMemory<byte> image, long offset, ICollection<Finding>? findings, IReadOnlyCollection<long>? usualEnds, int phase)
    {
        if (offset < 0)
            throw new ArgumentOutOfRangeException(nameof(offset));
        var hits = FindSuperblocks(image, offset, phase);
        var volumes = new List<LittleFsVolume>();
        var taken = new HashSet<long>();
        foreach (var hit in hits)
        {
            if (hit.Superblock is null || taken.Contains(hit.Position) || volumes.Count >= MaximumVolumes)
                continue;
            if (hit.Superblock.WhyUnsupported() is { } why)
            {
                taken.Add(hit.Position);
                findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.LittleFsUnsupported, why, offset + hit.Position, "littlefs"));
                continue;
            }
            var volume = ReadAround(image, offset, hit, hits, usualEnds ?? []);
            volumes.Add(volume);
            taken.Add(volume.Offset - offset);
            taken.Add(volume.Offset - offset + volume.BlockSize);
            AddAll(findings, volume.Findings);
        }
        var lost = hits.Where(hit => hit.Superblock is null && !volumes.Any(volume => volume.Range.Contains(offset + hit.Position)));
        AddAll(findings, lost.Take(MaximumVolumes).Select(hit => NotVerified(offset + hit.Position)));
        return volumes;
    }

    /// <inheritdoc cref="FindAll(ReadOnlyMemory{byte}, long, ICollection{Finding}?, IReadOnlyCollection{long}?)"/>
    public static IReadOnlyList<LittleFsVolume> FindAll(
        byte[] image, long offset = 0, ICollection<Finding>? findings = null, IReadOnlyCollection<long>? usualEnds = null) =>
        FindAll((image ?? throw new ArgumentNullException(nameof(image))).AsMemory(), offset, findings, usualEnds);

    /// <summary>Reads the volume whose block 0 is the first byte.</summary>
    /// <param name="bytes">From block 0 on; what lies behind the volume is ignored.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the volume and in findings.</param>
    /// <param name="findings">Receives what is odd, or null. Bytes that are no volume at all give no finding.</param>
    /// <param name="volume">The volume, or null.</param>
    /// <returns>
    /// False when neither block holds a superblock that verifies (with a finding where one is recognisable) or the geometry is not
    /// supported. True also for a damaged volume; ask <see cref="LittleFsVolume.IsDamaged"/>.
    /// </returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out LittleFsVolume? volume)
    {
        if (offset < 0)
            throw new ArgumentOutOfRangeException(nameof(offset));
        volume = null;
        var second = bytes.Length > LittleFsWriter.OpenBekenBlockSize ? bytes.Slice(LittleFsWriter.OpenBekenBlockSize) : default;
        var superblock = LittleFsSuperblock.ReadBlock(bytes) ?? LittleFsSuperblock.ReadBlock(second);
        if (superblock is null)
        {
            if (LittleFsSuperblock.IsLikely(bytes.Span) || LittleFsSuperblock.IsLikely(second.Span))
                findings?.Add(NotVerified(offset));
            return false;
        }
        if (superblock.WhyUnsupported() is { } why)
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.LittleFsUnsupported, why, offset, "littlefs"));
            return false;
        }
        volume = ReadAt(bytes, offset, superblock);
        AddAll(findings, volume.Findings);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out LittleFsVolume?)"/>
    public static bool TryRead(byte[] bytes, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out LittleFsVolume? volume) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsMemory(), offset, findings, out volume);

    private static List<Hit> FindSuperblocks(ReadOnlyMemory<byte> image, long offset, int phase)
    {
        var hits = new List<Hit>();
        long first = (FlashGeometry.SectorSize + phase - offset % FlashGeometry.SectorSize) % FlashGeometry.SectorSize;
        for (long position = first; position < image.Length; position += FlashGeometry.SectorSize)
        {
            var bytes = image.Slice((int)position);
            if (LittleFsSuperblock.IsLikely(bytes.Span))
                hits.Add(new Hit(position, LittleFsSuperblock.ReadBlock(bytes)));
        }
        return hits;
    }

    /// <summary>Decides whether a superblock is block 0 or 1 of its volume, and reads that.</summary>
    private static LittleFsVolume ReadAround(ReadOnlyMemory<byte> image, long offset, Hit hit, List<Hit> hits, IReadOnlyCollection<long> usualEnds)
    {
        long blockSize = hit.Superblock!.BlockSize;
        bool hasCopyBehind = hits.Any(other =>
            other.Position == hit.Position + blockSize && other.Superblock is { } copy && copy.HasGeometryOf(hit.Superblock));
        var asFirst = ReadAt(image.Slice((int)hit.Position), offset + hit.Position, hit.Superblock);
        long before = hit.Position - blockSize;
        if (hasCopyBehind || before < 0)
            return asFirst;
        var asSecond = ReadAt(image.Slice((int)before), offset + before, hit.Superblock);
        if (hits.Any(other => other.Position == before && other.Superblock is null))
            return asSecond;
        return Doubts(asSecond, usualEnds) < Doubts(asFirst, usualEnds) ? asSecond : asFirst;
    }

    // A volume read one block off has directories and files that lead nowhere; an empty one is told by its end.
    private static int Doubts(LittleFsVolume volume, IReadOnlyCollection<long> usualEnds) =>
        volume.Findings.Count(finding => finding.Severity == FindingSeverity.Error) * 4 +
        (volume.IsClipped ? 2 : 0) +
        (usualEnds.Contains(volume.Range.End) ? 0 : 1);

    private static LittleFsVolume ReadAt(ReadOnlyMemory<byte> bytes, long offset, LittleFsSuperblock superblock)
    {
        var newest = new LittleFsTreeReader(Clip(bytes, superblock), offset, superblock).ReadNewestSuperblock();
        if (newest is not null && newest.BlockSize == superblock.BlockSize && newest.WhyUnsupported() is null)
            superblock = newest;
        return new LittleFsTreeReader(Clip(bytes, superblock), offset, superblock).Read();
    }

    private static ReadOnlyMemory<byte> Clip(ReadOnlyMemory<byte> bytes, LittleFsSuperblock superblock) =>
        bytes.Slice(0, (int)Math.Min(bytes.Length, (long)superblock.BlockSize * superblock.BlockCount));

    private static Finding NotVerified(long offset) => new(
        FindingSeverity.Error, FindingCode.LittleFsSuperblockDamaged,
        "a LittleFS superblock is here, but its commit does not verify and there is no second copy; the volume cannot be read", offset, "littlefs");

    private static void AddAll(ICollection<Finding>? findings, IEnumerable<Finding> more)
    {
        foreach (var finding in findings is null ? [] : more)
            findings!.Add(finding);
    }
}

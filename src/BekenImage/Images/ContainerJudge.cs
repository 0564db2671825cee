using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;

namespace BekenImage.Images;

/// <summary>Finds the RBL headers of an image and judges each against what it describes.</summary>
internal sealed class ContainerJudge
{
    private const long SdkBootloaderHeader = 0xFE9A;
    private const long SdkBootloaderLogicalHeader = 0xEFA0;

    private readonly ReadOnlyMemory<byte> _image;
    private readonly ProgramLayout _programs;
    private readonly DecodedPartitions _decoded;
    private readonly Lazy<IReadOnlyList<OtaKey>> _updateKeys;

    private ContainerJudge(ReadOnlyMemory<byte> image, ProgramLayout programs, DecodedPartitions decoded, Lazy<IReadOnlyList<OtaKey>> updateKeys)
    {
        _image = image;
        _programs = programs;
        _decoded = decoded;
        _updateKeys = updateKeys;
    }

    /// <param name="image">The un-rotated image.</param>
    /// <param name="programs">Its programs.</param>
    /// <param name="decoded">What they decode to.</param>
    /// <param name="updateKeys">The keys that may open an update package; asked for only where there is one.</param>
    public static IReadOnlyList<RblContainer> FindAll(
        ReadOnlyMemory<byte> image, ProgramLayout programs, DecodedPartitions decoded, Lazy<IReadOnlyList<OtaKey>> updateKeys)
    {
        var judge = new ContainerJudge(image, programs, decoded, updateKeys);
        var expected = programs.Partitions.SelectMany(ExpectedHeaders).ToList();
        if (ImageKinds.IsUg(image.Span))
            expected.Add(UgHeader.Size);
        return ContainerScanner.Find(image.Span, expected).Select(judge.Judge).ToArray();
    }

    // At the end of a striped partition, at the start of a raw one; SDK bootloaders close their container inside their slot.
    private static IEnumerable<long> ExpectedHeaders(Partition partition)
    {
        bool isFile = partition is { IsStriped: false, LogicalStart: not null };
        yield return partition.IsStriped ? RblHeader.OffsetAtEndOf(partition.Range)
            : isFile ? LogicalReads.HeaderOffset(partition.Range.End) : partition.Offset;
        if (partition.Name == PartitionNames.Bootloader)
            yield return isFile ? SdkBootloaderLogicalHeader : SdkBootloaderHeader;
    }

    private RblContainer Judge(ContainerScanner.Hit hit)
    {
        var partition = _programs.Partitions
            .Where(candidate => candidate.Range.Contains(hit.Offset))
            .OrderBy(candidate => candidate.Length)
            .FirstOrDefault();
        var (crcOk, hashOk) = hit.IsStriped ? (null, null) : JudgePackage(hit);
        bool isBehind = hit.IsStriped || crcOk == false && IsBehindUnpaged(hit, partition);
        if (isBehind)
            (crcOk, hashOk) = JudgeSection(hit.Header, partition);
        return new RblContainer(hit.Offset, hit.IsStriped, isBehind, partition?.Name, hit.Header, crcOk, hashOk);
    }

    // A program without pages may be followed by the header that closes its slot; one that describes what lies behind it opens a package.
    private static bool IsBehindUnpaged(ContainerScanner.Hit hit, Partition? partition) =>
        partition is { IsStriped: false, LogicalStart: not null } && LogicalReads.Covers(hit.Header, hit.Offset - partition.Offset);

    // A header in flash describes the partition's payload as stored. After an update without compression and encryption the copied header
    // has the same form but describes the plain app; after any other update only the hash is the app's.
    private (bool?, bool?) JudgeSection(RblHeader header, Partition? partition)
    {
        if (partition?.LogicalStart is not { } start)
            return (null, null);
        if (header.DescribesPackage)
            return (null, partition.Key is null ? null : RblChecks.PayloadHashOk(header, _decoded.Decode(partition).Span));
        byte[] stored = _decoded.Strip(partition, header.RawSize);
        var judged = JudgePayload(header, stored);
        if (judged != (true, true) && partition.Key is { IsIdentity: false } && JudgePayload(header, _decoded.Decode(partition).Span) == (true, true))
            return (true, true);
        if (judged != (true, true) && partition is { IsStriped: false, Key.IsIdentity: true } && FitsEnciphered(header, stored, (uint)start.Value))
            return (true, true);
        return judged;
    }

    // A read through the CPU, or a tool that deciphers, gives the program plain; the header is about what lies in flash.
    private static bool FitsEnciphered(RblHeader header, byte[] plain, uint logicalStart)
    {
        var stored = new byte[plain.Length];
        foreach (var (_, key) in BekenKey.Named.Where(named => !named.Key.IsIdentity))
        {
            FlashCipher.Apply(key, logicalStart, plain, stored);
            if (JudgePayload(header, stored) == (true, true))
                return true;
        }
        return false;
    }

    private static (bool? CrcOk, bool? HashOk) JudgePayload(RblHeader header, ReadOnlySpan<byte> payload) =>
        (RblChecks.PayloadCrcOk(header, payload), RblChecks.PayloadHashOk(header, payload));

    // A header in front of a package: the CRC covers the bytes behind it, the hash what they unpack to.
    private (bool?, bool?) JudgePackage(ContainerScanner.Hit hit)
    {
        var package = _image.Slice((int)hit.Offset);
        var behind = package.Span.Slice(RblHeader.Size);
        bool crcOk = hit.Header.PackageSize <= behind.Length &&
            Crc32.Compute(behind.Slice(0, (int)hit.Header.PackageSize)) == hit.Header.PayloadCrc;
        return (crcOk, crcOk ? UpdatePackages.HashOk(hit.Header, package, _updateKeys.Value) : null);
    }
}

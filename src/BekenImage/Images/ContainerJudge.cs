using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;

namespace BekenImage.Images;

/// <summary>Finds the RBL headers of an image and judges each against what it describes.</summary>
internal sealed class ContainerJudge
{
    private const long SdkBootloaderHeader = 0xFE9A;

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
        yield return partition.IsStriped ? RblHeader.OffsetAtEndOf(partition.Range) : partition.Offset;
        if (partition.Name == PartitionNames.Bootloader)
            yield return SdkBootloaderHeader;
    }

    private RblContainer Judge(ContainerScanner.Hit hit)
    {
        var partition = _programs.Partitions
            .Where(candidate => candidate.Range.Contains(hit.Offset))
            .OrderBy(candidate => candidate.Length)
            .FirstOrDefault();
        var (crcOk, hashOk) = hit.IsStriped ? JudgeSection(hit.Header, partition) : JudgePackage(hit);
        return new RblContainer(hit.Offset, hit.IsStriped, partition?.Name, hit.Header, crcOk, hashOk);
    }

    // A header in flash describes the partition's payload as stored. After an update without compression and encryption the copied header
    // has the same form but describes the plain app; after any other update only the hash is the app's.
    private (bool?, bool?) JudgeSection(RblHeader header, Partition? partition)
    {
        if (partition is not { IsStriped: true })
            return (null, null);
        if (header.DescribesPackage)
            return (null, partition.Key is null ? null : RblChecks.PayloadHashOk(header, _decoded.Decode(partition).Span));
        byte[] stored = _decoded.Strip(partition, header.RawSize);
        var judged = JudgePayload(header, stored);
        if (judged != (true, true) && partition.Key is { IsIdentity: false } && JudgePayload(header, _decoded.Decode(partition).Span) == (true, true))
            return (true, true);
        return judged;
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

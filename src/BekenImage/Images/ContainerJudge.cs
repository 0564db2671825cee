using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;

namespace BekenImage.Images;

/// <summary>Finds the RBL headers of an image and judges each against what it describes.</summary>
internal static class ContainerJudge
{
    private const long SdkBootloaderHeader = 0xFE9A;

    public static IReadOnlyList<RblContainer> FindAll(FlashImage image)
    {
        var expected = image.Programs.Partitions.SelectMany(ExpectedHeaders).ToList();
        if (ImageKinds.IsUg(image.Bytes.Span))
            expected.Add(UgHeader.Size);
        return ContainerScanner.Find(image.Bytes.Span, expected).Select(hit => Judge(image, hit)).ToArray();
    }

    // At the end of a striped partition, at the start of a raw one; SDK bootloaders close their container inside their slot.
    private static IEnumerable<long> ExpectedHeaders(Partition partition)
    {
        yield return partition.IsStriped ? partition.Range.End - RblHeader.StripedSize : partition.Offset;
        if (partition.Name == PartitionNames.Bootloader)
            yield return SdkBootloaderHeader;
    }

    private static RblContainer Judge(FlashImage image, ContainerScanner.Hit hit)
    {
        var partition = image.Programs.Partitions
            .Where(candidate => candidate.Range.Contains(hit.Offset))
            .OrderBy(candidate => candidate.Length)
            .FirstOrDefault();
        var (crcOk, hashOk) = hit.IsStriped
            ? JudgeSection(image, hit.Header, partition)
            : JudgePackage(image, hit);
        return new RblContainer(hit.Offset, hit.IsStriped, partition?.Name, hit.Header, crcOk, hashOk);
    }

    // A header in flash describes the partition's payload as stored. After an update without compression and encryption the copied header
    // has the same form but describes the plain app; after any other update only the hash is the app's.
    private static (bool?, bool?) JudgeSection(FlashImage image, RblHeader header, Partition? partition)
    {
        if (partition is not { IsStriped: true })
            return (null, null);
        if (header.DescribesPackage)
            return (null, partition.Key is null ? null : RblChecks.PayloadHashOk(header, image.Decode(partition).Span));
        byte[] stored = image.Content.Strip(partition, header.RawSize);
        var judged = JudgePayload(header, stored);
        if (judged != (true, true) && partition.Key is { IsIdentity: false } && JudgePayload(header, image.Decode(partition).Span) == (true, true))
            return (true, true);
        return judged;
    }

    private static (bool? CrcOk, bool? HashOk) JudgePayload(RblHeader header, ReadOnlySpan<byte> payload) =>
        (RblChecks.PayloadCrcOk(header, payload), RblChecks.PayloadHashOk(header, payload));

    // A header in front of a package: the CRC covers the bytes behind it, the hash what they unpack to.
    private static (bool?, bool?) JudgePackage(FlashImage image, ContainerScanner.Hit hit)
    {
        var package = image.Bytes.Slice((int)hit.Offset);
        var behind = package.Span.Slice(RblHeader.Size);
        bool crcOk = hit.Header.PackageSize <= behind.Length &&
            Crc32.Compute(behind.Slice(0, (int)hit.Header.PackageSize)) == hit.Header.PayloadCrc;
        return (crcOk, crcOk ? UpdatePackages.HashOk(image, hit.Header, package) : null);
    }
}

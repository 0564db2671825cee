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
    private long _budget;
    private bool _isPackageOpened;
    private string? _reason;

    private ContainerJudge(ReadOnlyMemory<byte> image, ProgramLayout programs, DecodedPartitions decoded, Lazy<IReadOnlyList<OtaKey>> updateKeys)
    {
        _image = image;
        _programs = programs;
        _decoded = decoded;
        _updateKeys = updateKeys;
        _budget = OtaUnpackOptions.Budget(image.Length);
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
        var hits = ContainerScanner.Find(image.Span, expected);
        var judged = new RblContainer[hits.Count];
        foreach (int index in Enumerable.Range(0, hits.Count).OrderBy(index => judge.Rank(hits[index], expected)))
            judged[index] = judge.Judge(hits[index]);
        return judged;
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

    // What counts is judged first: the headers where they are expected, of packages the one that is staged.
    private int Rank(ContainerScanner.Hit hit, List<long> expected) =>
        PartitionOf(hit)?.Name == PartitionNames.Download && !hit.IsStriped ? 0 : expected.Contains(hit.Offset) ? 1 : 2;

    private Partition? PartitionOf(ContainerScanner.Hit hit) => _programs.Partitions
        .Where(candidate => candidate.Range.Contains(hit.Offset))
        .OrderBy(candidate => candidate.Length)
        .FirstOrDefault();

    // All that is read to judge the headers of an image, and all they unpack to.
    private bool TryTake(long bytes)
    {
        if (bytes <= _budget)
        {
            _budget -= bytes;
            return true;
        }
        _reason = "to judge all the RBL headers in it would cost more than four times the file's size; whether this one's payload fits is not known";
        return false;
    }

    private RblContainer Judge(ContainerScanner.Hit hit)
    {
        _reason = null;
        var partition = PartitionOf(hit);
        (bool? CrcOk, bool? HashOk) package = hit.IsStriped ? (null, null) : JudgePackage(hit);
        bool isBehind = hit.IsStriped || package.CrcOk == false && IsBehindUnpaged(hit, partition);
        var judged = isBehind ? JudgeSection(hit.Header, partition) : Known(package);
        return new RblContainer(hit.Offset, hit.IsStriped, isBehind, partition?.Name, hit.Header, judged) { NotJudged = _reason };
    }

    // A program without pages may be followed by the header that closes its slot; one that describes what lies behind it opens a package.
    private static bool IsBehindUnpaged(ContainerScanner.Hit hit, Partition? partition) =>
        partition is { IsStriped: false, LogicalStart: not null } && LogicalReads.Covers(hit.Header, hit.Offset - partition.Offset);

    // A header in flash describes the partition's payload as stored. After an update without compression and encryption the copied header
    // has the same form but describes the plain app; after any other update only the hash is the app's.
    // What it costs is taken now, so that the budget goes by rank; the payload is read when somebody asks.
    private Lazy<(bool?, bool?)> JudgeSection(RblHeader header, Partition? partition)
    {
        if (partition?.LogicalStart is not { } start || !TryTake(Math.Min(header.RawSize, partition.Length)))
            return Known((null, null));
        return new Lazy<(bool?, bool?)>(() => JudgePayload(header, partition, start));
    }

    private static Lazy<(bool?, bool?)> Known((bool?, bool?) judged) =>
#if NET8_0_OR_GREATER
        new(judged);
#else
        new(() => judged);
#endif

    private (bool?, bool?) JudgePayload(RblHeader header, Partition partition, LogicalAddress start)
    {
        if (header.DescribesPackage)
            return (null, partition.Key is null ? null : RblChecks.PayloadHashOk(header, _decoded.Decode(partition).Span));
        var stored = _decoded.Strip(partition, header.RawSize).Span;
        var judged = JudgePayload(header, stored);
        if (judged != (true, true) && partition.Key is { IsIdentity: false } && JudgePayload(header, _decoded.Decode(partition).Span) == (true, true))
            return (true, true);
        if (judged != (true, true) && partition is { IsStriped: false, Key.IsIdentity: true } && FitsEnciphered(header, stored, (uint)start.Value))
            return (true, true);
        return judged;
    }

    // A read through the CPU, or a tool that deciphers, gives the program plain; the header is about what lies in flash.
    private static bool FitsEnciphered(RblHeader header, ReadOnlySpan<byte> plain, uint logicalStart)
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
        if (hit.Header.PackageSize <= behind.Length && !TryTake(hit.Header.PackageSize))
            return (null, null);
        bool crcOk = hit.Header.PackageSize <= behind.Length &&
            Crc32.Compute(behind.Slice(0, (int)hit.Header.PackageSize)) == hit.Header.PayloadCrc;
        if (!crcOk)
            return (false, null);
        if (_isPackageOpened)
        {
            _reason = "another update package is the one that counts; this one was not unpacked, so whether its hash fits is not known";
            return (true, null);
        }
        _isPackageOpened = true;
        return (true, UpdatePackages.HashOk(hit.Header, package, _updateKeys.Value));
    }
}

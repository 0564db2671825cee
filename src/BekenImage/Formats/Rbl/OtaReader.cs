using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>Judges an update package without opening it. Source: FORMAT.md, section 5.</summary>
internal static class OtaReader
{
    private const uint KnownAlgorithmBits = 0x0000FFFF;

    public static IReadOnlyList<Finding> Judge(OtaPackage package)
    {
        var findings = new List<Finding>();
        AddIfAny(findings, HeaderProblem(package));
        AddIfAny(findings, PayloadProblem(package));
        AddIfAny(findings, SizeProblem(package));
        if (AlgorithmProblem(package) is { } unsupported)
            findings.Add(new Finding(FindingSeverity.Warning, unsupported.Code, unsupported.Message, unsupported.Offset));
        if (!ByteRuns.IsErased(package.Trailing.Span))
        {
            findings.Add(Make(FindingSeverity.Info, FindingCode.OtaTrailingBytes, package, package.Length,
                $"0x{package.Trailing.Length:x} bytes follow the package; they are not part of it"));
        }
        return findings;
    }

    public static Finding? HeaderProblem(OtaPackage package) => package.Header.HeaderCrcOk ? null : Make(
        FindingSeverity.Error, FindingCode.RblHeaderCrc, package, 0,
        $"the header's CRC does not fit the header; its sizes and checksums cannot be believed");

    public static Finding? PayloadProblem(OtaPackage package) => package.PayloadCrcOk switch
    {
        null => Make(FindingSeverity.Error, FindingCode.OtaTruncated, package, 0,
            $"the package is cut off: its header counts 0x{package.Header.PackageSize:x} bytes, 0x{package.Payload.Length:x} are there"),
        false => Make(FindingSeverity.Error, FindingCode.RblPayloadCrc, package, RblHeader.Size,
            $"the package gives CRC 0x{Crc32.Compute(package.Payload.Span):x8}, its header states 0x{package.Header.PayloadCrc:x8}"),
        true => null,
    };

    public static Finding? SizeProblem(OtaPackage package)
    {
        var header = package.Header;
        if (header.Encryption == RblEncryption.Aes256 && header.PackageSize % PackagePadding.BlockSize != 0)
        {
            return Make(FindingSeverity.Error, FindingCode.OtaNotWholeBlocks, package, 0,
                $"the package is encrypted, but its size 0x{header.PackageSize:x} is not a multiple of 16");
        }
        return header.Compression == RblCompression.None && header.RawSize > header.PackageSize
            ? Make(FindingSeverity.Error, FindingCode.RblSizes, package, 0,
                $"the package is not compressed, but its raw size 0x{header.RawSize:x} is above its package size 0x{header.PackageSize:x}")
            : null;
    }

    public static Finding? AlgorithmProblem(OtaPackage package)
    {
        var header = package.Header;
        if (header.Encryption is not (RblEncryption.None or RblEncryption.Aes256) || (header.Algorithm & ~KnownAlgorithmBits) != 0)
        {
            return Make(FindingSeverity.Error, FindingCode.OtaEncryptionUnsupported, package, RblHeader.AlgorithmOffset,
                $"algorithm 0x{header.Algorithm:x}: this encryption ({(int)header.Encryption}) cannot be opened; none (0) and AES-256 (2) can");
        }
        return header.Compression > RblCompression.FastLz
            ? Make(FindingSeverity.Error, FindingCode.OtaCompressionUnsupported, package, RblHeader.AlgorithmOffset,
                $"algorithm 0x{header.Algorithm:x}: this compression ({(int)header.Compression}) cannot be opened; none, gzip, QuickLZ and FastLZ can")
            : null;
    }

    public static Finding Make(FindingSeverity severity, FindingCode code, OtaPackage package, long offset, FormattableString message) =>
        new(severity, code, FormattableString.Invariant(message), package.Offset + offset);

    private static void AddIfAny(List<Finding> findings, Finding? finding)
    {
        if (finding is not null)
            findings.Add(finding);
    }
}

using BekenImage.Compression;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>
/// Opens one package: checks, decrypts, unpacks, checks the hash. The sizes of the header are believed only as far as the bytes and the
/// caller's limit allow. Source: FORMAT.md, section 5.
/// </summary>
internal sealed class OtaUnpacking(OtaPackage package, OtaUnpackOptions options)
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The firmware; null when a finding says why not.</summary>
    public byte[]? Run()
    {
        var problem = OtaReader.HeaderProblem(package) ?? OtaReader.PayloadProblem(package) ?? OtaReader.AlgorithmProblem(package) ??
                      OtaReader.SizeProblem(package) ?? LimitProblem();
        if (problem is not null)
        {
            _findings.Add(problem);
            return null;
        }
        byte[] packed = IsEncrypted
            ? AesCbc256.Decrypt(options.Key.Key, options.Key.IV, package.Payload.Span)
            : package.Payload.ToArray();
        return Unpack(packed);
    }

    private bool IsEncrypted => package.Header.Encryption == RblEncryption.Aes256;

    private int RawSize => (int)package.Header.RawSize;

    private byte[]? Unpack(byte[] packed)
    {
        var result = Decode(packed);
        bool isPadded = PackagePadding.IsAtEndOf(packed);
        if (result.Status != DecodeStatus.Complete)
        {
            // The package's CRC fits, so the bytes are as they were made: what does not decrypt to sense was made with another key.
            if (IsEncrypted && (result.Status == DecodeStatus.Broken || result.Produced == 0 || !isPadded))
                return Fail(FindingCode.OtaWrongKey, $"the AES key or vector is not this package's: decrypted with it, {result.Problem}");
            return Fail(CodeOf(result.Status), $"{result.Problem}");
        }
        if (result.Output.Length != RawSize)
            return Fail(FindingCode.RblSizes, $"the package gives 0x{result.Output.Length:x} bytes, its header states 0x{RawSize:x}");
        uint hash = Fnv1a.Compute(result.Output);
        if (hash != package.Header.PayloadHash)
            return FailHash(hash, isPadded);
        if (!PackagePadding.IsPadding(packed.AsSpan(result.Consumed)))
        {
            _findings.Add(OtaReader.Make(FindingSeverity.Warning, FindingCode.OtaPadding, package, RblHeader.Size,
                $"the padding of the package is wrong: 0x{packed.Length - result.Consumed:x} bytes follow that are not n times n"));
        }
        return result.Output;
    }

    private DecodeResult Decode(byte[] packed) => package.Header.Compression switch
    {
        RblCompression.Gzip => Gzip.Decode(packed, RawSize),
        RblCompression.QuickLz => PieceFraming.Decode(packed, RawSize, QuickLz.TryDecode),
        RblCompression.FastLz => PieceFraming.Decode(packed, RawSize, FastLz.TryDecode),
        _ => DecodeResult.Complete(packed.AsSpan(0, RawSize).ToArray(), RawSize),
    };

    private byte[]? FailHash(uint hash, bool isPadded)
    {
        if (IsEncrypted && !isPadded)
            return Fail(FindingCode.OtaWrongKey, $"the AES key is not this package's: decrypted with it, neither padding nor hash fit");
        string hint = IsEncrypted ? "; a wrong initialization vector gives this too" : string.Empty;
        return Fail(FindingCode.RblPayloadHash, $"the firmware's hash is 0x{hash:x8}, the header states 0x{package.Header.PayloadHash:x8}{hint}");
    }

    private Finding? LimitProblem() => package.Header.RawSize > options.MaximumLength
        ? OtaReader.Make(FindingSeverity.Error, FindingCode.OtaTooLarge, package, RblHeader.RawSizeOffset,
            $"the header states a raw size of 0x{package.Header.RawSize:x} bytes, the limit is 0x{options.MaximumLength:x}; no firmware is that large")
        : null;

    private static FindingCode CodeOf(DecodeStatus status) => status switch
    {
        DecodeStatus.Truncated => FindingCode.OtaStreamTruncated,
        DecodeStatus.TooLong => FindingCode.OtaTooLong,
        _ => FindingCode.OtaStreamDamaged,
    };

    private byte[]? Fail(FindingCode code, FormattableString message)
    {
        _findings.Add(OtaReader.Make(FindingSeverity.Error, code, package, RblHeader.Size, message));
        return null;
    }
}

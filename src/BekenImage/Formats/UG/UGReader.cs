using BekenImage.Formats.Rbl;

namespace BekenImage.Formats.UG;

/// <summary>Judges a UG package as the device does. Source: FORMAT.md, section 2.</summary>
internal static class UGReader
{
    public static IReadOnlyList<Finding> Judge(UGPackage package)
    {
        var findings = new List<Finding>();
        var header = package.Header;
        if (!header.EndOk)
            Add(FindingSeverity.Error, FindingCode.UGHeaderDamaged, UGHeader.EndOffset, $"the header does not end with AA 55 AA 55");
        if (!header.HeaderSumOk)
        {
            uint sum = UGHeader.Sum(header.Bytes.Span.Slice(0, UGHeader.HeaderSumOffset));
            Add(FindingSeverity.Error, FindingCode.UGHeaderDamaged, UGHeader.HeaderSumOffset,
                $"the header states a sum of 0x{header.HeaderSum:x8}, its bytes give 0x{sum:x8}");
        }
        if (!package.IsComplete)
        {
            Add(FindingSeverity.Error, FindingCode.UGTruncated, UGHeader.BodyLengthOffset,
                $"the package is cut off: its header counts 0x{header.BodyLength:x} bytes, 0x{package.Body.Length:x} are there");
        }
        else if (package.BodySumOk == false)
        {
            Add(FindingSeverity.Error, FindingCode.UGBodySum, UGHeader.Size,
                $"the body gives a sum of 0x{UGHeader.Sum(package.Body.Span):x8}, the header states 0x{header.BodySum:x8}");
        }
        if (header.BodyLength >= UGPackage.BodyLimit)
        {
            Add(FindingSeverity.Warning, FindingCode.UGTooLarge, UGHeader.BodyLengthOffset,
                $"the body has 0x{header.BodyLength:x} bytes; the device takes fewer than 0x{UGPackage.BodyLimit:x}");
        }
        if (!RblHeader.TryRead(package.Body.Span, out _))
        {
            Add(FindingSeverity.Warning, FindingCode.UGBodyUnknown, UGHeader.Size,
                $"the body does not begin with an RBL header; the bootloader will not install it");
        }
        if (!package.Trailing.IsEmpty)
        {
            Add(FindingSeverity.Info, FindingCode.UGTrailingBytes, UGHeader.Size + package.Body.Length,
                $"0x{package.Trailing.Length:x} bytes follow the body; they are not part of it");
        }
        return findings;

        void Add(FindingSeverity severity, FindingCode code, long offset, FormattableString message) =>
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}

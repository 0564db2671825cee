using BekenImage.Formats.Rbl;

namespace BekenImage.Formats.Ug;

/// <summary>Judges a UG package as the device does. Source: FORMAT.md, section 2.</summary>
internal static class UgReader
{
    public static IReadOnlyList<Finding> Judge(UgPackage package)
    {
        var findings = new List<Finding>();
        var header = package.Header;
        if (!header.EndOk)
            Add(FindingSeverity.Error, FindingCode.UgHeaderDamaged, UgHeader.EndOffset, $"the header does not end with AA 55 AA 55");
        if (!header.HeaderSumOk)
        {
            uint sum = UgHeader.Sum(header.Bytes.Span.Slice(0, UgHeader.HeaderSumOffset));
            Add(FindingSeverity.Error, FindingCode.UgHeaderDamaged, UgHeader.HeaderSumOffset,
                $"the header states a sum of 0x{header.HeaderSum:x8}, its bytes give 0x{sum:x8}");
        }
        if (!package.IsComplete)
        {
            Add(FindingSeverity.Error, FindingCode.UgTruncated, UgHeader.BodyLengthOffset,
                $"the package is cut off: its header counts 0x{header.BodyLength:x} bytes, 0x{package.Body.Length:x} are there");
        }
        else if (package.BodySumOk == false)
        {
            Add(FindingSeverity.Error, FindingCode.UgBodySum, UgHeader.Size,
                $"the body gives a sum of 0x{UgHeader.Sum(package.Body.Span):x8}, the header states 0x{header.BodySum:x8}");
        }
        if (header.BodyLength >= UgPackage.BodyLimit)
        {
            Add(FindingSeverity.Warning, FindingCode.UgTooLarge, UgHeader.BodyLengthOffset,
                $"the body has 0x{header.BodyLength:x} bytes; the device takes fewer than 0x{UgPackage.BodyLimit:x}");
        }
        if (!RblHeader.TryRead(package.Body.Span, out _))
        {
            Add(FindingSeverity.Warning, FindingCode.UgBodyUnknown, UgHeader.Size,
                $"the body does not begin with an RBL header; the bootloader will not install it");
        }
        if (!package.Trailing.IsEmpty)
        {
            Add(FindingSeverity.Info, FindingCode.UgTrailingBytes, UgHeader.Size + package.Body.Length,
                $"0x{package.Trailing.Length:x} bytes follow the body; they are not part of it");
        }
        return findings;

        void Add(FindingSeverity severity, FindingCode code, long offset, FormattableString message) =>
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}

namespace BekenImage.Formats.SecureBoot;

/// <summary>Where the parts of an MCUboot image lie.</summary>
internal sealed class McuBootLayout(
    IReadOnlyList<McuBootTlv> tlvs, long signedLength, long length, bool isComplete, IReadOnlyList<Finding> findings)
{
    public IReadOnlyList<McuBootTlv> Tlvs { get; } = tlvs;

    public long SignedLength { get; } = signedLength;

    public long Length { get; } = length;

    public bool IsComplete { get; } = isComplete;

    public IReadOnlyList<Finding> Findings { get; } = findings;
}

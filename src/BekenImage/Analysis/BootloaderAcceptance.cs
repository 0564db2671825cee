using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;

namespace BekenImage;

/// <summary>Would this image's own bootloader accept its app? It looks for an RBL header at the end of the app partition of its own table.</summary>
internal sealed class BootloaderAcceptance
{
    private const string CheckName = "app-header";

    private BootloaderAcceptance(bool? accepts, VerifyCheck check)
    {
        Accepts = accepts;
        Check = check;
    }

    public bool? Accepts { get; }

    public VerifyCheck Check { get; }

    /// <summary>Where a bootloader with this table looks for the app's header; null when the table has no app.</summary>
    public static long? HeaderOffset(FalTable? fal) =>
        fal?.Find(PartitionNames.App) is { IsStriped: true } app ? RblHeader.OffsetAtEndOf(app.PhysicalRange) : null;

    public static BootloaderAcceptance Judge(FlashImage image)
    {
        if (HeaderOffset(image.Fal) is not { } expected)
            return new(null, new(FindingCode.FalMissing, CheckName, CheckStatus.Skipped, "there is no partition table that says where the bootloader looks"));
        var header = image.Containers.FirstOrDefault(container => container.IsStriped && container.Offset == expected);
        if (header is not null)
            return JudgeInPlace(header);
        var elsewhere = image.Containers.FirstOrDefault(container => container.IsStriped && container.Partition == PartitionNames.App);
        return elsewhere is null
            ? new(false, new(FindingCode.RblHeaderMissing, CheckName, CheckStatus.Warn,
                "the app has no RBL header; the boot goes on, the log says that the app failed verification", expected))
            : new(false, new(FindingCode.RblHeaderMissing, CheckName, CheckStatus.Warn, FormattableString.Invariant(
                $"the app's RBL header lies at 0x{elsewhere.Offset:x}, this bootloader looks at 0x{expected:x}; the boot goes on, the log says that the app failed verification"),
                elsewhere.Offset));
    }

    private static BootloaderAcceptance JudgeInPlace(RblContainer header)
    {
        if (!header.HeaderCrcOk)
        {
            return new(false, new(FindingCode.RblHeaderCrc, CheckName, CheckStatus.Warn,
                "the CRC of the app's RBL header is wrong; to the bootloader there is none", header.Offset));
        }
        if (header.PayloadHashOk == false)
            return new(false, new(FindingCode.RblPayloadHash, CheckName, CheckStatus.Fail, "the app does not give the hash its RBL header states", header.Offset));
        if (header.PayloadCrcOk == false)
            return new(false, new(FindingCode.RblPayloadCrc, CheckName, CheckStatus.Fail, "the app does not give the CRC its RBL header states", header.Offset));
        if (header.PayloadHashOk is null)
            return new(null, new(FindingCode.RblPayloadHash, CheckName, CheckStatus.Skipped, "the app's hash cannot be checked without its key", header.Offset));
        return header.Header.DescribesPackage
            ? new(true, new(FindingCode.RblHeaderOfPackage, CheckName, CheckStatus.Warn,
                "the app's RBL header is that of the update package it came in; its hash fits the plain app", header.Offset))
            : new(true, new(FindingCode.RblPayloadHash, CheckName, CheckStatus.Pass, "the app's RBL header is where this bootloader looks, and fits", header.Offset));
    }
}

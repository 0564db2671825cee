using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// Is there a header for the app where this image's own bootloader looks for one, at the end of the app partition of its own table, and
/// does it fit? That is what an update needs; few bootloaders ask for it at boot.
/// </summary>
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
        if (image.Origin.IsArmino)
            return new(null, new(FindingCode.RblHeaderMissing, CheckName, CheckStatus.Skipped, "the loaders of these chips ask for no RBL header"));
        if (HeaderOffset(image.Fal) is not { } expected)
            return new(null, new(FindingCode.FalMissing, CheckName, CheckStatus.Skipped, "there is no partition table that says where the bootloader looks"));
        var header = image.Containers.FirstOrDefault(container => container.IsBehindPayload && LogicalReads.PlaceOf(image, container) == expected);
        if (header is not null)
            return JudgeInPlace(image, header);
        var elsewhere = image.Containers.FirstOrDefault(container => container.IsBehindPayload && container.Partition == PartitionNames.App);
        if (elsewhere is null)
        {
            return new(false, new(FindingCode.RblHeaderMissing, CheckName, CheckStatus.Warn,
                $"the app has no RBL header where this bootloader looks for one; {Consequence(image)}", expected));
        }
        return IsOffGrid(elsewhere)
            ? new(false, new(FindingCode.RblHeaderOffGrid, CheckName, CheckStatus.Warn, FormattableString.Invariant(
                $"the app's RBL header lies at 0x{elsewhere.Offset:x}, off the page grid, this bootloader looks at 0x{expected:x}; {OffGrid(image)}"),
                elsewhere.Offset))
            : new(false, new(FindingCode.RblHeaderMissing, CheckName, CheckStatus.Warn, FormattableString.Invariant(
                $"the app's RBL header lies at 0x{elsewhere.Offset:x}, this bootloader looks at 0x{expected:x}; {Consequence(image)}"),
                elsewhere.Offset));
    }

    /// <summary>
    /// What a loader does where it finds no header that fits. Of nine that were run only BK7231Q's reads the app before it jumps; where it does
    /// not verify, it stands still, or installs the package that is staged. The others read the header for updates, some log a complaint.
    /// </summary>
    public static string Consequence(BekenChip chip) => chip == BekenChip.BK7231Q
        ? "the bootloader of this chip judges the app by its header before it jumps, and does not start it"
        : "the app is started all the same, some bootloaders log that it failed verification";

    private static string Consequence(FlashImage image) => Consequence(image.Chip);

    // A table is in a bootloader: such an image begins at physical 0.
    private static bool IsOffGrid(RblContainer container) => container.IsStriped && container.Offset % FlashPages.PageSize != 0;

    private static string OffGrid(FlashImage image) => image is { Chip: BekenChip.BK7231T, Flavor: FirmwareFlavor.OpenBeken }
        ? "every build of OpenBeken for BK7231T closes its app there, and its bootloaders start it without looking"
        : Consequence(image);

    private static BootloaderAcceptance JudgeInPlace(FlashImage image, RblContainer header)
    {
        if (!header.HeaderCrcOk)
        {
            return new(false, new(FindingCode.RblHeaderCrc, CheckName, CheckStatus.Warn,
                $"the CRC of the app's RBL header is wrong; to the bootloader there is none, and {Consequence(image)}", header.Offset));
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

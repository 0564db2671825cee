using BekenImage.Addressing;
using BekenImage.Verifying;
using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// Would this image boot, and is it a backup worth keeping? The checks are made in the order in which a chip starts: bootloader, key, app,
/// and the header the bootloader verifies the app by.
/// </summary>
public static class ImageVerifier
{
    private const string OriginName = "origin";
    private const string BootloaderVectors = "bootloader-vectors";
    private const string BootloaderPages = "bootloader-pages";
    private const string AppPages = "app-pages";
    private const string Complete = "complete";
    private const string UnplacedMessage = "not in this part of a dump: it begins neither at 0 nor at 0x11000, and nothing proves where in the chip it belongs";

    /// <summary>Verifies an image.</summary>
    /// <param name="image">The image; of any kind.</param>
    public static VerifyResult Verify(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var acceptance = BootloaderAcceptance.Judge(image);
        var boot = BootChecks(image, acceptance);
        bool boots = boot.All(check => check.Status != CheckStatus.Fail);
        if (image.Content.IsBehindBootloader)
            return new VerifyResult(boots, acceptance.Accepts, backup: false, boot, BehindBootloader(image, boot));
        // A package is what somebody made, not what a device holds.
        if (image.Origin.Package is not null || !image.IsWholeChip && image.Content.Cut is null)
            return new VerifyResult(boots, acceptance.Accepts, backup: null, boot, []);
        // A program with a wrong page is not what it was; what took a lost bootloader's place is not the device's, nor is what begins with an app.
        bool isLost = image.Origin.Start is ImageStart.LostBootloader or ImageStart.App or ImageStart.AppFile;
        VerifyCheck[] backup =
        [
            .. boot.Where(check => check.Name is OriginName or BootloaderPages or AppPages || isLost && check.Name == BootloaderVectors),
            .. WholeChip(image),
            .. RfChecks.OfBackup(image),
            .. CloudIdentityCheck.Of(image),
        ];
        return new VerifyResult(boots, acceptance.Accepts, backup.All(check => check.Status != CheckStatus.Fail), boot, backup);
    }

    /// <summary>The checks that decide whether it would boot; a guard asks them of an image before a change and after it.</summary>
    internal static IReadOnlyList<VerifyCheck> BootChecks(FlashImage image) => BootChecks(image, BootloaderAcceptance.Judge(image));

    private static VerifyCheck[] BootChecks(FlashImage image, BootloaderAcceptance acceptance) =>
    [
        Vectors(image, image.Programs.Bootloader, BootloaderVectors, FindingCode.BootloaderMissing),
        Pages(image, image.Programs.Bootloader, BootloaderPages),
        Vectors(image, image.Programs.App, "app-vectors", FindingCode.AppMissing),
        SameKey(image),
        StoredKeyCheck.Of(image),
        FamilyCheck.Judge(image),
        Pages(image, image.Programs.App, AppPages),
        .. OtherPrograms(image).Select(program => Pages(image, program, program.Name + "-pages")),
        .. PartitionTableCheck.Of(image),
        acceptance.Check,
        .. SecureBootChecks.Of(image),
        .. PackageSumChecks.Of(image),
        StagedPackage(image),
        Origin(image),
    ];

    /// <summary>What of an app no bootloader looks at but BK7231Q's: is it of this family, and are its pages sound?</summary>
    internal static IEnumerable<VerifyCheck> ChecksOfApp(FlashImage image) =>
        [FamilyCheck.Judge(image), Pages(image, image.Programs.App, AppPages)];

    // What the read holds of the device is judged where it belongs; offsets are those of the file all the same.
    private static VerifyCheck[] BehindBootloader(FlashImage image, VerifyCheck[] boot)
    {
        var placed = FlashImage.Parse(ReadBehindBootloader.Place(image.Bytes.Span), image.Options);
        return
        [
            .. boot.Where(check => check.Name is OriginName or BootloaderVectors or AppPages),
            new(FindingCode.Truncated, Complete, CheckStatus.Fail, placed.Content.Cut is { } cut
                ? $"{ReadBehindBootloader.Message}; and {cut.Message}" : ReadBehindBootloader.Message),
            .. RfChecks.OfBackup(placed).Select(check => new VerifyCheck(
                check.Code, check.Name, check.Status, check.Message, check.Offset - image.PhysicalBase)),
        ];
    }

    private static VerifyCheck Origin(FlashImage image)
    {
        const string name = OriginName;
        if (image.Content.IsBehindBootloader)
            return new(FindingCode.Rotated, name, CheckStatus.Skipped, "the file is a read of a chip from physical 0x11000 on; its bootloader is not in it");
        if (image.Rotation != 0)
        {
            return new(FindingCode.Rotated, name, CheckStatus.Warn, FormattableString.Invariant(
                $"the read began at 0x{image.Rotation:x} and wrapped around; it must be rotated back before it is written"));
        }
        if (image.Origin.Start == ImageStart.Other && image.IsWholeChip && image.Rf is { } table && !DeviceSectors.FamiliesAt(table.Offset).Any())
        {
            return new(FindingCode.Rotated, name, CheckStatus.Fail, FormattableString.Invariant(
                $"nothing tells where the read began: no program begins the file, and calibration lies at 0x{table.Offset:x}, where no firmware looks"),
                table.Offset);
        }
        return image.Origin.Start is ImageStart.Bootloader or ImageStart.LostBootloader
            ? new(FindingCode.Rotated, name, CheckStatus.Pass, "the file begins at physical 0", 0)
            : new(FindingCode.Rotated, name, CheckStatus.Skipped, IsUnplaced(image) ? UnplacedMessage : "the file is no read of a chip from its beginning");
    }

    private static bool IsUnplaced(FlashImage image) => image.Kind == ImageKind.Piece && image.Content.IsUnplaced && !image.IsWholeChip;

    private static VerifyCheck Vectors(FlashImage image, Partition? program, string name, FindingCode code)
    {
        if (code == FindingCode.BootloaderMissing && image.Origin.Start == ImageStart.LostBootloader)
            return new(code, name, CheckStatus.Fail, SlotIntruder.Message(image.Content), 0);
        if (program is not { IsStriped: true, Pages.Valid: > 0 })
        {
            string what = code == FindingCode.BootloaderMissing && image.Content.IsBehindBootloader ? ReadBehindBootloader.Message
                : program is { IsStriped: false, LogicalStart: not null, Storage.Cipher: { } known } && image.Programs.BeginsWithVectors(program, image.Decode(program).Span)
                ? $"ARM vectors under key {known.DisplayName}, but without page CRCs; flash holds 34-byte pages"
                : IsUnplaced(image) ? UnplacedMessage
                : $"there is no {(code == FindingCode.BootloaderMissing ? PartitionNames.Bootloader : PartitionNames.App)} in pages in this image";
            return new(code, name, CheckStatus.Fail, what, program?.Offset);
        }
        if (image.Content.RefusedKey is not null)
            return new(FindingCode.KeyUnknown, name, CheckStatus.Fail, "the given key gives no ARM vectors", program.Offset);
        if (program.Storage.Cipher is not { } key || !image.Programs.BeginsWithVectors(program, image.Decode(program).Span))
        {
            return new(FindingCode.KeyUnknown, name, CheckStatus.Fail,
                program.Storage.Cipher is { IsIdentity: true } ? "there are no ARM vectors" :
                image.Options.IsKeyGiven ? "the given key gives no ARM vectors" : "no known key gives ARM vectors", program.Offset);
        }
        return new(code, name, CheckStatus.Pass, $"ARM vectors under key {key.DisplayName}", program.Offset);
    }

    private static VerifyCheck SameKey(FlashImage image)
    {
        const string name = "same-key";
        if (image.Programs is not { Bootloader.Storage.Cipher: { } bootloader, App.Storage.Cipher: { } app })
            return new(FindingCode.KeysDiffer, name, CheckStatus.Skipped, "one of the two keys is not known");
        return bootloader.IsEquivalentTo(app)
            ? new(FindingCode.KeysDiffer, name, CheckStatus.Pass, "bootloader and app have the same key")
            : new(FindingCode.KeysDiffer, name, CheckStatus.Fail, "bootloader and app have different keys; a device has one", image.Programs.App.Offset);
    }

    private static VerifyCheck Pages(FlashImage image, Partition? program, string name)
    {
        if (program is not { IsStriped: true, Pages.Valid: > 0 })
            return new(FindingCode.BadPage, name, CheckStatus.Skipped, "there are no pages to check");
        var payload = ProgramPayload.Find(image, program);
        var scan = payload.Check(image);
        if (scan.Bad > 0)
        {
            return new(FindingCode.BadPage, name, CheckStatus.Fail,
                FormattableString.Invariant($"{scan.Bad} of the {scan.Total} pages in use {Counted.Have(scan.Bad)} a wrong CRC, the first is page {scan.FirstBad}"),
                program.Code.Start + (long)scan.FirstBad * FlashPages.PageSize);
        }
        if (name == AppPages && image.Content.Cut is { AppEnd: { } end })
        {
            return new(FindingCode.Truncated, name, CheckStatus.Fail, FormattableString.Invariant(
                $"the file ends inside the app: {scan.Total} of its pages are there, up to {PageGrid.CountIn(end - program.Offset) - scan.Total} are missing"),
                image.Length);
        }
        // A header that fits its payload vouches for erased pages too: they were packed as 0xFF, or the hash would not fit.
        if (payload.Container is { PayloadHashOk: false } && scan.Erased > 0)
        {
            return new(FindingCode.BadPage, name, CheckStatus.Fail,
                FormattableString.Invariant($"{scan.Erased} of the {scan.Total} pages in use {Counted.Are(scan.Erased)} erased"), program.Offset);
        }
        return new(FindingCode.BadPage, name, CheckStatus.Pass, FormattableString.Invariant($"all {scan.Total} pages in use are sound"), program.Offset);
    }

    // Of the BK72xx only bootloader and app are programs.
    private static IEnumerable<Partition> OtherPrograms(FlashImage image) => image.Origin.IsArmino
        ? image.Programs.Partitions.Where(program => program.IsStriped && program != image.Programs.Bootloader && program != image.Programs.App) : [];

    private static VerifyCheck StagedPackage(FlashImage image)
    {
        const string name = "staged-package";
        var staged = image.Containers.FirstOrDefault(container =>
            !container.IsBehindPayload && container.HeaderCrcOk && container.Partition == PartitionNames.Download);
        return staged is null
            ? new(FindingCode.PackageStaged, name, CheckStatus.Pass, "no update package is staged")
            : new(FindingCode.PackageStaged, name, CheckStatus.Warn, "an update package lies in the download partition; the bootloader may install it", staged.Offset);
    }

    private static IEnumerable<VerifyCheck> WholeChip(FlashImage image)
    {
        var bytes = image.Bytes;
        yield return ByteRuns.IsErased(bytes.Span) || ByteRuns.IsAll(bytes.Span, 0)
            ? new(FindingCode.Blank, "not-blank", CheckStatus.Fail, "every byte is the same")
            : new(FindingCode.Blank, "not-blank", CheckStatus.Pass, "there is content");
        if (image.Content.Cut is { } cut)
            yield return new(FindingCode.Truncated, Complete, CheckStatus.Fail, cut.Message, cut.Length);
        else if (OverlongRead.Find(bytes.Span) is { } overlong)
            yield return new(FindingCode.Doubled, Complete, CheckStatus.Warn, $"complete, but {overlong.Message}", overlong.ChipLength);
        else
            yield return new(FindingCode.Truncated, Complete, CheckStatus.Pass, FormattableString.Invariant($"the whole chip: 0x{bytes.Length:x} bytes"));
    }
}

using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Foreign;
using BekenImage.Formats.Ua;
using BekenImage.Formats.Ug;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>Collects what is wrong or remarkable about an image.</summary>
internal static class ImageFindings
{
    private const int Maximum = 1000;

    public static IReadOnlyList<Finding> Collect(ImageContent image)
    {
        var findings = new List<Finding>();
        AboutWhole(image, findings);
        if (image.Kind == ImageKind.Ug && UgPackage.TryRead(image.Bytes, out var wrapper))
            findings.AddRange(wrapper!.Findings);
        if (image.Origin.Package is { } package)
            findings.AddRange(package.Findings);
        if (Diff2YaHeader.TryRead(image.Bytes.Span, out var difference))
            findings.AddRange(difference.Findings);
        if (image.Wrapping is { } outer)
            AboutWrapping(image, outer, findings);
        AboutTable(image, findings);
        AboutKeys(image, findings);
        foreach (var partition in image.Programs.Partitions.Where(partition => partition.Pages is not null))
            AboutPages(image, partition, findings);
        foreach (var container in image.Containers)
            AboutContainer(image, container, findings);
        if (image.Programs.Secure is { } secure)
            findings.AddRange(secure.Table.Findings);
        findings.AddRange(image.Sectors.Findings);
        findings.AddRange(image.FlashVars.Findings);
        findings.AddRange(image.Tuya.Findings);
        findings.AddRange(image.LittleFs.Findings);
        return findings.Count <= Maximum ? findings : findings.GetRange(0, Maximum);
    }

    private static void AboutWhole(ImageContent image, List<Finding> findings)
    {
        var bytes = image.Bytes.Span;
        if (bytes.IsEmpty || ByteRuns.IsErased(bytes) || ByteRuns.IsAll(bytes, 0))
        {
            findings.Add(new(FindingSeverity.Error, FindingCode.Blank, bytes.IsEmpty
                ? "the file is empty"
                : FormattableString.Invariant($"every byte is 0x{bytes[0]:x2}: an erased chip, or a read that did not reach it"), 0));
            return;
        }
        if (image.Origin.Rotation != 0)
        {
            findings.Add(new(FindingSeverity.Info, FindingCode.Rotated, FormattableString.Invariant(
                $"the read began at 0x{image.Origin.Rotation:x} and wrapped around; offsets are those of the un-rotated image")));
        }
        if (image.Origin.Start == ImageStart.LostBootloader)
            findings.Add(new(FindingSeverity.Error, FindingCode.BootloaderMissing, SlotIntruder.Message(image), 0, PartitionNames.Bootloader));
        if (image.IsBehindBootloader)
            findings.Add(new(FindingSeverity.Warning, FindingCode.BootloaderMissing, ReadBehindBootloader.Message, null, PartitionNames.Bootloader));
        if (image.Cut is { } cut)
        {
            findings.Add(new(
                cut.AppEnd is null ? FindingSeverity.Warning : FindingSeverity.Error, FindingCode.Truncated, cut.Message, cut.Length));
        }
        if (OverlongRead.Find(bytes) is { } overlong && (overlong.IsRepetition || image.IsWholeChip))
            findings.Add(new(FindingSeverity.Warning, FindingCode.Doubled, overlong.Message, overlong.ChipLength));
        string? otherCore = OtherCore(image);
        if (otherCore is not null)
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.ChipUnknown,
                $"a program marked '{otherCore}' at 0x100 begins here, of a chip this library does not read: it shows no ARM vectors, neither plain nor under a known key", 0));
        }
        else if (image.Kind == ImageKind.Unknown)
        {
            findings.Add(ForeignFormats.Describe(bytes) is { } other
                ? new(FindingSeverity.Warning, FindingCode.KnownOtherFormat, $"it is no image but {other}", 0)
                : new(FindingSeverity.Warning, FindingCode.NotRecognised, "nothing in this file is known: no pages, no program, no package, no data area"));
        }
        else
            AboutPiece(image, findings);
        if (image is { Bootloader.Doubt: { } doubt, Chip: BekenChip.Unknown })
            findings.Add(new(FindingSeverity.Warning, FindingCode.ChipUnknown, doubt, image.Programs.Bootloader?.Offset, PartitionNames.Bootloader));
        if (image.Bootloader is { } bootloader && ImageChips.Disagree(bootloader, image.App))
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.ChipsDisagree, FormattableString.Invariant(
                $"the bootloader is for {bootloader.Chip} and its family, the app is not; the chip stays open")));
        }
    }

    // What lies where is told by content; where that is in the chip would be a guess.
    private static void AboutPiece(ImageContent image, List<Finding> findings)
    {
        if (!image.IsUnplaced || image.Kind != ImageKind.Piece || image.IsWholeChip)
            return;
        if (image.Programs.App is null && UnplacedPages.Find(image.Bytes.Span) is { } pages)
        {
            int before = pages % FlashPages.PageSize;
            findings.Add(new(FindingSeverity.Info, FindingCode.UnplacedPages, "34-byte pages begin here, but nothing says where in the chip they belong" + (before == 0
                ? string.Empty
                : FormattableString.Invariant($"; the file begins {FlashPages.PageSize - before} bytes behind the start of a page")), pages));
        }
        if (image.SectorPhase is > 0 and var sector)
        {
            findings.Add(new(FindingSeverity.Info, FindingCode.SectorsShifted, FormattableString.Invariant(
                $"the read begins 0x{FlashGeometry.SectorSize - sector:x} bytes behind the start of a sector; the first whole one begins here"), sector));
        }
    }

    // Pages are looked at where they are a bootloader's, plain bytes where nothing is known.
    private static string? OtherCore(ImageContent image) => image.Programs.Bootloader switch
    {
        { IsStriped: true, Storage.Cipher: null } pages when !image.Origin.IsArmino => ProgramMarker.OfOtherCore(image.Decoded.Strip(pages, 0x200).Span),
        null when image.Kind == ImageKind.Unknown => ProgramMarker.OfOtherCore(image.Bytes.Span),
        _ => null,
    };

    private static void AboutWrapping(ImageContent image, Wrapping outer, List<Finding> findings)
    {
        findings.AddRange(outer.Findings);
        if (image.Kind == ImageKind.Package && FamilyRule.AgainstStated(outer.StatedChips, image.PayloadApp) is { } reason)
            findings.Add(new(FindingSeverity.Warning, FindingCode.ChipsDisagree, reason + "; the chip stays open"));
    }

    private static void AboutTable(ImageContent image, List<Finding> findings)
    {
        if (image.Programs.Fal is not { } fal)
        {
            if (image.Origin is { Start: ImageStart.Bootloader or ImageStart.BootloaderFile, IsArmino: false } && image.Programs.Bootloader is null)
            {
                findings.Add(new(FindingSeverity.Warning, FindingCode.BootloaderMissing,
                    "a program linked at 0 stands here, from the first page right through the bootloader's slot: it starts without a bootloader, and no other program begins behind that slot",
                    0, PartitionNames.App));
            }
            else if (image.Origin is { Start: ImageStart.Bootloader, Package: null } && image.Programs.Secure is null)
                findings.Add(new(FindingSeverity.Warning, FindingCode.FalMissing,
                    image.Bytes.Length < FlashGeometry.AppOffset - FlashGeometry.SectorSize
                        ? FormattableString.Invariant($"no partition table is in it; the file ends at 0x{image.Bytes.Length:x}, before the bootloader's slot does")
                        : $"the bootloader holds no partition table; {LayoutSource(image)}"));
            return;
        }
        foreach (var entry in fal.Partitions)
        {
            if (entry.CrcOk == false)
                findings.Add(new(FindingSeverity.Warning, FindingCode.FalEntryCrc, "the CRC of this entry in the partition table is wrong", null, entry.Name));
        }
        if (image.Programs.NotDecoded is { } first)
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.FalEntriesNotDecoded, FormattableString.Invariant(
                $"the striped entries of the partition table hold more than twice the flash: from '{first.Name}' ({first.PhysicalRange}) on they were not decoded"), null, first.Name));
        }
        foreach (var fault in FalRules.Check(fal.InForce, image.IsWholeChip ? image.Bytes.Length : FlashGeometry.MaximumImageLength, FalNeighbours.Of(image)))
            findings.Add(new(FindingSeverity.Warning, fault.Code, fault.Message, null, fault.Entries.FirstOrDefault()?.Name));
    }

    private static string LayoutSource(ImageContent image) =>
        image.Programs.App is { } app && image.AppTable is not null
            ? FormattableString.Invariant($"vectors and the RBL header that fits show where the app lies, at 0x{app.Offset:x} up to 0x{app.Range.End:x}")
            : image.Programs.App is { Source: PartitionSource.Scan } && image.Origin.IsArmino
            ? "pages behind the bootloader's slot show where the app begins, and nothing where its partition ends"
            : image.Programs.App is { Source: PartitionSource.Scan } found
            ? FormattableString.Invariant($"an RBL header shows where the app's partition ends, at 0x{found.Range.End:x}")
            : "the known layout is assumed";

    private static void AboutKeys(ImageContent image, List<Finding> findings)
    {
        bool isOtherCore = OtherCore(image) is not null;
        foreach (var partition in image.Programs.Partitions.Where(partition => !isOtherCore && partition is
            { IsStriped: true, Storage.Cipher: null, Pages.Valid: > 0 } or { IsStriped: false, Storage.Cipher: null, LogicalStart: not null }))
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.KeyUnknown,
                "no known key gives ARM vectors here; it stays undeciphered", partition.Offset, partition.Name));
        }
        if (image.RefusedKey is { } refused)
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.KeyDoesNotFit,
                $"the given key, {refused}, shows no ARM vectors in this image; it was read as without it, under {image.Key.Name}"));
        }
        else if (image.IsKeyGiven && image.Programs.Partitions.Any(program => program.LogicalStart is not null) && !image.Programs.ProveGivenKey)
        {
            findings.Add(new(FindingSeverity.Warning, FindingCode.KeyDoesNotFit,
                "the given key shows no ARM vectors in this image, and no other key is found: what is deciphered with it may be wrong"));
        }
        if (!image.IsKeyGiven && image.Programs is { Bootloader.Storage.Cipher: { } bootloader, App.Storage.Cipher: { } app } && !bootloader.IsEquivalentTo(app))
        {
            findings.Add(new(FindingSeverity.Error, FindingCode.KeysDiffer,
                $"the bootloader's key is {bootloader.Name}, the app's is {app.Name}; a device has one",
                image.Programs.App.Offset, PartitionNames.App));
        }
        if (StoredKeys.Of(image.Bytes, image.Programs)?.Mismatch is { } mismatch)
            findings.Add(new(FindingSeverity.Warning, FindingCode.StoredKeyDiffers, mismatch, image.Programs.Bootloader!.Offset, PartitionNames.Bootloader));
    }

    private static void AboutPages(ImageContent image, Partition partition, List<Finding> findings)
    {
        if (partition.Pages is not { Bad: > 0 } pages)
            return;
        long offset = partition.Code.Start + (long)pages.FirstBad * FlashPages.PageSize;
        var page = image.Bytes.Span.Slice((int)offset, FlashPages.PageSize);
        int stored = page[FlashPages.DataSize] << 8 | page[FlashPages.DataSize + 1];
        bool inUse = ProgramPayload.Find(image.Bytes, image.Containers, partition).PhysicalRange.Contains(offset);
        findings.Add(new(inUse ? FindingSeverity.Error : FindingSeverity.Warning, FindingCode.BadPage, FormattableString.Invariant(
            $"{Counted.Of(pages.Bad, "bad page")}; the first, page {pages.FirstBad} of '{partition.Name}', has CRC 0x{stored:x4}, its data gives 0x{Crc16Cms.Compute(page.Slice(0, FlashPages.DataSize)):x4}; {(inUse ? "the code in use is damaged" : "it lies behind the code in use")}"),
            offset, partition.Name));
    }

    private static void AboutContainer(ImageContent image, RblContainer container, List<Finding> findings)
    {
        void Add(FindingSeverity severity, FindingCode code, string message) =>
            findings.Add(new(severity, code, message, container.Offset, container.Partition));

        if (!container.HeaderCrcOk)
            Add(FindingSeverity.Warning, FindingCode.RblHeaderCrc, "the CRC of this RBL header is wrong; the bootloader ignores it");
        else if (container.PayloadCrcOk == false)
            Add(FindingSeverity.Warning, FindingCode.RblPayloadCrc, "the payload does not give the CRC this RBL header states");
        else if (container.PayloadHashOk == false)
            Add(FindingSeverity.Warning, FindingCode.RblPayloadHash, "the payload does not give the hash this RBL header states");
        if (container.NotJudged is { } reason)
            Add(FindingSeverity.Info, FindingCode.PackageNotUnpacked, reason);
        // In a piece of a dump the grid is not known.
        bool isPlaced = image.Origin.Start != ImageStart.Other || image.IsWholeChip;
        if (isPlaced && container.IsStriped && (image.Origin.PhysicalBase + container.Offset) % FlashPages.PageSize != 0)
            Add(FindingSeverity.Warning, FindingCode.RblHeaderOffGrid, "this RBL header lies off the page grid; the bootloader does not see it");
        if (container.IsBehindPayload && container.Header.DescribesPackage)
            Add(FindingSeverity.Info, FindingCode.RblHeaderOfPackage, "this RBL header is that of an update package: the app came over the air");
        if (!container.IsBehindPayload && container.Partition == PartitionNames.Download)
            Add(FindingSeverity.Info, FindingCode.PackageStaged, "an update package is staged here");
    }
}

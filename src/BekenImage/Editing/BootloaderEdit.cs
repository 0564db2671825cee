using BekenImage.Addressing;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>The changes of a bootloader that a caller may ask for by name: another one, or another partition table.</summary>
internal static class BootloaderEdit
{
    /// <summary>No supported chip has more flash; how much a firmware file's device has, it does not tell.</summary>
    private const long LargestFlash = 0x400000;

    public static void Replace(DraftEdit edit, FlashImage source)
    {
        var image = edit.Image;
        if (FamilyRule.OtherGeneration(image, source) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason + "; nothing was written");
        FamilyGuard.RequireBk72xx(image, "replacing its bootloader");
        if (!ProtectedRanges.HasSlot(image) || image.Length < FlashGeometry.AppOffset)
            throw new ImageGuardException(FindingCode.AddressUnknown, "this image does not begin at physical 0, so a bootloader has no place in it");
        if ((image.Programs.Bootloader?.Key ?? image.Key.Value) is not { } key)
            throw new BekenImageException(FindingCode.KeyUnknown, "the device's key is not known; it must be given");
        var slot = BootloaderSlot.Take(source, key, FamilyRule.Resolve(image.Content.ToldChip, image.Chip), image.Content.App);
        edit.WriteBootloader(slot.Bytes.Span, "given", "the bootloader that was asked for, under the device's key");
        if (slot.UpdateDoubt is { } doubt)
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UpdateKeyUncertain, doubt, 0, PartitionNames.Bootloader));
        var before = image.Fal?.Find(PartitionNames.App)?.PhysicalRange ?? image.Programs.App?.Range;
        var after = slot.Fal.Find(PartitionNames.App)?.PhysicalRange;
        if (before is { } was && after is { } becomes && was != becomes)
        {
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RblHeaderMissing,
                $"the new bootloader's table gives the app {becomes}, so far it had {was}: its RBL header lies where this bootloader does not look", becomes.Start));
        }
    }

    public static void SetTable(DraftEdit edit, IReadOnlyList<FalPartition> partitions)
    {
        var image = edit.Image;
        FamilyGuard.RequireBk72xx(image, "rewriting its partition table");
        var bootloader = image.Programs.Bootloader;
        if (bootloader is null || image.Fal is not { } fal)
            throw new BekenImageException(FindingCode.FalMissing, "there is no bootloader with a partition table in it");
        var rf = image.Rf is { } calibration ? new FlashRange(calibration.Offset, FlashGeometry.SectorSize) : (FlashRange?)null;
        // A table of another size has no place at all.
        if (partitions.Count == fal.Partitions.Count)
            FalRules.Guard(partitions, fal.Partitions, image.IsWholeChip ? image.Length : LargestFlash, rf, FalNeighbours.Of(image.Content));
        var kept = partitions.Select(partition => fal.Partitions.FirstOrDefault(existing => FalRules.IsSame(existing, partition)) ?? partition).ToArray();
        if (bootloader.Key is not { } key)
            throw new BekenImageException(FindingCode.KeyUnknown, "the bootloader's key is not known; it must be given", bootloader.Offset);
        byte[] slot = bootloader.Range.Of(image.Bytes).ToArray();
        byte[] before = bootloader.IsStriped ? ProgramPages.Strip(slot) : slot;
        if (!BootloaderPayload.TryRead(before, key, out var payload))
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit, "the bootloader shows no ARM vectors under its key", bootloader.Offset);
        byte[] table = payload!.WithFal(kept).ToArray();
        if (bootloader.IsStriped)
            WritePages(edit, bootloader, slot, before, table);
        else
            edit.WriteProgram(bootloader, bootloader.Offset, table, "the partition table was replaced");
        Judge(edit, fal, partitions);
    }

    // Nothing is moved, so that what the table says otherwise than before is where the programs are not.
    private static void Judge(DraftEdit edit, FalTable before, IReadOnlyList<FalPartition> after)
    {
        var image = edit.Image;
        if (before.Find(PartitionNames.App) is { } had && after.FirstOrDefault(entry => entry.Name == PartitionNames.App) is { } app && had.PhysicalRange != app.PhysicalRange)
        {
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RblHeaderMissing,
                $"the new table gives the app {app.PhysicalRange}, so far it had {had.PhysicalRange}: its RBL header lies where this bootloader does not look", app.PhysicalRange.Start));
        }
        var download = after.FirstOrDefault(entry => entry.Name == PartitionNames.Download);
        bool covered = before.Find(PartitionNames.Download) is { } old && image.Rf is { } kept && old.PhysicalRange.Contains(kept.Offset);
        if (download is not null && image.Rf is { } rf && download.PhysicalRange.Contains(rf.Offset) && !covered)
        {
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.FalTableUnusual, FormattableString.Invariant(
                $"'download' ({download.PhysicalRange}) runs over the calibration at 0x{rf.Offset:x}: an update of more than 0x{rf.Offset - download.PhysicalRange.Start:x} bytes erases it"), rf.Offset));
        }
    }

    private static void WritePages(DraftEdit edit, Partition bootloader, byte[] slot, byte[] before, byte[] payload)
    {
        byte[] after = [.. payload, .. before.AsSpan(payload.Length)];
        if (ProgramPages.Write(slot, after, PageGrid.CountFor(payload.Length)) > 0)
            throw new BekenImageException(FindingCode.BadPage, "the bootloader is damaged: it has pages with a wrong CRC", bootloader.Offset);
        edit.WriteProgram(bootloader, bootloader.Offset, slot, "the partition table was replaced");
        foreach (var container in edit.Image.Containers.Where(container => container is { IsStriped: true, HeaderCrcOk: true } && bootloader.Range.Contains(container.Offset)))
        {
            if (RblChecks.PayloadCrcOk(container.Header, before) && RblChecks.PayloadHashOk(container.Header, before))
            {
                var renewed = RblWriter.Renew(container.Header, before, after);
                edit.WriteProgram(bootloader, container.Offset, RblWriter.ToPages(renewed.Bytes.Span), "the RBL header covers the new table");
            }
        }
    }
}

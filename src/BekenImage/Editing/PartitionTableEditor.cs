using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Puts another partition table into an image's bootloader, and renews the RBL header that covers it. It changes the bootloader: what the
/// table says wrong, the device does wrong. Nothing is moved to where the new table says.
/// </summary>
public static class PartitionTableEditor
{
    /// <summary>Replaces the table.</summary>
    /// <param name="image">An image with a bootloader, or a bootloader file.</param>
    /// <param name="partitions">As many entries as there are now. One that says what the present one says keeps its bytes, its CRC included.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">There is no bootloader with a table, its key is not known, or the entries do not fit.</exception>
    public static byte[] Replace(FlashImage image, IReadOnlyList<FalPartition> partitions)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (partitions is null)
            throw new ArgumentNullException(nameof(partitions));
        var bootloader = image.Programs.Bootloader;
        if (bootloader is null || image.Fal is not { } fal)
            throw new BekenImageException(FindingCode.FalMissing, "there is no bootloader with a partition table in it");
        var kept = partitions.Select(partition => fal.Partitions.FirstOrDefault(existing => IsSame(existing, partition)) ?? partition).ToArray();
        if (bootloader.Key is not { } key)
            throw new BekenImageException(FindingCode.KeyUnknown, "the bootloader's key is not known; give it", bootloader.Offset);
        byte[] copy = image.Bytes.ToArray();
        var slot = copy.AsSpan((int)bootloader.Offset, (int)bootloader.Length);
        byte[] before = bootloader.IsStriped ? ProgramPages.Strip(slot) : slot.ToArray();
        if (!BootloaderPayload.TryRead(before, key, out var payload))
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit, "the bootloader shows no ARM vectors under its key", bootloader.Offset);
        byte[] after = payload!.WithFal(kept).ToArray();
        if (!bootloader.IsStriped)
        {
            after.CopyTo(slot);
            return SectorPatch.Rotate(image, copy);
        }
        WritePages(image, bootloader, copy, before, after);
        return SectorPatch.Rotate(image, copy);
    }

    private static void WritePages(FlashImage image, Partition bootloader, byte[] copy, byte[] before, byte[] payload)
    {
        byte[] after = [.. payload, .. before.AsSpan(payload.Length)];
        var slot = copy.AsSpan((int)bootloader.Offset, (int)bootloader.Length);
        if (ProgramPages.Write(slot, after, (payload.Length + FlashPages.DataSize - 1) / FlashPages.DataSize) > 0)
            throw new BekenImageException(FindingCode.BadPage, "the bootloader is damaged: it has pages with a wrong CRC", bootloader.Offset);
        foreach (var container in image.Containers.Where(container => container is { IsStriped: true, HeaderCrcOk: true } && bootloader.Range.Contains(container.Offset)))
        {
            if (RblChecks.PayloadCrcOk(container.Header, before) && RblChecks.PayloadHashOk(container.Header, before))
                FlashPages.Encode(RblWriter.Renew(container.Header, before, after).Bytes.Span, copy.AsSpan((int)container.Offset, RblHeader.StripedSize));
        }
    }

    private static bool IsSame(FalPartition left, FalPartition right) =>
        left.Name == right.Name && left.Flash == right.Flash && left.Offset == right.Offset && left.Length == right.Length;
}

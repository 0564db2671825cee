using BekenImage.Addressing;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>Where the app lies on a chip whose bootloader has no partition table that could say it.</summary>
internal static class AppPlace
{
    /// <summary>
    /// The table of that one entry, or null: vectors where an app begins, and behind it a header whose hash is the app's, which whoever
    /// wrote the chip put at the end of the app's partition. Nothing is known of other partitions.
    /// </summary>
    public static FalTable? Prove(ImageContent image)
    {
        if (image.Origin.Start != ImageStart.Bootloader ||
            image.Programs.App is not { IsStriped: true, Key: not null, Offset: FlashGeometry.AppOffset } app ||
            !ArmVectors.Match(image.Decoded.Decode(app).Span))
            return null;
        long header = RblHeader.OffsetAtEndOf(app.Range);
        if (!image.Containers.Any(container => container.IsStriped && container.Offset == header && container is { HeaderCrcOk: true, PayloadHashOk: true }))
            return null;
        var entry = new FalPartition(
            PartitionNames.App, FalPartition.StripedFlash, FlashGeometry.AppLogicalAddress, (uint)PageGrid.DataLength(app.Length));
        return new FalTable(0, isPlain: true, [entry]);
    }
}

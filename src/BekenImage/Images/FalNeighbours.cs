using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;

namespace BekenImage.Images;

/// <summary>Measures the programs that an image's partition table must have room for.</summary>
internal static class FalNeighbours
{
    public static FalSurroundings? Of(ImageContent image)
    {
        if (image.Programs.Fal is not { IsPhysical: false, Partitions.Count: > 0 } fal)
            return null;
        long tableEnd = fal.LogicalOffset + (long)fal.Partitions.Count * FalPartition.Size;
        var bootloader = image.Programs.Bootloader is { Offset: 0, IsStriped: true }
            ? new FlashRange(0, (tableEnd + FlashPages.DataSize - 1) / FlashPages.DataSize * FlashPages.PageSize)
            : (FlashRange?)null;
        return new FalSurroundings(bootloader, AppOf(image));
    }

    // A run of pages without a header may be left over from a longer version.
    private static FlashRange? AppOf(ImageContent image)
    {
        if (image.Programs.App is not { IsStriped: true } app)
            return null;
        var payload = ProgramPayload.Find(image.Bytes, image.Containers, app);
        return payload.Container is null ? null : new FlashRange(app.Offset, payload.PhysicalRange.Length + RblHeader.StripedSize);
    }
}

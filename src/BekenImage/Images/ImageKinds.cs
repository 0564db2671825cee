using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>Tells what a file is.</summary>
internal static class ImageKinds
{
    public static ImageKind Tell(FlashImage image) => image.Origin.Start switch
    {
        ImageStart.Bootloader => TellFlash(image),
        ImageStart.App => TellPackedApp(image),
        ImageStart.AppFile => ImageKind.App,
        ImageStart.BootloaderFile => ImageKind.Bootloader,
        _ => TellOther(image),
    };

    /// <summary>
    /// True when the image is a chip's whole flash: a power of two of bytes that its partition table fits in. OpenBK7231T_QIO is 1 MiB
    /// long and no chip: its table reaches beyond.
    /// </summary>
    public static bool IsWholeChip(FlashImage image)
    {
        if (!ImageOrigin.IsChipSize(image.Length))
            return false;
        if (image.Fal is not { } fal)
            return image.Length >= 0x200000;
        return fal.Partitions.All(partition => partition.PhysicalRange.End <= image.Length);
    }

    /// <summary>True for a UG header with both its magics and something behind it.</summary>
    public static bool IsUg(ReadOnlySpan<byte> bytes) => bytes.Length > UgHeader.Size && UgHeader.TryRead(bytes, out var header) && header!.EndOk;

    private static ImageKind TellFlash(FlashImage image)
    {
        bool whole = IsWholeChip(image);
        if (image.Programs.App is { Pages.Valid: > 0 })
            return whole ? ImageKind.Dump : ImageKind.Qio;
        return image.Length <= FlashGeometry.AppOffset + FlashGeometry.SectorSize ? ImageKind.Bootloader : ImageKind.Piece;
    }

    private static ImageKind TellPackedApp(FlashImage image)
    {
        var app = image.Programs.App!;
        if (app.Range.End < image.Length && !ByteRuns.IsErased(image.Bytes.Span.Slice((int)app.Range.End)))
            return ImageKind.Piece;
        return image.Containers.Any(container => container.IsStriped) ? ImageKind.Ua : ImageKind.App;
    }

    private static ImageKind TellOther(FlashImage image)
    {
        var bytes = image.Bytes.Span;
        if (RblHeader.TryRead(bytes, out var header) && header!.HeaderCrcOk)
            return ImageKind.Ota;
        if (IsUg(bytes))
            return ImageKind.Ug;
        return image.Partitions.Count > 0 || UnplacedPages.Find(bytes) is not null ? ImageKind.Piece : ImageKind.Unknown;
    }
}

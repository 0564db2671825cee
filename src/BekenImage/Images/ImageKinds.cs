using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>Tells what a file is.</summary>
internal static class ImageKinds
{
    /// <param name="origin">What the file begins with.</param>
    /// <param name="programs">Its programs.</param>
    /// <param name="containers">Its RBL headers; asked for only where they decide.</param>
    /// <param name="partitions">Everything in it that has a name; likewise.</param>
    /// <param name="isCut">Whether it is a read that ended before its chip did; likewise.</param>
    public static ImageKind Tell(
        ImageOrigin origin, ProgramLayout programs, Func<IReadOnlyList<RblContainer>> containers, Func<IReadOnlyList<Partition>> partitions,
        Func<bool> isCut) =>
        origin.Start switch
        {
            ImageStart.Bootloader => TellFlash(origin.Bytes.Length, programs, isCut),
            ImageStart.LostBootloader => ImageKind.Dump,
            ImageStart.App => TellPackedApp(origin.Bytes.Span, programs.App!, containers),
            ImageStart.AppFile => ImageKind.App,
            ImageStart.BootloaderFile => ImageKind.Bootloader,
            _ => TellOther(origin.Bytes.Span, partitions),
        };

    /// <summary>
    /// True when so many bytes are a chip's whole flash: a power of two that its partition table fits in. OpenBK7231T_QIO is 1 MiB
    /// long and no chip: its table reaches beyond.
    /// </summary>
    public static bool IsWholeChip(long length, FalTable? fal)
    {
        if (!ImageOrigin.IsChipSize(length))
            return false;
        return fal is null ? length >= ImageOrigin.SmallestWholeChip : fal.Partitions.All(partition => partition.PhysicalRange.End <= length);
    }

    /// <summary>True for a UG header with both its magics and something behind it.</summary>
    public static bool IsUg(ReadOnlySpan<byte> bytes) => bytes.Length > UgHeader.Size && UgHeader.TryRead(bytes, out var header) && header!.EndOk;

    private static ImageKind TellFlash(long length, ProgramLayout programs, Func<bool> isCut)
    {
        if (programs.App is { Pages.Valid: > 0 })
            return IsWholeChip(length, programs.Fal) ? ImageKind.Dump : isCut() ? ImageKind.Piece : ImageKind.Qio;
        return length <= FlashGeometry.AppOffset + FlashGeometry.SectorSize ? ImageKind.Bootloader : ImageKind.Piece;
    }

    private static ImageKind TellPackedApp(ReadOnlySpan<byte> bytes, Partition app, Func<IReadOnlyList<RblContainer>> containers)
    {
        if (app.Range.End < bytes.Length && !ByteRuns.IsErased(bytes.Slice((int)app.Range.End)))
            return ImageKind.Piece;
        return containers().Any(container => container.IsStriped) ? ImageKind.Ua : ImageKind.App;
    }

    private static ImageKind TellOther(ReadOnlySpan<byte> bytes, Func<IReadOnlyList<Partition>> partitions)
    {
        if (RblHeader.TryRead(bytes, out var header) && header!.HeaderCrcOk)
            return ImageKind.Ota;
        if (IsUg(bytes))
            return ImageKind.Ug;
        if (Wrapping.IsPackage(bytes))
            return ImageKind.Package;
        return partitions().Count > 0 || UnplacedPages.Find(bytes) is not null ? ImageKind.Piece : ImageKind.Unknown;
    }
}

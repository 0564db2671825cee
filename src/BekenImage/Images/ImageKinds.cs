using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ua;
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
            ImageStart.Bootloader when origin.Package is not null => ImageKind.Package,
            ImageStart.Bootloader => TellFlash(origin.Bytes.Span, programs, isCut),
            ImageStart.LostBootloader => ImageKind.Dump,
            ImageStart.App => TellPackedApp(origin, programs.App!, containers),
            ImageStart.AppFile => ImageKind.App,
            ImageStart.BootloaderFile => programs.Bootloader is null ? ImageKind.App : programs.App is null ? ImageKind.Bootloader : ImageKind.Qio,
            _ => TellOther(origin.Bytes, partitions),
        };

    /// <summary>
    /// True when a file is a chip's whole flash: a power of two that its partition table fits in, and what a read may have gone on to behind
    /// it. OpenBK7231T_QIO is 1 MiB long and no chip: its table reaches beyond.
    /// </summary>
    public static bool IsWholeChip(ReadOnlySpan<byte> bytes, FalTable? fal)
    {
        long length = OverlongRead.Find(bytes)?.ChipLength ?? bytes.Length;
        if (!ImageOrigin.IsChipSize(length))
            return false;
        return fal is null ? length >= ImageOrigin.SmallestWholeChip : fal.InForce.All(partition => partition.PhysicalRange.End <= length);
    }

    /// <summary>True for a UG header with both its magics and something behind it.</summary>
    public static bool IsUg(ReadOnlySpan<byte> bytes) => bytes.Length > UgHeader.Size && UgHeader.TryRead(bytes, out var header) && header!.EndOk;

    private static ImageKind TellFlash(ReadOnlySpan<byte> bytes, ProgramLayout programs, Func<bool> isCut)
    {
        if (programs is { Bootloader: null, App.Offset: 0 })
            return IsWholeChip(bytes, fal: null) ? ImageKind.Dump : ImageKind.App;
        if (programs.App is { Pages.Valid: > 0 })
            return IsWholeChip(bytes, programs.Fal) ? ImageKind.Dump : isCut() ? ImageKind.Piece : ImageKind.Qio;
        return bytes.Length <= FlashGeometry.AppOffset + FlashGeometry.SectorSize ? ImageKind.Bootloader : ImageKind.Piece;
    }

    private static ImageKind TellPackedApp(ImageOrigin origin, Partition app, Func<IReadOnlyList<RblContainer>> containers)
    {
        var bytes = origin.Bytes.Span;
        if (ReadBehindBootloader.Is(origin) || app.Range.End < bytes.Length && !ByteRuns.IsErased(bytes.Slice((int)app.Range.End)))
            return ImageKind.Piece;
        return containers().Any(container => container.IsStriped) ? ImageKind.Ua : ImageKind.App;
    }

    private static ImageKind TellOther(ReadOnlyMemory<byte> file, Func<IReadOnlyList<Partition>> partitions)
    {
        var bytes = file.Span;
        if (RblHeader.TryRead(bytes, out var header) && header!.HeaderCrcOk)
            return ImageKind.Ota;
        if (IsUg(bytes) || UaPackage.TryRead(file, out _) || Diff2YaHeader.TryRead(bytes, out _))
            return ImageKind.Ug;
        if (Wrapping.IsPackage(file))
            return ImageKind.Package;
        return partitions().Count > 0 || UnplacedPages.Find(bytes) is not null ? ImageKind.Piece : ImageKind.Unknown;
    }
}

using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Formats.Ug;
using BekenImage.Formats.Uf2;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage;

/// <summary>UF2 files of firmware: what of an image goes into one, and for which chip one is. Source: Formats/Uf2/FORMAT.md.</summary>
public static class Uf2Builder
{
    /// <summary>What an image brings to a UF2 file: an update package for <c>download</c>, or the pages of its app for <c>app</c>.</summary>
    /// <param name="image">An update package, a UG file around one, a packed app, or an image with an app.</param>
    /// <param name="chip">The chip the file is for.</param>
    /// <exception cref="BekenImageException">It is none of these, or damaged.</exception>
    /// <exception cref="ImageGuardException">It is for a chip of another family.</exception>
    public static Uf2Part PartOf(FlashImage image, BekenChip chip)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (image.Chip != BekenChip.Unknown && chip != BekenChip.Unknown && !BekenChips.AreSameFamily(image.Chip, chip))
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"it is for {image.Chip}, the UF2 file for {chip}");
        if (image.Kind == ImageKind.Ug)
            return UgPackage.TryRead(image.Bytes, out var wrapper) ? Device(wrapper.Unpack()) : throw Unfit();
        if (image.Kind == ImageKind.Ota)
            return Device(image.Bytes.ToArray());
        if (image.Programs.App is not { IsStriped: true, Pages.Valid: > 0 } app)
            throw Unfit();
        var payload = ProgramPayload.Find(image, app);
        if (payload.Check(image) is { Bad: > 0 } scan)
        {
            throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant($"{scan.Bad} of the app's {scan.Total} pages {Counted.Have(scan.Bad)} a wrong CRC"),
                app.Offset + (long)scan.FirstBad * FlashPages.PageSize);
        }
        return new Uf2Part(PartitionNames.App, [Uf2Scheme.FlasherSingle], 0, payload.PhysicalRange.Of(image.Bytes));
    }

    /// <summary>Makes a UF2 file.</summary>
    /// <param name="chip">The chip it is for.</param>
    /// <param name="board">LibreTiny's name of the board; null for none.</param>
    /// <param name="tags">What describes the firmware: <see cref="Uf2Writer.Describe"/>.</param>
    /// <param name="parts">What it brings: of <see cref="PartOf"/>.</param>
    /// <exception cref="BekenImageException">There is no UF2 family for the chip, or two parts are for the same partition.</exception>
    /// <exception cref="ImageGuardException">The board has a chip of another family.</exception>
    public static byte[] Build(BekenChip chip, string? board, IReadOnlyList<Uf2Tag> tags, IReadOnlyList<Uf2Part> parts)
    {
        if (parts is null)
            throw new ArgumentNullException(nameof(parts));
        var family = ChipRegistry.FamilyOf(chip);
        if (family?.Signs.Uf2Family is not { } id)
            throw new BekenImageException(FindingCode.BuildNoRecipe, $"LibreTiny has no UF2 family for {chip}");
        if (ChipRegistry.FamilyOfBoard(board) is { } other && other != family)
            throw new ImageGuardException(FindingCode.ChipsDiffer, $"the board '{board}' has a {other.Name}, the file is for {chip}");
        if (parts.GroupBy(part => part.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new BekenImageException(FindingCode.WrongKind, $"two of the inputs are for the partition '{twice.Key}'");
        return Uf2Writer.Write(id, tags, parts);
    }

    /// <summary>The chip a UF2 file is for, by its board or family id; unknown where neither tells one.</summary>
    /// <param name="package">The file.</param>
    public static BekenChip ChipOf(Uf2Package package)
    {
        if (package is null)
            throw new ArgumentNullException(nameof(package));
        return Uf2Chips.Stated(package) is { Count: 1 } stated ? stated[0] : BekenChip.Unknown;
    }

    private static Uf2Part Device(byte[] package) => new(PartitionNames.Download, [Uf2Scheme.DeviceSingle], 0, package);

    private static BekenImageException Unfit() => new(FindingCode.WrongKind,
        "there is no update package and no app in pages in it; pack or build it first");
}

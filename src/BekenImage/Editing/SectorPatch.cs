using BekenImage.Combining;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Editing;

/// <summary>
/// The one way in which verbs change data sectors of an image: into a copy, through the guards, rotated back at the end. What is not put
/// stays as it was.
/// </summary>
internal sealed class SectorPatch
{
    /// <summary>The smallest flash of the chips: a firmware file may be extended that far, to reach the sectors its firmware reads.</summary>
    private const long SmallestFlash = 0x200000;

    private readonly FlashImage _image;
    private byte[] _bytes;

    public SectorPatch(FlashImage image)
    {
        _image = image;
        _bytes = image.Bytes.ToArray();
    }

    /// <summary>The image so far, un-rotated.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The guards every change of an image passes: not into the bootloader, not out of the flash.</summary>
    /// <exception cref="ImageGuardException">One of them refuses it.</exception>
    public static void CheckWrite(FlashImage image, FlashRange range, string name)
    {
        if (HasBootloaderSlot(image))
            RegionMap.CheckWrite(range, image.Bytes.Length, name);
        else if (range.End > image.Bytes.Length)
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant($"'{name}' ({range}) reaches beyond the file; nothing was written"), range.Start);
    }

    /// <summary>Puts bytes where they may lie on areas of certain names only.</summary>
    /// <param name="offset">Physical, un-rotated.</param>
    /// <param name="bytes">The new bytes.</param>
    /// <param name="name">What they are, for messages.</param>
    /// <param name="areas">Beginnings of the names of areas they may lie on, besides erased flash.</param>
    /// <exception cref="ImageGuardException">They would reach into the bootloader, out of the flash, or over another area.</exception>
    public void Put(long offset, ReadOnlySpan<byte> bytes, string name, params string[] areas)
    {
        var range = new FlashRange(offset, bytes.Length);
        CheckWrite(_image, range, name);
        foreach (var piece in RangeOwners.Resolve(_image.Length, _image.Partitions).Where(piece => piece.Range.Overlaps(range)))
        {
            var overlap = piece.Range.Intersect(range);
            if (piece.Owner is { } owner && areas.Any(area => owner.Name.StartsWith(area, StringComparison.Ordinal)))
                continue;
            if (piece.Owner is { IsStriped: true } || !ByteRuns.IsErased(overlap.Of(_bytes).Span))
            {
                throw new ImageGuardException(FindingCode.RegionsOverlap, FormattableString.Invariant(
                    $"'{name}' ({range}) would lie over {(piece.Owner is null ? "something unknown" : $"'{piece.Owner.Name}'")} ({overlap}), which is not erased; nothing was written"),
                    overlap.Start);
            }
        }
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    /// <summary>Puts bytes in place of as many whose meaning is known: the caller read them and writes the same thing changed.</summary>
    /// <exception cref="ImageGuardException">They reach into the bootloader or out of the flash.</exception>
    public void Replace(long offset, ReadOnlySpan<byte> bytes, string name)
    {
        CheckWrite(_image, new FlashRange(offset, bytes.Length), name);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    /// <summary>Puts bytes behind the end of a firmware file, which then reaches as far; what lies between is erased.</summary>
    /// <exception cref="ImageGuardException">The file is none that may grow, or the flash ends before.</exception>
    public void Append(long offset, ReadOnlySpan<byte> bytes, string name)
    {
        long end = offset + bytes.Length;
        if (_image.Kind != ImageKind.Qio || offset < _bytes.Length || end > SmallestFlash)
        {
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant(
                $"'{name}' (0x{offset:x}..0x{end:x}) lies behind the end of the file; only a QIO file can be extended so far; nothing was written"), offset);
        }
        int former = _bytes.Length;
        Array.Resize(ref _bytes, (int)end);
        _bytes.AsSpan(former).Fill(0xFF);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    /// <summary>The changed image, rotated as it was.</summary>
    public byte[] ToArray() => Rotate(_image, _bytes);

    /// <summary>An un-rotated copy of an image, rotated as the image was.</summary>
    public static byte[] Rotate(FlashImage image, byte[] unrotated) =>
        image.Rotation == 0 ? (byte[])unrotated.Clone() : ImageOrigin.RotateRight(unrotated, unrotated.Length - image.Rotation);

    // A piece of a dump, a packed app and a program's own file count from elsewhere: nothing in them is the bootloader.
    private static bool HasBootloaderSlot(FlashImage image) =>
        image.PhysicalBase == 0 && image.Origin.Start is not (ImageStart.AppFile or ImageStart.BootloaderFile) &&
        (image.Programs.Bootloader is not null || image.Programs.App is not null || ImageKinds.IsWholeChip(image));
}

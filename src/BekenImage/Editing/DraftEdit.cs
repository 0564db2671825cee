using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Editing;

/// <summary>
/// One change of an image in the making. An edit reads the image, writes here, and is taken over as a whole or, where it throws, not at
/// all.
/// </summary>
internal sealed class DraftEdit
{
    /// <summary>The smallest flash of the chips, where the chip is not told: a firmware file may be extended that far, to reach the sectors its firmware reads.</summary>
    private const long SmallestFlash = 0x200000;

    private readonly ImageBuffer _buffer;
    private List<FlashRange>? _programs;
    private (int Changes, FlashImage Image)? _result;

    public DraftEdit(FlashImage image)
    {
        Image = image;
        _buffer = new ImageBuffer(image.Bytes.ToArray(), ProtectedRanges.Of(image));
    }

    /// <summary>The image as it was before this change.</summary>
    public FlashImage Image { get; }

    /// <summary>The image so far, un-rotated.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.Bytes;

    public IReadOnlyList<ImageChange> Changes => _buffer.Changes;

    /// <summary>The key the programs have afterwards; null where they keep theirs.</summary>
    public BekenKey? Key { get; set; }

    /// <summary>What is to be said about it.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The image with what was changed so far.</summary>
    public FlashImage ToImage()
    {
        if (_result is { } made && made.Changes == Changes.Count)
            return made.Image;
        var image = Image.With(Bytes, Changes.Select(written => written.Range).ToArray(), Key);
        _result = (Changes.Count, image);
        return image;
    }

    /// <summary>Asks the guards before anything is worked out.</summary>
    /// <exception cref="ImageGuardException">One of them refuses it.</exception>
    public void Check(FlashRange range, string what) => _buffer.Check(range, what);

    /// <summary>Puts bytes where they may lie on areas of certain names only.</summary>
    /// <param name="offset">Physical, un-rotated.</param>
    /// <param name="bytes">The new bytes.</param>
    /// <param name="what">What they are.</param>
    /// <param name="why">Why they are put.</param>
    /// <param name="areas">Beginnings of the names of areas they may lie on, besides erased flash.</param>
    /// <exception cref="ImageGuardException">They would reach into the bootloader, out of the flash, or over another area.</exception>
    public void Put(long offset, ReadOnlySpan<byte> bytes, string what, string why, params string[] areas)
    {
        var range = new FlashRange(offset, bytes.Length);
        _buffer.Check(range, what);
        RefusePrograms(range, what);
        foreach (var piece in RangeOwners.Resolve(Image.Length, Image.Partitions).Where(piece => piece.Range.Overlaps(range)))
        {
            var overlap = piece.Range.Intersect(range);
            if (piece.Owner is { } owner && areas.Any(area => owner.Name.StartsWith(area, StringComparison.Ordinal)))
                continue;
            if (piece.Owner is { IsStriped: true } || !ByteRuns.IsErased(overlap.Of(_buffer.Bytes).Span))
            {
                throw new ImageGuardException(FindingCode.RegionsOverlap,
                    $"'{what}' ({range}) would lie over {(piece.Owner is null ? "something unknown" : $"'{piece.Owner.Name}'")} ({overlap}), " +
                    "which is not erased; nothing was written", overlap.Start);
            }
        }
        _buffer.Write(offset, bytes, what, source: null, why);
    }

    /// <summary>Puts data in place of as many bytes that were read as such: wherever that was, programs stay as they are.</summary>
    /// <exception cref="ImageGuardException">They reach into a program or its header, into the bootloader or out of the flash.</exception>
    public void ReplaceData(long offset, ReadOnlySpan<byte> bytes, string what, string why)
    {
        RefusePrograms(new FlashRange(offset, bytes.Length), what);
        _buffer.Write(offset, bytes, what, source: null, why);
    }

    // Where data seems to lie is read from the image; so is what a superblock says of its size, and a firmware file may have been written
    // over a device's volume.
    private void RefusePrograms(FlashRange range, string what)
    {
        _programs ??= ProgramRanges.Of(Image);
        foreach (var program in _programs.Where(program => program.Overlaps(range)))
        {
            throw new ImageGuardException(FindingCode.RegionsOverlap,
                $"'{what}' ({range}) lies over a program or its header ({program}); nothing was written", program.Start);
        }
    }

    /// <summary>Puts bytes in place of as many whose meaning is known: the caller read them and writes the same thing changed.</summary>
    /// <exception cref="ImageGuardException">They reach into the bootloader or out of the flash.</exception>
    public void Replace(long offset, ReadOnlySpan<byte> bytes, string what, string why, string? source = null) =>
        _buffer.Write(offset, bytes, what, source, why);

    /// <summary>Puts bytes behind the end of a firmware file, which then reaches as far; what lies between is erased.</summary>
    /// <exception cref="ImageGuardException">The file is none that may grow, or the flash ends before.</exception>
    public void Append(long offset, ReadOnlySpan<byte> bytes, string what, string why)
    {
        long end = offset + bytes.Length;
        if (Image.Kind != ImageKind.Qio || offset < _buffer.Length || end > (ChipRegistry.Find(Image.Chip)?.FlashLength ?? SmallestFlash))
        {
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant(
                $"'{what}' (0x{offset:x}..0x{end:x}) lies behind the end of the file; only a QIO file can be extended so far; nothing was written"), offset);
        }
        _buffer.Grow((int)end);
        _buffer.Write(offset, bytes, what, source: null, why);
    }

    /// <summary>Writes a part of a program: its pages, or the header behind it. The bootloader's only by the methods that name it.</summary>
    /// <exception cref="ImageGuardException">It reaches out of the flash, or another program's into the bootloader.</exception>
    public void WriteProgram(Partition program, long offset, ReadOnlySpan<byte> bytes, string why, string? source = null)
    {
        if (program.Name == PartitionNames.Bootloader)
            _buffer.WriteBootloader(offset, bytes, source, why);
        else
            _buffer.Write(offset, bytes, program.Name, source, why);
    }

    /// <summary>Writes a whole bootloader slot.</summary>
    public void WriteBootloader(ReadOnlySpan<byte> slot, string source, string why) => _buffer.WriteBootloader(0, slot, source, why);
}

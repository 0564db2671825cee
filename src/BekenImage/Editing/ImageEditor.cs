using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// Replaces one range or partition of an image; every other byte stays as it was, and so do length and rotation. The guards of
/// <see cref="ImageCombiner"/> apply: the bootloader is not written, nothing leaves the flash, nothing lands on another area.
/// </summary>
public static class ImageEditor
{
    /// <summary>The plain bytes of a partition: the leading valid pages of a striped one, deciphered; a raw one's bytes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="partition">One of its partitions.</param>
    /// <exception cref="BekenImageException">The partition's key is not known, or it does not begin with a valid page.</exception>
    public static ReadOnlyMemory<byte> Extract(FlashImage image, Partition partition)
    {
        Check(image, partition);
        if (!partition.IsStriped)
            return image.Decode(partition);
        if (partition.Key is null)
            throw new BekenImageException(FindingCode.KeyUnknown, $"the key of '{partition.Name}' is not known; give it, or take the stored bytes", partition.Offset);
        return PlainProgram.Read(image, partition)?.Bytes ?? throw new BekenImageException(
            FindingCode.BadPage, $"'{partition.Name}' does not begin with a valid page; take the stored bytes", partition.Offset);
    }

    /// <summary>Replaces a range by bytes as they are to be stored.</summary>
    /// <param name="image">The image.</param>
    /// <param name="range">Physical, un-rotated.</param>
    /// <param name="bytes">As many bytes as the range has.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">The bytes do not fill the range.</exception>
    /// <exception cref="ImageGuardException">The range touches the bootloader or leaves the flash.</exception>
    public static byte[] Replace(FlashImage image, FlashRange range, ReadOnlySpan<byte> bytes)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        SectorPatch.CheckWrite(image, range, "the range");
        if (bytes.Length != range.Length)
        {
            throw new BekenImageException(FindingCode.WrongKind, FormattableString.Invariant(
                $"the file has 0x{bytes.Length:x} bytes, the range 0x{range.Length:x}; they must be as many"));
        }
        byte[] copy = image.Bytes.ToArray();
        bytes.CopyTo(copy.AsSpan((int)range.Start));
        return SectorPatch.Rotate(image, copy);
    }

    /// <summary>Replaces a partition.</summary>
    /// <param name="image">The image.</param>
    /// <param name="partition">One of its partitions.</param>
    /// <param name="bytes">
    /// For a raw partition its bytes; what a shorter file leaves is erased. For a striped one either stored pages, or a plain program,
    /// which is encrypted, paged, and described by its RBL header anew.
    /// </param>
    /// <param name="isPlain">True: the bytes are plain. False: stored pages are recognised as such, everything else is plain.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">The bytes do not suit the partition.</exception>
    /// <exception cref="ImageGuardException">It is the bootloader, or the bytes do not fit or would land on another area.</exception>
    public static byte[] Replace(FlashImage image, Partition partition, ReadOnlySpan<byte> bytes, bool isPlain = false)
    {
        Check(image, partition);
        SectorPatch.CheckWrite(image, partition.Range, partition.Name);
        byte[] copy = image.Bytes.ToArray();
        if (!partition.IsStriped)
            PutRaw(image, copy, partition, bytes);
        else if (!isPlain && IsPages(bytes))
            PutRaw(image, copy, partition, bytes);
        else
            PutPlain(image, copy, partition, bytes);
        return SectorPatch.Rotate(image, copy);
    }

    private static void PutPlain(FlashImage image, byte[] copy, Partition partition, ReadOnlySpan<byte> plain)
    {
        if (partition.Key is not { } key)
            throw new BekenImageException(FindingCode.KeyUnknown, $"the key of '{partition.Name}' is not known; give it", partition.Offset);
        var range = ProgramRange(image, partition);
        var program = PlainProgram.Read(image, partition, range.Length);
        long? header = program?.HeaderOffset ?? ProgramPayload.Find(image, partition).Container?.Offset;
        StripedEdit.Apply(copy, range, key, (uint)partition.LogicalStart!.Value.Value, header, plain, program?.Bytes.Length ?? -1);
    }

    // The partition up to the first inner area, whose bytes are not the program's.
    private static FlashRange ProgramRange(FlashImage image, Partition partition)
    {
        var first = RangeOwners.Resolve(image.Bytes.Length, image.Partitions).First(piece => piece.Range.Contains(partition.Offset));
        return first.Owner == partition ? first.Range : throw new ImageGuardException(FindingCode.RegionsOverlap,
            $"the program would land on '{first.Owner!.Name}' ({first.Range}), which lies in '{partition.Name}' too; nothing was written", partition.Offset);
    }

    // Inner areas keep their bytes: what is written must not reach them, and what is erased leaves them out.
    private static void PutRaw(FlashImage image, byte[] copy, Partition partition, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > partition.Length)
        {
            throw new ImageGuardException(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"the file has 0x{bytes.Length:x} bytes, '{partition.Name}' has 0x{partition.Length:x}; nothing was written"), partition.Offset);
        }
        var written = new FlashRange(partition.Offset, bytes.Length);
        foreach (var piece in RangeOwners.Resolve(copy.Length, image.Partitions).Where(piece => piece.Range.Overlaps(partition.Range)))
        {
            var overlap = piece.Range.Intersect(written);
            if (piece.Owner == partition || piece.Owner is null)
                copy.AsSpan((int)Math.Max(piece.Range.Start, partition.Offset), (int)piece.Range.Intersect(partition.Range).Length).Fill(0xFF);
            else if (!overlap.IsEmpty && IsChanged(copy, overlap, bytes.Slice((int)(overlap.Start - partition.Offset), (int)overlap.Length)))
            {
                throw new ImageGuardException(FindingCode.RegionsOverlap,
                    $"the file would land on '{piece.Owner.Name}' ({piece.Range}), which lies in '{partition.Name}' too; nothing was written", overlap.Start);
            }
        }
        bytes.CopyTo(copy.AsSpan((int)partition.Offset));
    }

    private static bool IsChanged(byte[] copy, FlashRange range, ReadOnlySpan<byte> bytes) =>
        !bytes.SequenceEqual(copy.AsSpan((int)range.Start, (int)range.Length));

    private static bool IsPages(ReadOnlySpan<byte> bytes)
    {
        var scan = FlashPages.Check(bytes.Slice(0, bytes.Length / FlashPages.PageSize * FlashPages.PageSize));
        return scan.Valid + scan.Erased > 0 && scan.Bad <= scan.Valid / 16;
    }

    private static void Check(FlashImage image, Partition partition)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (partition is null)
            throw new ArgumentNullException(nameof(partition));
    }
}

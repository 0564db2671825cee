using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>Replaces one range or partition of an image.</summary>
internal static class PartitionEdit
{
    /// <summary>Replaces a range by bytes as they are to be stored.</summary>
    public static void Replace(DraftEdit edit, FlashRange range, ReadOnlySpan<byte> bytes)
    {
        edit.Check(range, "the range");
        if (bytes.Length != range.Length)
        {
            throw new BekenImageException(FindingCode.WrongKind, FormattableString.Invariant(
                $"0x{bytes.Length:x} bytes were given, the range has 0x{range.Length:x}; they must be as many"));
        }
        edit.Replace(range.Start, bytes, NameOf(edit.Image, range), "replaced as asked", "given");
        Judge(edit);
    }

    private static string NameOf(FlashImage image, FlashRange range) =>
        RangeOwners.Resolve(image.Length, image.Partitions).Find(piece => piece.Range.Overlaps(range))?.Owner?.Name ?? ImageChange.Gap;

    /// <summary>Replaces a partition by its own bytes, stored pages or a plain program.</summary>
    /// <param name="edit">Receives the change.</param>
    /// <param name="name">The partition's name.</param>
    /// <param name="offset">Where it lies: a table may give several one name. Null, or none of that name there: the first.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isPlain">False: stored pages are recognised as such.</param>
    public static void Replace(DraftEdit edit, string name, long? offset, byte[] bytes, bool isPlain)
    {
        var partition = edit.Image.Partitions.FirstOrDefault(known => known.Name == name && known.Offset == offset) ??
            edit.Image.FindPartition(name) ?? throw new BekenImageException(FindingCode.WrongKind,
            $"there is no partition '{name}' in it; it has {string.Join(", ", edit.Image.Partitions.Select(known => known.Name))}");
        edit.Check(partition.Range, partition.Name);
        bool isRaw = partition.IsStriped ? !isPlain && IsPages(bytes) : !LogicalReads.IsSlot(edit.Image, partition);
        if (partition.Name == PartitionNames.App)
            bytes = Blame.On(PartitionNames.App, () => TakeApp(bytes, isPages: isRaw && partition.IsStriped));
        if (partition.LogicalStart is not null)
            FamilyGuard.CheckProgram(edit.Image.Content, isRaw && partition.IsStriped ? ProgramPages.Strip(bytes, ArmVectors.Size) : bytes);
        if (isRaw)
            PutRaw(edit, partition, bytes);
        else
            PutPlain(edit, partition, bytes);
        Judge(edit);
    }

    // Any bytes may hold anything.
    private static void Judge(DraftEdit edit)
    {
        FamilyGuard.Check(edit);
        BootGuard.Check(edit);
        CalibrationGuard.Check(edit);
    }

    private static byte[] TakeApp(byte[] bytes, bool isPages)
    {
        if (!isPages)
            return PlainApp.Take(bytes).ToArray();
        PlainApp.RequirePages(bytes);
        return bytes;
    }

    private static void PutPlain(DraftEdit edit, Partition partition, ReadOnlySpan<byte> plain)
    {
        if (partition.Storage.Cipher is not { } cipher)
            throw new BekenImageException(FindingCode.KeyUnknown, $"the key of '{partition.Name}' is not known; it must be given", partition.Offset);
        var range = ProgramRange(edit.Image, partition);
        var program = PlainProgram.Read(edit.Image, partition, range.Length);
        long? header = program?.HeaderOffset ?? ProgramPayload.Find(edit.Image, partition).Container?.Offset;
        var section = StripedEdit.Make(
            edit.Bytes, range, partition.IsStriped, cipher, (uint)partition.LogicalStart!.Value.Value, header, plain, program?.Bytes.Length ?? -1);
        string how = partition.IsStriped ? "encrypted and paged" : "stored";
        edit.WriteProgram(partition, range.Start, section.Slot, $"a program, {how} as the partition is", "given");
        if (section.Header is not null)
            edit.WriteProgram(partition, header!.Value, section.Header, "the RBL header describes the new program");
    }

    // The partition up to the first inner area, whose bytes are not the program's.
    private static FlashRange ProgramRange(FlashImage image, Partition partition)
    {
        var first = RangeOwners.Resolve(image.Bytes.Length, image.Partitions).First(piece => piece.Range.Contains(partition.Offset));
        return first.Owner == partition ? first.Range.Intersect(partition.Code) : throw new ImageGuardException(FindingCode.RegionsOverlap,
            $"the program would land on '{first.Owner!.Name}' ({first.Range}), which lies in '{partition.Name}' too; nothing was written", partition.Offset);
    }

    // Inner areas keep their bytes: what is written must not reach them, and what is erased leaves them out.
    private static void PutRaw(DraftEdit edit, Partition partition, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > partition.Length)
        {
            throw new ImageGuardException(FindingCode.AppTooLarge, FormattableString.Invariant(
                $"0x{bytes.Length:x} bytes were given, '{partition.Name}' has 0x{partition.Length:x}; nothing was written"), partition.Offset);
        }
        byte[] content = partition.Range.Of(edit.Bytes).ToArray();
        var written = new FlashRange(partition.Offset, bytes.Length);
        foreach (var piece in RangeOwners.Resolve(edit.Image.Length, edit.Image.Partitions).Where(piece => piece.Range.Overlaps(partition.Range)))
        {
            var own = piece.Range.Intersect(partition.Range);
            var place = content.AsSpan((int)(own.Start - partition.Offset), (int)own.Length);
            var overlap = piece.Range.Intersect(written);
            if (piece.Owner == partition || piece.Owner is null)
                place.Fill(0xFF);
            else if (!overlap.IsEmpty && !bytes.Slice((int)(overlap.Start - partition.Offset), (int)overlap.Length).SequenceEqual(place.Slice(0, (int)overlap.Length)))
            {
                throw new ImageGuardException(FindingCode.RegionsOverlap,
                    $"the bytes would land on '{piece.Owner.Name}' ({piece.Range}), which lies in '{partition.Name}' too; nothing was written", overlap.Start);
            }
        }
        bytes.CopyTo(content);
        edit.WriteProgram(partition, partition.Offset, content, "replaced as asked", "given");
    }

    private static bool IsPages(ReadOnlySpan<byte> bytes)
    {
        var scan = ProgramPages.Check(bytes);
        return scan.Valid + scan.Erased > 0 && scan.Bad <= scan.Valid / 16;
    }
}

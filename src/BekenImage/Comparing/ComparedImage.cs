using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Comparing;

/// <summary>
/// An image in the form in which it is compared, and where its offsets are in that form: physical, or for a comparison with a read without
/// page CRCs as the CPU counts.
/// </summary>
internal sealed class ComparedImage
{
    private readonly bool _isStripped;
    private readonly bool _isPlain;

    /// <param name="image">The image.</param>
    /// <param name="asLogical">True to leave page CRCs away.</param>
    /// <param name="asPlain">True to decipher its programs.</param>
    /// <param name="isByBlocks">True when one of the two was enciphered in blocks.</param>
    public ComparedImage(FlashImage image, bool asLogical = false, bool asPlain = false, bool isByBlocks = false)
    {
        Image = image;
        _isPlain = asPlain;
        bool isLogical = image.Stored == StoredForm.Logical;
        _isStripped = asLogical && !isLogical;
        Bytes = asPlain ? Deciphered(image, isByBlocks) : image.Bytes;
        Start = image.PhysicalBase;
        if (asLogical && isLogical)
            Start = Programs.Select(program => program.LogicalStart!.Value.Value - program.Offset).FirstOrDefault();
        if (!_isStripped)
            return;
        Bytes = ProgramPages.Strip(Bytes.Span);
        Start = ToLogical(Start);
    }

    public FlashImage Image { get; }

    /// <summary>The bytes that are compared.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Where the first of them lies.</summary>
    public long Start { get; }

    public long End => Start + Bytes.Length;

    /// <summary>True when the bytes of programs are pages.</summary>
    public bool IsPaged(Partition program) => program.Storage.IsPaged && !_isStripped;

    public IEnumerable<Partition> Programs => Image.Programs.Partitions.Where(program => program is { LogicalStart: not null, IsPart: false });

    /// <summary>Where a range of the image is compared.</summary>
    public FlashRange Place(FlashRange range)
    {
        long start = Place(range.Start);
        return FlashRange.FromBounds(start, Math.Max(start, Place(range.End)));
    }

    /// <summary>The offset in the image of a place.</summary>
    public long OffsetOf(long place) => _isStripped
        ? place / FlashPages.DataSize * FlashPages.PageSize + place % FlashPages.DataSize - Image.PhysicalBase
        : place - Start;

    /// <summary>The bytes at a place; fewer where the image ends.</summary>
    public ReadOnlySpan<byte> At(FlashRange place)
    {
        var own = place.Intersect(new FlashRange(Start, Bytes.Length));
        return own.IsEmpty ? default : Bytes.Span.Slice((int)(own.Start - Start), (int)own.Length);
    }

    /// <summary>The code of a program that is in use, without page CRCs, as it is compared.</summary>
    public byte[] CodeOf(Partition program)
    {
        var payload = ProgramPayload.Find(Image, program);
        var stored = At(Place(program.Code));
        byte[] data = IsPaged(program) ? ProgramPages.Strip(stored) : stored.ToArray();
        return payload.Length < data.Length ? data.AsSpan(0, (int)payload.Length).ToArray() : data;
    }

    /// <summary>The same deciphered; null where the key is not known.</summary>
    public ReadOnlyMemory<byte>? PlainCodeOf(Partition program)
    {
        if (program.Storage.Cipher is null)
            return null;
        if (_isPlain)
            return CodeOf(program);
        var plain = Image.Decode(program);
        return plain.Slice(0, (int)Math.Min(plain.Length, ProgramPayload.Find(Image, program).Length));
    }

    private long Place(long offset) => _isStripped ? ToLogical(offset + Image.PhysicalBase) : offset + Start;

    private static long ToLogical(long physical) =>
        physical / FlashPages.PageSize * FlashPages.DataSize + Math.Min(physical % FlashPages.PageSize, FlashPages.DataSize);

    // What is stored plain inside an enciphered program, its mark, header and partition table, stays; so do erased pages.
    private static byte[] Deciphered(FlashImage image, bool isByBlocks)
    {
        byte[] bytes = image.Bytes.ToArray();
        var plain = OwnerMap.PlainRanges(image).ToArray();
        foreach (var program in image.Programs.Partitions.Where(program => program is { LogicalStart: not null, IsPart: false }))
        {
            if (program.Storage.Cipher is not { IsIdentity: false } cipher)
                continue;
            int unit = program.Storage.IsPaged ? FlashPages.PageSize : FlashPages.DataSize;
            long logical = program.LogicalStart!.Value.Value;
            var kept = new bool[program.Code.Length / unit + 1];
            foreach (var range in plain.Select(range => range.Intersect(program.Code)).Where(range => !range.IsEmpty))
            {
                for (long page = (range.Start - program.Code.Start) / unit; page <= (range.End - 1 - program.Code.Start) / unit; page++)
                    kept[page] = true;
            }
            for (long at = program.Code.Start; at + unit <= program.Code.End; at += unit, logical += FlashPages.DataSize)
            {
                var page = bytes.AsSpan((int)at, unit);
                if (ByteRuns.IsErased(page) || kept[(at - program.Code.Start) / unit])
                    continue;
                bool isValid = unit == FlashPages.PageSize && FlashPages.Check(page).Valid == 1;
                var data = new byte[FlashPages.DataSize];
                var stored = page.Slice(0, FlashPages.DataSize);
                cipher.Decipher((uint)logical, stored, data);
                if (logical == ArminoSigns.MarkOffset)
                    stored.Slice(0, ArminoSigns.ClearBytesOf(stored)).CopyTo(data);
                if (isValid)
                    FlashPages.Encode(data, page);
                else
                    data.CopyTo(page);
            }
        }
        if (isByBlocks)
            BlankBehindMark(image, bytes);
        return bytes;
    }

    // What a mark was written over is half a block of AES: the rest of that block nobody can decipher. So neither image shows it.
    private static void BlankBehindMark(FlashImage image, byte[] bytes)
    {
        const int Block = 16;
        foreach (var program in image.Programs.Partitions.Where(program => program is { LogicalStart: { Value: 0 }, IsPart: false }))
        {
            int unit = program.Storage.IsPaged ? FlashPages.PageSize : FlashPages.DataSize;
            long at = program.Code.Start + ArminoSigns.MarkOffset / FlashPages.DataSize * unit;
            if (at + unit > program.Code.End)
                continue;
            var page = bytes.AsSpan((int)at, unit);
            int name = ArminoSigns.MarkLengthOf(page.Slice(0, FlashPages.DataSize));
            if (name == 0)
                continue;
            bool isValid = unit == FlashPages.PageSize && FlashPages.Check(page).Valid == 1;
            page.Slice(name, Block - name).Clear();
            if (isValid)
                FlashPages.Encode(page.Slice(0, FlashPages.DataSize).ToArray(), page);
        }
    }
}

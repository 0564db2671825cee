using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>One block of a metadata pair: a revision and a log of commits, valid up to the last one whose checksum fits.</summary>
internal sealed class LittleFsBlockLog
{
    private readonly ReadOnlyMemory<byte> _block;

    private LittleFsBlockLog(ReadOnlyMemory<byte> block, uint revision, int end, bool hasBadCommit)
    {
        _block = block;
        Revision = revision;
        End = end;
        HasBadCommit = hasBadCommit;
    }

    public uint Revision { get; }

    /// <summary>The byte behind the last commit that verifies; 0 when there is none.</summary>
    public int End { get; }

    public bool IsValid => End > 0;

    /// <summary>True when something that looks like another commit follows the last good one and does not verify.</summary>
    public bool HasBadCommit { get; }

    /// <summary>True when there is nothing but erased bytes behind the last good commit.</summary>
    public bool IsErasedBehind => ByteRuns.IsErased(_block.Span.Slice(End));

    /// <summary>Verifies the commits of a block.</summary>
    public static LittleFsBlockLog Scan(ReadOnlyMemory<byte> block)
    {
        var reader = new SpanReader(block.Span);
        if (!reader.TryReadUInt32(out uint revision))
            return new LittleFsBlockLog(block, 0, 0, false);
        // The checksum of the first commit also covers the revision.
        uint running = Crc32.Append(0xFFFFFFFF, block.Span.Slice(0, sizeof(uint)));
        int end = 0;
        bool inCommit = false;
        uint previous = LittleFsTag.BeforeFirst;
        while (TryReadTag(ref reader, previous, ref running, out var tag))
        {
            inCommit = true;
            if (!reader.TryReadBytes(tag.DataLength, out var data))
                break;
            previous = tag.Next;
            if (!tag.IsChecksum)
            {
                running = Crc32.Append(running, data);
                continue;
            }
            if (data.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(data) != running)
                break;
            end = reader.Position;
            running = 0xFFFFFFFF;
            inCommit = false;
        }
        return new LittleFsBlockLog(block, revision, end, inCommit);
    }

    /// <summary>Applies the verified commits in order.</summary>
    public void Replay(LittleFsMetadata metadata)
    {
        var reader = new SpanReader(_block.Span.Slice(0, End));
        reader.TrySeek(sizeof(uint));
        uint previous = LittleFsTag.BeforeFirst;
        uint running = 0;
        while (TryReadTag(ref reader, previous, ref running, out var tag))
        {
            int position = reader.Position;
            if (!reader.TryReadBytes(tag.DataLength, out _))
                return;
            metadata.Apply(tag, _block.Slice(position, tag.DataLength));
            previous = tag.Next;
        }
    }

    private static bool TryReadTag(ref SpanReader reader, uint previous, ref uint running, out LittleFsTag tag)
    {
        tag = default;
        if (!reader.TryReadBytes(LittleFsTag.Size, out var word))
            return false;
        tag = new LittleFsTag(BinaryPrimitives.ReadUInt32BigEndian(word) ^ previous);
        if (!tag.IsValid)
            return false;
        running = Crc32.Append(running, word);
        return true;
    }
}

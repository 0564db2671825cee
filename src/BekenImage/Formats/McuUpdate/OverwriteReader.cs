using System.Buffers.Binary;
using BekenImage.Compression;

namespace BekenImage.Formats.McuUpdate;

/// <summary>Finds and makes the list of an overwrite body. Source: FORMAT.md, section 2.</summary>
internal static class OverwriteReader
{
    private const int WordSize = 2;
    private const byte Properties = 0x5D;

    // What the SDK appends to a payload before signing has 10 bytes.
    private const int MaximumTrailing = 16;

    // The list does not say how long it is: it is the one behind which the blocks fill the payload and begin as LZMA streams do.
    public static OverwriteBody? Find(ReadOnlyMemory<byte> payload)
    {
        var bytes = payload.Span;
        long blocks = 0;
        for (int count = 1; count <= OverwriteBody.MaximumBlocks && WordSize * (count + 1) <= bytes.Length; count++)
        {
            int length = Word(bytes, count - 1);
            blocks += length;
            long end = WordSize * (count + 1) + blocks;
            if (end > bytes.Length)
                return null;
            int last = Word(bytes, count);
            bool isEmptyLast = length == 0 && last == 0;
            if (bytes.Length - end > MaximumTrailing || blocks == 0 || length == 0 && !isEmptyLast || last == 0 && !isEmptyLast)
                continue;
            var lengths = new int[count];
            for (int i = 0; i < count; i++)
                lengths[i] = Word(bytes, i);
            if (AreStreams(bytes, lengths))
                return new OverwriteBody(payload, lengths, last);
        }
        return null;
    }

    public static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        int count = plain.Length / OverwriteBody.BlockSize + 1;
        if (count > OverwriteBody.MaximumBlocks)
        {
            throw new BekenImageException(FindingCode.OverwriteListDamaged, FormattableString.Invariant(
                $"0x{plain.Length:x} bytes are more than any flash has room for"));
        }
        var list = new byte[WordSize * (count + 1)];
        using var target = new MemoryStream();
        target.Write(list, 0, list.Length);
        for (int i = 0; i < count; i++)
        {
            var rest = plain.Slice(i * OverwriteBody.BlockSize);
            if (rest.IsEmpty)
                break; // the vendor's list keeps its two last words zero then
            byte[] block = LzmaEncoder.Encode(rest.Slice(0, Math.Min(OverwriteBody.BlockSize, rest.Length)));
            if (block.Length > ushort.MaxValue)
            {
                throw new BekenImageException(FindingCode.OverwriteBlockIncompressible, FormattableString.Invariant(
                    $"block {i + 1} takes 0x{block.Length:x} bytes when packed, its length in the list has 16 bits; the vendor's packer fails too"));
            }
            BinaryPrimitives.WriteUInt16LittleEndian(list.AsSpan(WordSize * i), (ushort)block.Length);
            target.Write(block, 0, block.Length);
        }
        BinaryPrimitives.WriteUInt16LittleEndian(list.AsSpan(WordSize * count), (ushort)(plain.Length % OverwriteBody.BlockSize));
        target.Position = 0;
        target.Write(list, 0, list.Length);
        return target.ToArray();
    }

    private static bool AreStreams(ReadOnlySpan<byte> bytes, int[] lengths)
    {
        int at = WordSize * (lengths.Length + 1);
        for (int i = 0; i < lengths.Length; i++)
        {
            bool isEmptyLast = i == lengths.Length - 1 && lengths[i] == 0;
            if (!isEmptyLast && (lengths[i] < LzmaDecoder.HeaderSize || bytes[at] != Properties))
                return false;
            at += lengths[i];
        }
        return true;
    }

    private static int Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(WordSize * index));
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Uf2;

/// <summary>One block of a UF2 file: 512 bytes. Immutable; holds slices of the bytes that were read. Source: FORMAT.md, section 1.</summary>
public sealed class Uf2Block
{
    /// <summary>Bytes a block takes.</summary>
    public const int Size = 512;

    internal const uint Magic1 = 0x0A324655;
    internal const uint Magic2 = 0x9E5D5157;
    internal const uint Magic3 = 0x0AB16F30;

    internal const int HeaderSize = 32;
    internal const int DataSize = 476;
    internal const int Magic3Offset = HeaderSize + DataSize;
    internal const int Md5Size = 24;

    internal const uint NotMainFlash = 0x0001;
    internal const uint FileContainer = 0x1000;
    internal const uint HasFamily = 0x2000;
    internal const uint HasMd5 = 0x4000;
    internal const uint HasTags = 0x8000;

    private Uf2Block(uint flags, uint address, uint number, uint count, uint? family, ReadOnlyMemory<byte> data, IReadOnlyList<Uf2Tag> tags)
    {
        Flags = flags;
        Address = address;
        Number = number;
        Count = count;
        Family = family;
        Data = data;
        Tags = tags;
    }

    /// <summary>Where its data goes, counted within the partition.</summary>
    public uint Address { get; }

    /// <summary>Its number, from 0.</summary>
    public uint Number { get; }

    /// <summary>How many blocks the file states.</summary>
    public uint Count { get; }

    /// <summary>The family of chips; null where the block states none.</summary>
    public uint? Family { get; }

    /// <summary>Its data, 476 bytes at most.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Its tags in stored order.</summary>
    public IReadOnlyList<Uf2Tag> Tags { get; }

    /// <summary>True where its data goes into flash.</summary>
    public bool IsForFlash => (Flags & (NotMainFlash | FileContainer)) == 0 && Data.Length > 0;

    private uint Flags { get; }

    /// <summary>The tag of a type; the last where there are several. Null when there is none.</summary>
    /// <param name="type">See <see cref="Uf2Tag"/>.</param>
    public Uf2Tag? Find(int type) => Tags.LastOrDefault(tag => tag.Type == type);

    /// <summary>Number, address and length.</summary>
    public override string ToString() => FormattableString.Invariant($"block {Number} of {Count}, 0x{Data.Length:x} bytes at 0x{Address:x}");

    /// <summary>Reads a block. Tags that do not fit it are left out.</summary>
    /// <returns>False where one of the three magic words is missing, or the length does not fit.</returns>
    internal static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Uf2Block? block)
    {
        block = null;
        var reader = new SpanReader(bytes.Span);
        if (!StartsWithMagic(bytes.Span) || bytes.Length < Size ||
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span.Slice(Magic3Offset)) != Magic3 ||
            !reader.TrySeek(2 * sizeof(uint)) ||
            !reader.TryReadUInt32(out uint flags) || !reader.TryReadUInt32(out uint address) || !reader.TryReadUInt32(out uint length) ||
            !reader.TryReadUInt32(out uint number) || !reader.TryReadUInt32(out uint count) || !reader.TryReadUInt32(out uint family) ||
            length > DataSize)
            return false;
        var area = bytes.Slice(HeaderSize, DataSize);
        var data = area.Slice(0, (int)length);
        int end = (flags & HasMd5) != 0 ? Math.Max((int)length, DataSize - Md5Size) : DataSize;
        var tags = (flags & HasTags) != 0 ? ReadTags(area.Slice((int)length, end - (int)length)) : [];
        block = new Uf2Block(flags, address, number, count, (flags & HasFamily) != 0 ? family : null, data, tags);
        return true;
    }

    /// <summary>True where a file begins as a UF2 file does.</summary>
    internal static bool StartsWithMagic(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 * sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic1 &&
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(sizeof(uint))) == Magic2;

    private static List<Uf2Tag> ReadTags(ReadOnlyMemory<byte> bytes)
    {
        var tags = new List<Uf2Tag>();
        for (int at = 0; at + Uf2Tag.HeaderSize <= bytes.Length;)
        {
            int size = bytes.Span[at];
            if (size < Uf2Tag.HeaderSize || at + size > bytes.Length)
                break;
            int type = bytes.Span[at + 1] | bytes.Span[at + 2] << 8 | bytes.Span[at + 3] << 16;
            tags.Add(new Uf2Tag(type, bytes.Slice(at + Uf2Tag.HeaderSize, size - Uf2Tag.HeaderSize)));
            at += (size + Uf2Tag.Alignment - 1) / Uf2Tag.Alignment * Uf2Tag.Alignment;
        }
        return tags;
    }
}

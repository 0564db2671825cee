using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Formats.Uf2;

/// <summary>Makes UF2 files as LibreTiny's tool does: a block of tags, then 256 bytes a block. Source: FORMAT.md, sections 1 to 3.</summary>
public static class Uf2Writer
{
    /// <summary>Data bytes LibreTiny writes to a block.</summary>
    public const int BlockData = 256;

    private const int SchemeCount = 6;
    private const byte Format = 2;

    /// <summary>Makes a file.</summary>
    /// <param name="family">Family of chips: 0x7B3EF230 is BK7231N.</param>
    /// <param name="tags">The file's tags. Those that say format and schemes are added.</param>
    /// <param name="parts">What it brings.</param>
    /// <exception cref="BekenImageException">There is no part, or the tags do not fit into a block (<see cref="FindingCode.Uf2PartUnknown"/>); a
    /// part's name has more than 247 bytes (<see cref="FindingCode.HeaderTextTooLong"/>), or its data ends behind the last address there is
    /// (<see cref="FindingCode.DownloadRefused"/>).</exception>
    public static byte[] Write(uint family, IReadOnlyList<Uf2Tag> tags, IReadOnlyList<Uf2Part> parts)
    {
        if (tags is null)
            throw new ArgumentNullException(nameof(tags));
        if (parts is null)
            throw new ArgumentNullException(nameof(parts));
        if (parts.Count == 0 || parts.Any(part => part.Data.IsEmpty || part.Schemes.Count == 0 || part.Name.Length == 0))
            throw new BekenImageException(FindingCode.Uf2PartUnknown, "a UF2 file needs at least one part, each with a partition, a scheme and data");
        foreach (var part in parts)
            Check(part);
        var blocks = new List<(uint Address, ReadOnlyMemory<byte> Data, IReadOnlyList<Uf2Tag> Tags)>
        {
            (0, default, [.. tags, new Uf2Tag(Uf2Tag.Format2, [Format]), new Uf2Tag(Uf2Tag.PartList, PartList(parts))]),
        };
        foreach (var part in parts)
        {
            for (int at = 0; at < part.Data.Length; at += BlockData)
            {
                var data = part.Data.Slice(at, Math.Min(BlockData, part.Data.Length - at));
                blocks.Add((part.Offset + (uint)at, data, at == 0 ? [new Uf2Tag(Uf2Tag.PartInfo, PartInfo(part))] : []));
            }
        }
        var file = new byte[blocks.Count * Uf2Block.Size];
        for (int i = 0; i < blocks.Count; i++)
            WriteBlock(file.AsSpan(i * Uf2Block.Size, Uf2Block.Size), blocks[i].Address, blocks[i].Data.Span, blocks[i].Tags, i, blocks.Count, family);
        return file;
    }

    /// <summary>The tags that describe a firmware; texts that are null or empty are left out.</summary>
    /// <param name="board">Board, such as <c>generic-bk7231n-qfn32-tuya</c>; written in lower case.</param>
    /// <param name="firmware">Name of the firmware.</param>
    /// <param name="version">Its version.</param>
    /// <param name="buildTime">Seconds since 1970; null for none.</param>
    /// <exception cref="BekenImageException">A text has more than 251 bytes (<see cref="FindingCode.HeaderTextTooLong"/>).</exception>
    public static IReadOnlyList<Uf2Tag> Describe(string? board, string? firmware = null, string? version = null, uint? buildTime = null)
    {
        var tags = new List<Uf2Tag>();
        AddText(tags, Uf2Tag.Board, board?.ToLowerInvariant());
        AddText(tags, Uf2Tag.Firmware, firmware);
        AddText(tags, Uf2Tag.Version, version);
        if (buildTime is { } seconds)
        {
            var number = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(number, seconds);
            tags.Add(new Uf2Tag(Uf2Tag.BuildTime, number));
        }
        return tags;
    }

    private static void AddText(List<Uf2Tag> tags, int type, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > Uf2Tag.MaximumValue)
            throw new BekenImageException(FindingCode.HeaderTextTooLong, FormattableString.Invariant($"a text of a UF2 file has {Uf2Tag.MaximumValue} bytes at most, this one {bytes.Length}"));
        tags.Add(new Uf2Tag(type, bytes));
    }

    // A tag names the part, and blocks have addresses of 32 bits.
    private static void Check(Uf2Part part)
    {
        int length = PartInfo(part).Length;
        if (length > Uf2Tag.MaximumValue)
        {
            throw new BekenImageException(FindingCode.HeaderTextTooLong, FormattableString.Invariant(
                $"a part's name has {Uf2Tag.MaximumValue - SchemeCount / 2 - 1} bytes at most, this one {length - SchemeCount / 2 - 1}"));
        }
        if (part.Offset + (long)part.Data.Length > 1L << 32)
        {
            throw new BekenImageException(FindingCode.DownloadRefused, FormattableString.Invariant(
                $"0x{part.Data.Length:x} bytes at 0x{part.Offset:x} of '{part.Name}' end behind the last address there is"));
        }
    }

    // One half byte a scheme.
    private static byte[] PartList(IReadOnlyList<Uf2Part> parts) =>
        Pairs(scheme => parts.Any(part => part.Schemes.Contains(scheme)) ? 1 : 0);

    private static byte[] PartInfo(Uf2Part part) =>
        [.. Pairs(scheme => part.Schemes.Contains(scheme) ? 1 : 0), .. Encoding.UTF8.GetBytes(part.Name), 0];

    private static byte[] Pairs(Func<Uf2Scheme, int> valueOf)
    {
        var pairs = new byte[SchemeCount / 2];
        for (int scheme = 0; scheme < SchemeCount; scheme++)
            pairs[scheme / 2] |= (byte)(valueOf((Uf2Scheme)scheme) << (scheme % 2 == 0 ? 4 : 0));
        return pairs;
    }

    private static void WriteBlock(Span<byte> block, uint address, ReadOnlySpan<byte> data, IReadOnlyList<Uf2Tag> tags, int number, int count, uint family)
    {
        uint flags = Uf2Block.HasFamily | (tags.Count > 0 ? Uf2Block.HasTags : 0) | (data.IsEmpty ? Uf2Block.NotMainFlash : 0);
        uint[] words = [Uf2Block.Magic1, Uf2Block.Magic2, flags, address, (uint)data.Length, (uint)number, (uint)count, family];
        for (int word = 0; word < words.Length; word++)
            BinaryPrimitives.WriteUInt32LittleEndian(block.Slice(word * sizeof(uint)), words[word]);
        data.CopyTo(block.Slice(Uf2Block.HeaderSize));
        WriteTags(block.Slice(Uf2Block.HeaderSize + data.Length, Uf2Block.DataSize - data.Length), tags);
        BinaryPrimitives.WriteUInt32LittleEndian(block.Slice(Uf2Block.Magic3Offset), Uf2Block.Magic3);
    }

    private static void WriteTags(Span<byte> area, IReadOnlyList<Uf2Tag> tags)
    {
        foreach (var tag in tags)
        {
            int size = Uf2Tag.HeaderSize + tag.Value.Length;
            int taken = (size + Uf2Tag.Alignment - 1) / Uf2Tag.Alignment * Uf2Tag.Alignment;
            if (taken > area.Length)
                throw new BekenImageException(FindingCode.Uf2PartUnknown, "the tags do not fit into a block of the UF2 file");
            area[0] = (byte)size;
            area[1] = (byte)(tag.Type & 0xFF);
            area[2] = (byte)(tag.Type >> 8 & 0xFF);
            area[3] = (byte)(tag.Type >> 16);
            tag.Value.Span.CopyTo(area.Slice(Uf2Tag.HeaderSize));
            area = area.Slice(taken);
        }
    }
}

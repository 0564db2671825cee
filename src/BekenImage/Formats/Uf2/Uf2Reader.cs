using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Uf2;

/// <summary>Reads UF2 files. Source: FORMAT.md.</summary>
internal static class Uf2Reader
{
    private const int Schemes = 6;
    private const int MaximumFindings = 100;

    private static ReadOnlySpan<byte> TableMagic => "01PE"u8;

    public static Uf2Package Read(ReadOnlyMemory<byte> bytes)
    {
        var findings = new List<Finding>();
        var blocks = ReadBlocks(bytes, findings);
        return new Uf2Package(bytes, blocks, ReadParts(blocks, findings), findings);
    }

    /// <summary>Records of 48 bytes; what is none ends the list.</summary>
    public static IReadOnlyList<Uf2Partition> ReadTable(ReadOnlySpan<byte> table)
    {
        var partitions = new List<Uf2Partition>();
        for (; table.Length >= Uf2Partition.Size && table.StartsWith(TableMagic); table = table.Slice(Uf2Partition.Size))
        {
            partitions.Add(new Uf2Partition(
                Text.FromNulTerminated(table.Slice(Uf2Partition.NameOffset, Uf2Partition.NameSize)),
                BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(Uf2Partition.OffsetOffset)),
                BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(Uf2Partition.LengthOffset))));
        }
        return partitions;
    }

    private static List<Uf2Block> ReadBlocks(ReadOnlyMemory<byte> bytes, List<Finding> findings)
    {
        var blocks = new List<Uf2Block>();
        for (int at = 0; at < bytes.Length; at += Uf2Block.Size)
        {
            if (!Uf2Block.TryRead(bytes.Slice(at, Math.Min(Uf2Block.Size, bytes.Length - at)), out var block))
                Add(findings, FindingSeverity.Error, FindingCode.Uf2BlockDamaged, at, $"block {at / Uf2Block.Size} is damaged: magic words or length are wrong");
            else if (blocks.Count > 0 && block.Family != blocks[0].Family)
                Add(findings, FindingSeverity.Warning, FindingCode.Uf2FamiliesDiffer, at, $"block {block.Number} is for another family of chips than the first; it is left out");
            else
                blocks.Add(block);
        }
        JudgeOrder(blocks, findings);
        return blocks;
    }

    private static void JudgeOrder(List<Uf2Block> blocks, List<Finding> findings)
    {
        if (blocks.Count == 0)
            return;
        uint stated = blocks[0].Count;
        if (stated != blocks.Count)
        {
            Add(findings, FindingSeverity.Error, FindingCode.Uf2Incomplete, 0,
                $"the file states {stated} blocks, {blocks.Count} can be read{(stated > blocks.Count ? ": it is cut, or damaged" : string.Empty)}");
        }
        else if (blocks.Where((block, index) => block.Number != index).FirstOrDefault() is { } first)
        {
            Add(findings, FindingSeverity.Error, FindingCode.Uf2Incomplete, 0, $"block {first.Number} is not in its place");
        }
    }

    private static List<Uf2Part> ReadParts(List<Uf2Block> blocks, List<Finding> findings)
    {
        bool isFormat1 = blocks.TrueForAll(block => block.Find(Uf2Tag.PartInfo) is null);
        var parts = new List<Uf2Part>();
        for (int scheme = 0; scheme < Schemes; scheme++)
        {
            foreach (var found in ReadScheme(blocks, (Uf2Scheme)scheme, isFormat1, findings))
            {
                int same = parts.FindIndex(part => part.Name == found.Name && part.Offset == found.Offset && part.Data.Span.SequenceEqual(found.Data.Span));
                if (same >= 0)
                    parts[same] = new Uf2Part(found.Name, [.. parts[same].Schemes, (Uf2Scheme)scheme], found.Offset, found.Data);
                else
                    parts.Add(found);
            }
        }
        if (parts.Count == 0 && blocks.Exists(block => block.IsForFlash))
            Add(findings, FindingSeverity.Error, FindingCode.Uf2PartUnknown, 0, $"nothing in the file says which partition its data is for");
        return parts.OrderBy(part => part.Name, StringComparer.Ordinal).ThenBy(part => part.Offset).ToList();
    }

    // Runs of blocks that lie behind each other, by partition: an address is a number from a file, so nothing is filled in between.
    private static List<Uf2Part> ReadScheme(List<Uf2Block> blocks, Uf2Scheme scheme, bool isFormat1, List<Finding> findings)
    {
        var pieces = new Dictionary<string, List<(Uf2Block Block, ReadOnlyMemory<byte> Data)>>(StringComparer.Ordinal);
        string? name = null;
        foreach (var block in blocks)
        {
            if (PartOf(block, scheme, isFormat1) is { } told)
                name = told;
            if (string.IsNullOrEmpty(name) || !block.IsForFlash)
                continue;
            if (!pieces.TryGetValue(name!, out var list))
                pieces[name!] = list = [];
            list.Add((block, DataFor(block, scheme, findings)));
        }
        return pieces.SelectMany(partition => Join(partition.Key, scheme, partition.Value, findings)).ToList();
    }

    private static IEnumerable<Uf2Part> Join(
        string name, Uf2Scheme scheme, List<(Uf2Block Block, ReadOnlyMemory<byte> Data)> pieces, List<Finding> findings)
    {
        var ordered = pieces.OrderBy(piece => piece.Block.Address).ToList();
        for (int first = 0; first < ordered.Count;)
        {
            long start = ordered[first].Block.Address;
            long end = start;
            int next = first;
            for (; next < ordered.Count && ordered[next].Block.Address <= end; next++)
                end = Math.Max(end, (long)ordered[next].Block.Address + ordered[next].Data.Length);
            var data = new byte[end - start];
            long written = start;
            foreach (var (block, bytes) in ordered.GetRange(first, next - first))
            {
                var place = data.AsSpan((int)(block.Address - start), bytes.Length);
                int known = (int)Math.Max(0, Math.Min(bytes.Length, written - block.Address));
                if (!place.Slice(0, known).SequenceEqual(bytes.Span.Slice(0, known)))
                    Add(findings, FindingSeverity.Warning, FindingCode.Uf2Overlap, 0, $"blocks bring different data for 0x{block.Address:x} of '{name}'; block {block.Number} counts");
                bytes.Span.CopyTo(place);
                written = Math.Max(written, (long)block.Address + bytes.Length);
            }
            yield return new Uf2Part(name, [scheme], (uint)start, (ReadOnlyMemory<byte>)data);
            first = next;
        }
    }

    // The partition the data goes to from this block on; empty for none, null where the block says nothing new.
    private static string? PartOf(Uf2Block block, Uf2Scheme scheme, bool isFormat1)
    {
        if (isFormat1)
        {
            return scheme switch
            {
                Uf2Scheme.FlasherSingle => block.Find(Uf2Tag.Part1)?.Text,
                Uf2Scheme.DeviceSingle => block.Find(Uf2Tag.Part2)?.Text,
                _ => null,
            };
        }
        if (block.Find(Uf2Tag.PartInfo) is not { } info)
            return null;
        var value = info.Value.Span;
        if (value.Length < Schemes / 2)
            return string.Empty;
        int pair = value[(int)scheme / 2];
        int index = (int)scheme % 2 == 0 ? pair >> 4 : pair & 0xF;
        return index == 0 ? string.Empty : NameAt(value.Slice(Schemes / 2), index);
    }

    private static string NameAt(ReadOnlySpan<byte> names, int index)
    {
        for (int number = 1; number < index; number++)
        {
            int end = names.IndexOf((byte)0);
            if (end < 0)
                return string.Empty;
            names = names.Slice(end + 1);
        }
        return Utf8Text.FromNulTerminated(names);
    }

    private static ReadOnlyMemory<byte> DataFor(Uf2Block block, Uf2Scheme scheme, List<Finding> findings)
    {
        if (scheme is not (Uf2Scheme.DeviceDual2 or Uf2Scheme.FlasherDual2) || block.Find(Uf2Tag.BinaryPatch) is not { } patch)
            return block.Data;
        if (Uf2Patch.TryApply(block.Data.Span, patch.Value.Span, out byte[]? patched))
            return patched;
        Add(findings, FindingSeverity.Error, FindingCode.Uf2PatchDamaged, 0, $"the binary patch of block {block.Number} does not fit its data");
        return block.Data;
    }

    private static void Add(List<Finding> findings, FindingSeverity severity, FindingCode code, long offset, FormattableString message)
    {
        if (findings.Count < MaximumFindings)
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}

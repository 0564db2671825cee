namespace BekenImage.Formats.LittleFs;

/// <summary>
/// Reads all of one volume: the chain of metadata pairs, the tree of directories, the content of files. Loops only over what it has not seen.
/// </summary>
internal sealed class LittleFsTreeReader
{
    public const int MaximumEntries = 4096;

    // Long names in deep directories would make paths far larger than the volume that holds the names.
    public const int MaximumPathBytes = 4 * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _offset;
    private readonly LittleFsSuperblock _superblock;
    private readonly LittleFsBlockUse _use;
    private readonly LittleFsFindings _findings = new();
    private readonly Dictionary<(uint, uint), LittleFsMetadata?> _known = [];
    private readonly List<LittleFsMetadata> _chain = [];
    private readonly List<Found> _found = [];
    private LittleFsMoveState _move;
    private int _pathBytes;

    /// <param name="bytes">From block 0 to the end of the volume or of the image.</param>
    /// <param name="offset">Physical offset of block 0.</param>
    /// <param name="superblock">A superblock whose geometry is supported.</param>
    public LittleFsTreeReader(ReadOnlyMemory<byte> bytes, long offset, LittleFsSuperblock superblock)
    {
        _bytes = bytes;
        _offset = offset;
        _superblock = superblock;
        _use = new LittleFsBlockUse(bytes, (int)superblock.BlockSize, (int)superblock.BlockCount);
    }

    private readonly struct Found(byte[][] path, LittleFsMetadata metadata, LittleFsMetadata.Item item)
    {
        public byte[][] Path { get; } = path;

        public LittleFsMetadata Metadata { get; } = metadata;

        public LittleFsMetadata.Item Item { get; } = item;
    }

    /// <summary>The superblock of the newer block of the pair (0, 1), which counts; null where it has none.</summary>
    public LittleFsSuperblock? ReadNewestSuperblock() => ReadPair(LittleFsPair.Root, _offset) is { } root ? LittleFsSuperblock.Of(root) : null;

    public LittleFsVolume Read()
    {
        JudgeSuperblock();
        WalkChain();
        var root = _chain.LastOrDefault(metadata => LittleFsSuperblock.Of(metadata) is not null) ?? _chain.FirstOrDefault();
        if (root is not null)
            WalkTree(root);
        JudgeMoveState();
        // Content comes last, so that a file with a wrong pointer takes no metadata away.
        _found.Sort((left, right) => LittleFsNames.ComparePaths(left.Path, right.Path));
        var entries = _found.Select(ReadEntry).ToArray();
        var rootItem = root?.Items.FirstOrDefault(item => item.IsSuperblock);
        return new LittleFsVolume(_offset, _bytes, _superblock, entries, AttributesOf(rootItem), _use, _findings.All);
    }

    private void JudgeSuperblock()
    {
        if ((_superblock.Version & 0xFFFF) != 0)
        {
            _findings.Warning(FindingCode.LittleFsDiskVersion, _offset, FormattableString.Invariant(
                $"LittleFS disk version 2.{_superblock.Version & 0xFFFF}; OpenBeken mounts 2.0 only and would format the volume"));
        }
        if (_superblock.BlockSize != LittleFsWriter.OpenBekenBlockSize)
        {
            _findings.Warning(FindingCode.LittleFsGeometry, _offset, FormattableString.Invariant(
                $"LittleFS block size 0x{_superblock.BlockSize:x}; OpenBeken's is 0x{LittleFsWriter.OpenBekenBlockSize:x}"));
        }
        long length = (long)_superblock.BlockSize * _superblock.BlockCount;
        if (_bytes.Length < length)
        {
            _findings.Warning(FindingCode.LittleFsClipped, _offset, FormattableString.Invariant(
                $"LittleFS volume has 0x{length:x} bytes, the image ends after 0x{_bytes.Length:x} of them"));
        }
    }

    private void WalkChain()
    {
        var pair = LittleFsPair.Root;
        long from = _offset;
        while (!pair.IsNone)
        {
            if (_known.TryGetValue(pair.Key, out var known) && known is not null && _chain.Contains(known))
            {
                _findings.Error(FindingCode.LittleFsPointer, from, "LittleFS: the chain of directories is a loop; the firmware would hang or refuse to mount");
                return;
            }
            if (ReadPair(pair, from) is not { } metadata)
                return;
            _chain.Add(metadata);
            _move ^= metadata.Move;
            from = metadata.Offset;
            pair = metadata.Tail;
        }
    }

    private LittleFsMetadata? ReadPair(LittleFsPair pair, long from)
    {
        if (_known.TryGetValue(pair.Key, out var known))
            return known;
        var first = ScanBlock(pair.First, from);
        var second = ScanBlock(pair.Second, from);
        var metadata = Choose(pair, first, second);
        _known[pair.Key] = metadata;
        return metadata;
    }

    private LittleFsBlockLog? ScanBlock(uint block, long from)
    {
        if (_use.TryTake(block, out var bytes))
            return LittleFsBlockLog.Scan(bytes);
        _findings.Error(FindingCode.LittleFsPointer, from, "LittleFS: a directory cannot be followed: " + _use.WhyNot(block));
        return null;
    }

    private LittleFsMetadata? Choose(LittleFsPair pair, LittleFsBlockLog? first, LittleFsBlockLog? second)
    {
        bool isFirst = first is { IsValid: true } &&
                       (second is not { IsValid: true } || unchecked((int)(first.Revision - second.Revision)) > 0);
        var (log, other, block, otherBlock) = isFirst ? (first!, second, pair.First, pair.Second) : (second, first, pair.Second, pair.First);
        if (log is not { IsValid: true })
        {
            if (first is not null || second is not null)
            {
                _findings.Error(FindingCode.LittleFsMetadataDamaged, OffsetOf(first is null ? pair.Second : pair.First), FormattableString.Invariant(
                    $"LittleFS: neither block 0x{pair.First:x} nor 0x{pair.Second:x} of a directory holds a valid commit; what it listed is lost"));
            }
            return null;
        }
        JudgeState(log, block, other, otherBlock);
        var metadata = new LittleFsMetadata(pair, OffsetOf(block));
        log.Replay(metadata);
        return metadata;
    }

    private void JudgeState(LittleFsBlockLog log, uint block, LittleFsBlockLog? other, uint otherBlock)
    {
        if (log.HasBadCommit)
        {
            _findings.Warning(FindingCode.LittleFsOlderState, OffsetOf(block) + log.End, FormattableString.Invariant(
                $"LittleFS: a commit in block 0x{block:x} does not verify (damage, or power lost while writing); the state before it is read"));
        }
        else if (!log.IsErasedBehind)
        {
            _findings.Info(FindingCode.LittleFsOlderState, OffsetOf(block) + log.End, FormattableString.Invariant(
                $"LittleFS: block 0x{block:x} is not erased behind its last commit; if there was another one, it is lost"));
        }
        if (other is { IsValid: false, IsErasedBehind: false })
        {
            _findings.Warning(FindingCode.LittleFsOlderState, OffsetOf(otherBlock), FormattableString.Invariant(
                $"LittleFS: block 0x{otherBlock:x} holds no valid commit (damage, or power lost while writing); its partner 0x{block:x} is read, which may be older"));
        }
    }

    // Bounded by the volume's blocks, so the sum fits.
    private long OffsetOf(uint block) => _offset + (long)block * _superblock.BlockSize;

    private void WalkTree(LittleFsMetadata root)
    {
        // Pairs before the root's hold nothing but a superblock.
        foreach (var metadata in _chain.TakeWhile(metadata => metadata != root))
            metadata.IsInTree = true;
        var pending = new Stack<(LittleFsMetadata Directory, byte[][] Path)>();
        pending.Push((root, []));
        while (pending.Count > 0)
        {
            var (directory, path) = pending.Pop();
            var names = new HashSet<string>(StringComparer.Ordinal);
            byte[]? last = null;
            for (LittleFsMetadata? part = directory; part is not null; part = NextPart(part))
            {
                JudgeOrder(part, path, ref last);
                if (part.IsInTree)
                {
                    _findings.Error(FindingCode.LittleFsPointer, part.Offset, $"LittleFS: directory '{Shorten(path)}' is reached twice, or contains itself");
                    break;
                }
                part.IsInTree = true;
                if (!ListPart(part, path, names, pending))
                    return;
            }
        }
    }

    private LittleFsMetadata? NextPart(LittleFsMetadata part) =>
        part.IsTailHard && !part.Tail.IsNone ? ReadPair(part.Tail, part.Offset) : null;

    private bool ListPart(LittleFsMetadata part, byte[][] path, HashSet<string> names, Stack<(LittleFsMetadata, byte[][])> pending)
    {
        JudgeNameless(part, path);
        for (int id = 0; id < part.Items.Count; id++)
        {
            var item = part.Items[id];
            if (!item.IsNamed || IsHalfMoved(part, id) || !IsUsable(part, item, path, names))
                continue;
            byte[][] itemPath = [.. path, item.Name.ToArray()];
            _pathBytes += itemPath.Sum(name => name.Length + 1);
            if (_found.Count >= MaximumEntries || _pathBytes > MaximumPathBytes)
            {
                _findings.Error(FindingCode.LittleFsLimit, part.Offset, FormattableString.Invariant(
                    $"LittleFS: more than {MaximumEntries} entries or {MaximumPathBytes} bytes of paths; the rest is not listed"));
                return false;
            }
            _found.Add(new Found(itemPath, part, item));
            if (item.NameType == LittleFsTag.DirectoryName)
                OpenDirectory(part, item, itemPath, pending);
        }
        return true;
    }

    private bool IsHalfMoved(LittleFsMetadata part, int id) => _move.HasMove && _move.Id == id && _move.Pair.Key == part.Pair.Key;

    private bool IsUsable(LittleFsMetadata part, LittleFsMetadata.Item item, byte[][] path, HashSet<string> names)
    {
        string? why = item.Name.Length is 0 or > LittleFsNames.MaximumLength ? FormattableString.Invariant($"an entry's name has {item.Name.Length} bytes")
            : !names.Add(IO.Text.FromLatin1(item.Name.Span)) ? "a name occurs twice"
            : null;
        if (why is null)
            return true;
        _findings.Error(FindingCode.LittleFsEntryDamaged, part.Offset, $"LittleFS: in directory '{Shorten(path)}' {why}; the entry is left out");
        return false;
    }

    private void JudgeOrder(LittleFsMetadata part, byte[][] path, ref byte[]? last)
    {
        bool isOrdered = true;
        foreach (var item in part.Items.Where(item => item.IsNamed))
        {
            byte[] name = item.Name.ToArray();
            isOrdered &= last is null || LittleFsNames.CompareInVolume(last, name) < 0;
            last = name;
        }
        if (!isOrdered)
        {
            _findings.Warning(FindingCode.LittleFsOrder, part.Offset,
                $"LittleFS: the names in directory '{Shorten(path)}' are out of order; the firmware may not find every file by its name");
        }
    }

    // Told once: a damaged id leaves up to a thousand empty ones before it.
    private void JudgeNameless(LittleFsMetadata part, byte[][] path)
    {
        int nameless = part.Items.Count(item => !item.IsNamed && !item.IsSuperblock);
        if (nameless > 0)
        {
            _findings.Error(FindingCode.LittleFsEntryDamaged, part.Offset, FormattableString.Invariant(
                $"LittleFS: in directory '{Shorten(path)}' {nameless} entries have no name, or one of unknown type; they are left out"));
        }
    }

    private void OpenDirectory(LittleFsMetadata part, LittleFsMetadata.Item item, byte[][] path, Stack<(LittleFsMetadata, byte[][])> pending)
    {
        if (path.Length >= LittleFsNames.MaximumDepth)
        {
            _findings.Error(FindingCode.LittleFsLimit, part.Offset, FormattableString.Invariant(
                $"LittleFS: directory '{Shorten(path)}' is {path.Length} names deep; what it holds is not listed"));
            return;
        }
        var pair = item.StructType == LittleFsTag.DirectoryStruct ? LittleFsPair.Read(item.Struct.Span) : LittleFsPair.None;
        if (!pair.IsNone && ReadPair(pair, part.Offset) is { } directory)
            pending.Push((directory, path));
        else
            _findings.Error(FindingCode.LittleFsMetadataDamaged, part.Offset, $"LittleFS: directory '{Shorten(path)}' cannot be read; what it holds is lost");
    }

    private void JudgeMoveState()
    {
        if (_move.HasMove)
        {
            _findings.Info(FindingCode.LittleFsMoveUnfinished, _offset,
                "LittleFS: power was lost while an entry was renamed; it is listed under its new name only, as the firmware will settle it");
        }
        int orphans = _chain.Count(metadata => !metadata.IsInTree);
        if (orphans > 0 || _move.Orphans > 0)
        {
            _findings.Info(FindingCode.LittleFsMoveUnfinished, _offset, FormattableString.Invariant(
                $"LittleFS: {Math.Max(orphans, _move.Orphans)} directories are removed but still in the chain; the firmware will settle it"));
        }
    }

    private LittleFsEntry ReadEntry(Found found)
    {
        var item = found.Item;
        if (LittleFsNames.IsUnusual(found.Path[found.Path.Length - 1]))
        {
            _findings.Warning(FindingCode.LittleFsName, found.Metadata.Offset,
                "LittleFS: a name has a '/', control characters, or is '.' or '..'; the firmware cannot open it by its path");
        }
        if (item.NameType == LittleFsTag.DirectoryName)
            return new LittleFsEntry(found.Path, true, [], 0, AttributesOf(item));
        if (item.StructType == LittleFsTag.InlineStruct)
            return new LittleFsEntry(found.Path, false, [item.Struct], item.Struct.Length, AttributesOf(item));
        var reader = new IO.SpanReader(item.Struct.Span);
        if (item.StructType == LittleFsTag.SkipListStruct && reader.TryReadUInt32(out uint head) && reader.TryReadUInt32(out uint size))
            return new LittleFsEntry(found.Path, false, ReadSkipList(found, head, size), size, AttributesOf(item));
        _findings.Error(FindingCode.LittleFsEntryDamaged, found.Metadata.Offset, $"LittleFS: nothing tells where the content of '{Shorten(found.Path)}' is; it is shown as empty");
        return new LittleFsEntry(found.Path, false, [], 0, AttributesOf(item));
    }

    private ReadOnlyMemory<byte>[] ReadSkipList(Found found, uint head, uint size)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        if (size > (long)_superblock.BlockSize * _superblock.BlockCount)
        {
            _findings.Error(FindingCode.LittleFsFileDamaged, found.Metadata.Offset, FormattableString.Invariant(
                $"LittleFS: '{Shorten(found.Path)}' states 0x{size:x} bytes, more than the volume has; it is not read"));
            return [];
        }
        // The links lead from the last block to the first.
        int count = LittleFsSkipList.BlocksFor(size, _use.BlockSize);
        var blocks = new List<(uint Number, ReadOnlyMemory<byte> Bytes)>();
        uint next = head;
        for (int index = count - 1; index >= 0; index--)
        {
            if (!_use.TryTake(next, out var bytes))
            {
                _findings.Error(FindingCode.LittleFsFileDamaged, found.Metadata.Offset, FormattableString.Invariant(
                    $"LittleFS: '{Shorten(found.Path)}' has {count} blocks, only its last {count - 1 - index} can be read: {_use.WhyNot(next)}"));
                break;
            }
            blocks.Add((next, bytes));
            next = index > 0 ? LittleFsSkipList.ReadPointer(bytes.Span, 0) : 0;
        }
        blocks.Reverse();
        int first = count - blocks.Count;
        long position = LittleFsSkipList.StartOf(first, _use.BlockSize);
        for (int i = 0; i < blocks.Count; i++)
        {
            var data = blocks[i].Bytes.Slice(LittleFsSkipList.PointerLength(first + i));
            pieces.Add(data.Slice(0, (int)Math.Min(data.Length, size - position)));
            position += data.Length;
        }
        if (first == 0)
            JudgeSkips(found, blocks);
        return pieces.ToArray();
    }

    private void JudgeSkips(Found found, List<(uint Number, ReadOnlyMemory<byte> Bytes)> blocks)
    {
        for (int index = 1; index < blocks.Count; index++)
        {
            for (int number = 1; number < LittleFsSkipList.PointerCount(index); number++)
            {
                if (LittleFsSkipList.ReadPointer(blocks[index].Bytes.Span, number) == blocks[index - (1 << number)].Number)
                    continue;
                _findings.Warning(FindingCode.LittleFsFileDamaged, OffsetOf(blocks[index].Number), FormattableString.Invariant(
                    $"LittleFS: a short cut in block {index} of '{Shorten(found.Path)}' leads astray; the firmware may read other content than is shown"));
                return;
            }
        }
    }

    private static IReadOnlyList<LittleFsAttribute> AttributesOf(LittleFsMetadata.Item? item) =>
        item?.Attributes?.Select(attribute => new LittleFsAttribute(attribute.Key, attribute.Value)).ToArray() ?? [];

    private static string Shorten(byte[][] path) => LittleFsNames.Shorten(LittleFsNames.ToPath(path));
}

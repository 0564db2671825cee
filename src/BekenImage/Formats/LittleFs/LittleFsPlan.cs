using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>
/// A volume before its bytes: directories cut into parts of one metadata pair each, in the order of the chain, then the data blocks of
/// the files that are not inline.
/// </summary>
internal sealed class LittleFsPlan
{
    /// <summary>OpenBeken's cache has 16 bytes; its library makes no larger files inline.</summary>
    private const int InlineLimit = 16;

    /// <summary>The library splits a directory block before it has more entries.</summary>
    private const int MaximumItems = 254;

    // Revision, tail and checksum.
    private const int PartOverhead = sizeof(uint) + LittleFsTag.Size + LittleFsPair.Size + LittleFsTag.Size + sizeof(uint);
    private static readonly int SuperblockLength = 2 * LittleFsTag.Size + LittleFsSuperblock.Name.Length + LittleFsSuperblock.Size;

    private readonly LittleFsSuperblock _superblock;
    private readonly IReadOnlyList<LittleFsAttribute> _rootAttributes;
    private readonly List<Part> _parts = [];
    private readonly List<Node> _files = [];
    private long _dataBlocks;

    private LittleFsPlan(LittleFsSuperblock superblock, IReadOnlyList<LittleFsAttribute> rootAttributes)
    {
        _superblock = superblock;
        _rootAttributes = rootAttributes;
    }

    /// <summary>A name of the tree and what is under it.</summary>
    private sealed class Node(LittleFsEntry entry)
    {
        public LittleFsEntry Entry { get; set; } = entry;

        public byte[] Name => Entry.RawPath[Entry.RawPath.Length - 1];

        public SortedDictionary<byte[], Node> Children { get; } = new(NameOrder);

        /// <summary>A directory: its first part. A larger file: its first data block.</summary>
        public int First { get; set; }

        public bool IsInline => !Entry.IsDirectory && Entry.Size <= InlineLimit;
    }

    /// <summary>What one metadata pair holds of a directory.</summary>
    private sealed class Part(Node directory)
    {
        public Node Directory { get; } = directory;

        public List<Node> Items { get; } = [];
    }

    private static IComparer<byte[]> NameOrder { get; } = Comparer<byte[]>.Create(LittleFsNames.CompareInVolume);

    public long BlocksNeeded => 2L * _parts.Count + _dataBlocks;

    private int BlockSize => (int)_superblock.BlockSize;

    public static LittleFsPlan Make(
        LittleFsSuperblock superblock, IEnumerable<LittleFsEntry> entries, IReadOnlyList<LittleFsAttribute> rootAttributes)
    {
        var plan = new LittleFsPlan(superblock, rootAttributes);
        plan.AddDirectories(plan.GrowTree(entries));
        foreach (var file in plan._files)
        {
            // Behind the metadata, whose size is known by now. More than the volume has is refused before anything is written.
            file.First = (int)Math.Min(int.MaxValue, 2L * plan._parts.Count + plan._dataBlocks);
            plan._dataBlocks += LittleFsSkipList.BlocksFor(file.Entry.Size, plan.BlockSize);
        }
        return plan;
    }

    public void RequireFit()
    {
        if (BlocksNeeded > _superblock.BlockCount)
        {
            throw DoesNotFit(FormattableString.Invariant(
                $"the files need 0x{BlocksNeeded * BlockSize:x} bytes in a LittleFS volume ({BlocksNeeded} blocks), ") + FormattableString.Invariant(
                $"it has 0x{(long)_superblock.BlockCount * BlockSize:x} ({_superblock.BlockCount} blocks); nothing was written"));
        }
    }

    public byte[] ToArray()
    {
        byte[] volume = ByteRuns.Erased(BlockSize * (int)_superblock.BlockCount);
        for (int number = 0; number < _parts.Count; number++)
            WritePart(number, volume.AsSpan(2 * number * BlockSize, BlockSize));
        foreach (var file in _files)
            WriteFile(file, volume);
        return volume;
    }

    /// <summary>True when entries read back are those of the plan.</summary>
    public bool Holds(IReadOnlyList<LittleFsEntry> entries)
    {
        // The parts list a directory before what it holds, the reader goes depth first; both know every path once.
        var planned = _parts.SelectMany(part => part.Items).Select(node => node.Entry).ToList();
        planned.Sort((left, right) => LittleFsNames.ComparePaths(left.RawPath, right.RawPath));
        return planned.Count == entries.Count && planned.Zip(entries, AreEqual).All(isEqual => isEqual);
    }

    public static BekenImageException UsedTwice(string path) =>
        new(FindingCode.LittleFsNameRefused, $"'{LittleFsNames.Shorten(path)}' is used twice, or by a file and a directory");

    private static bool AreEqual(LittleFsEntry left, LittleFsEntry right) =>
        left.IsDirectory == right.IsDirectory && LittleFsNames.ComparePaths(left.RawPath, right.RawPath) == 0 &&
        left.ToArray().AsSpan().SequenceEqual(right.ToArray()) &&
        left.Attributes.Select(attribute => attribute.Type).OrderBy(type => type).SequenceEqual(right.Attributes.Select(attribute => attribute.Type));

    private Node GrowTree(IEnumerable<LittleFsEntry> entries)
    {
        var root = new Node(new LittleFsEntry([], true, [], 0, _rootAttributes));
        int count = 0;
        long pathBytes = 0;
        foreach (var entry in entries)
        {
            if (entry is null)
                throw new ArgumentException("An entry is null.", nameof(entries));
            var parent = root;
            for (int depth = 1; depth < entry.RawPath.Length; depth++)
            {
                var onTheWay = new LittleFsEntry(entry.RawPath.AsSpan(0, depth).ToArray(), true, [], 0, []);
                parent = Child(parent, onTheWay, isGiven: false, ref count, ref pathBytes);
            }
            Child(parent, entry, isGiven: true, ref count, ref pathBytes);
        }
        return root;
    }

    private Node Child(Node parent, LittleFsEntry entry, bool isGiven, ref int count, ref long pathBytes)
    {
        byte[] name = entry.RawPath[entry.RawPath.Length - 1];
        if (!parent.Children.TryGetValue(name, out var child))
        {
            RequireLimits(entry, ++count, pathBytes += entry.RawPath.Sum(part => part.Length + 1));
            child = new Node(entry);
            parent.Children.Add(name, child);
        }
        else if (!child.Entry.IsDirectory || !entry.IsDirectory)
            throw UsedTwice(entry.Path);
        else if (isGiven && entry.Attributes.Count > 0)
            child.Entry = entry;
        return child;
    }

    private void RequireLimits(LittleFsEntry entry, int count, long pathBytes)
    {
        if (count > LittleFsTreeReader.MaximumEntries || pathBytes > LittleFsTreeReader.MaximumPathBytes)
        {
            throw DoesNotFit(FormattableString.Invariant(
                $"a LittleFS volume takes {LittleFsTreeReader.MaximumEntries} files and directories here, ") + FormattableString.Invariant(
                $"and {LittleFsTreeReader.MaximumPathBytes} bytes of paths; there are more"));
        }
        int nameLength = entry.RawPath[entry.RawPath.Length - 1].Length;
        if (nameLength > _superblock.NameLimit)
        {
            throw new BekenImageException(FindingCode.LittleFsNameRefused, FormattableString.Invariant(
                $"the name of '{LittleFsNames.Shorten(entry.Path)}' has {nameLength} bytes, the volume takes {_superblock.NameLimit}"));
        }
        if (entry.Attributes.Any(attribute => attribute.Value.Length > Math.Min(_superblock.AttributeLimit, LittleFsTag.MaximumLength)) ||
            entry.Attributes.Select(attribute => attribute.Type).Distinct().Count() != entry.Attributes.Count)
        {
            throw new BekenImageException(FindingCode.LittleFsNameRefused,
                $"a user attribute of '{LittleFsNames.Shorten(entry.Path)}' is longer than the volume allows, or occurs twice");
        }
    }

    /// <summary>Every directory with its parts, each before the directories in it.</summary>
    private void AddDirectories(Node root)
    {
        var pending = new Stack<Node>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var directory = pending.Pop();
            AddParts(directory);
            foreach (var child in directory.Children.Values.Reverse())
            {
                if (child.Entry.IsDirectory)
                    pending.Push(child);
            }
            _files.AddRange(directory.Children.Values.Where(child => !child.Entry.IsDirectory && !child.IsInline));
        }
    }

    private void AddParts(Node directory)
    {
        directory.First = _parts.Count;
        var part = new Part(directory);
        int length = PartOverhead;
        if (_parts.Count == 0)
            length += SuperblockLength + AttributesLength(_rootAttributes);
        _parts.Add(part);
        foreach (var item in directory.Children.Values)
        {
            int itemLength = LengthOf(item);
            // Half a block, so that the firmware has room to append; only an entry that is larger by itself gets more.
            bool isFull = length + itemLength > BlockSize / 2 && length > PartOverhead || part.Items.Count >= MaximumItems;
            if (isFull)
            {
                part = new Part(directory);
                length = PartOverhead;
                _parts.Add(part);
            }
            length += itemLength;
            part.Items.Add(item);
            RequireBlock(length, item.Entry.Path);
        }
        RequireBlock(length, directory.Entry.Path);
    }

    private void RequireBlock(int length, string path)
    {
        if (length > BlockSize)
        {
            throw DoesNotFit(FormattableString.Invariant(
                $"the directory entry of '{LittleFsNames.Shorten(path)}' needs 0x{length:x} bytes with its user attributes, a LittleFS block has 0x{BlockSize:x}"));
        }
    }

    private static int LengthOf(Node item) =>
        LittleFsTag.Size + item.Name.Length +
        LittleFsTag.Size + (item.IsInline ? (int)item.Entry.Size : LittleFsPair.Size) +
        AttributesLength(item.Entry.Attributes);

    private static int AttributesLength(IReadOnlyList<LittleFsAttribute> attributes) =>
        attributes.Sum(attribute => LittleFsTag.Size + attribute.Value.Length);

    private void WritePart(int number, Span<byte> block)
    {
        var part = _parts[number];
        var commit = new LittleFsCommit(block);
        int id = 0;
        if (number == 0)
        {
            commit.Add(LittleFsTag.SuperblockName, id, LittleFsSuperblock.Name);
            commit.Add(LittleFsTag.InlineStruct, id, _superblock.ToArray());
            AddAttributes(ref commit, id++, _rootAttributes);
        }
        foreach (var item in part.Items)
        {
            commit.Add(item.Entry.IsDirectory ? LittleFsTag.DirectoryName : LittleFsTag.FileName, id, item.Name);
            if (item.Entry.IsDirectory)
                commit.Add(LittleFsTag.DirectoryStruct, id, 2 * item.First, 2 * item.First + 1);
            else if (item.IsInline)
                commit.Add(LittleFsTag.InlineStruct, id, item.Entry.ToArray());
            else
                commit.Add(LittleFsTag.SkipListStruct, id, HeadOf(item), (int)item.Entry.Size);
            AddAttributes(ref commit, id++, item.Entry.Attributes);
        }
        if (number + 1 < _parts.Count)
        {
            bool isSame = _parts[number + 1].Directory == part.Directory;
            int next = 2 * (number + 1);
            commit.Add(isSame ? LittleFsTag.HardTail : LittleFsTag.SoftTail, LittleFsTag.NoId, next, next + 1);
        }
        commit.Close();
    }

    private static void AddAttributes(ref LittleFsCommit commit, int id, IReadOnlyList<LittleFsAttribute> attributes)
    {
        foreach (var attribute in attributes.OrderBy(attribute => attribute.Type))
            commit.Add(LittleFsTag.Attribute + attribute.Type, id, attribute.Value.Span);
    }

    private int HeadOf(Node file) => file.First + LittleFsSkipList.BlocksFor(file.Entry.Size, BlockSize) - 1;

    private void WriteFile(Node file, byte[] volume)
    {
        ReadOnlySpan<byte> content = file.Entry.ToArray();
        for (int index = 0; !content.IsEmpty; index++)
        {
            var block = volume.AsSpan((file.First + index) * BlockSize, BlockSize);
            for (int number = 0; number < LittleFsSkipList.PointerCount(index); number++)
                LittleFsSkipList.WritePointer(block, number, (uint)(file.First + index - (1 << number)));
            var data = block.Slice(LittleFsSkipList.PointerLength(index));
            int length = Math.Min(data.Length, content.Length);
            content.Slice(0, length).CopyTo(data);
            content = content.Slice(length);
        }
    }

    private static BekenImageException DoesNotFit(string message) => new(FindingCode.LittleFsDoesNotFit, message);
}

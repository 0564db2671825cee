using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// Vectors whose words are known but for an offset, and what stands at their literals: where under some setting the words differ as the
/// plain ones do, each of them gives the constant. What vectors look like says <see cref="ArmVectorTable"/>.
/// </summary>
internal static class KeyRecoveryVectors
{
    /// <summary>Bytes of the usual table up to its marker; a shorter stretch is not looked at.</summary>
    private const int TableBytes = 0x40;

    /// <summary>Offsets of the loads that are tried: the first whose literals lie behind the vectors, and so on.</summary>
    private const uint FirstDistance = 0x14;
    private const uint LastDistance = 0x7C;
    private const uint LoadVector = 0xE59FF000;

    /// <summary>Words up to the marker behind the farthest literals.</summary>
    private const int WordsAtMost = (int)(LastDistance / sizeof(uint)) + 11;

    /// <summary>Code and RAM of the family lie below this.</summary>
    private const uint AddressLimit = 0x01000000;

    /// <summary>Where a program can begin: the start of a stretch, and every 64 KiB of addresses inside it.</summary>
    private const uint ProgramGrid = 0x10000;

    /// <summary>The tables found, each with the keys it allows.</summary>
    internal static List<KeyRecoveryVectorTable> Find(KeyRecoveryInput input)
    {
        var tables = new List<KeyRecoveryVectorTable>();
        for (int i = 0; i < input.Count; i++)
        {
            var bytes = input.Bytes(i);
            uint address = input.Address(i);
            AddTable(tables, bytes, address);
            long offset = ProgramGrid - address % ProgramGrid;
            for (; offset <= bytes.Length - TableBytes; offset += ProgramGrid)
                AddTable(tables, bytes.Slice((int)offset), unchecked(address + (uint)offset));
        }
        return tables;
    }

    private static void AddTable(List<KeyRecoveryVectorTable> tables, ReadOnlySpan<byte> bytes, uint address)
    {
        if (bytes.Length < TableBytes || address % sizeof(uint) != 0)
            return;
        Span<uint> room = stackalloc uint[WordsAtMost];
        var words = room.Slice(0, Math.Min(WordsAtMost, bytes.Length / sizeof(uint)));
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(i * sizeof(uint)));
        List<KeyRecoveryCandidate> proven = [];
        List<KeyRecoveryCandidate> likely = [];
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            uint first = Residue(words, 1, address, setting);
            uint step = first ^ Residue(words, 2, address, setting);
            // Loads differ in nothing but the offset.
            if (step <= LastDistance && step % sizeof(uint) == 0)
                AddLoads(new Table(words, address, setting), first, descends: step != 0, proven, likely);
        }
        if (proven.Count + likely.Count > 0)
            tables.Add(new KeyRecoveryVectorTable(address, proven.Count > 0, proven.Count > 0 ? proven : likely));
    }

    // Seven loads: each of its own literal, all at the same distance; or all of one literal, which comes nearer from load to load.
    private static void AddLoads(
        Table table, uint first, bool descends, List<KeyRecoveryCandidate> proven, List<KeyRecoveryCandidate> likely)
    {
        for (uint distance = FirstDistance; distance <= LastDistance; distance += sizeof(uint))
        {
            uint constant = first ^ (LoadVector | distance);
            if (!AreLoads(table, constant, distance, descends))
                continue;
            var candidate = new KeyRecoveryCandidate(table.Setting, constant);
            if (IsProven(table, constant, distance, descends))
                proven.Add(candidate);
            likely.Add(candidate);
        }
    }

    private static bool AreLoads(Table table, uint constant, uint distance, bool descends)
    {
        for (int vector = 1; vector < ArmVectorTable.Count; vector++)
        {
            uint offset = descends ? distance - (uint)(vector - 1) * sizeof(uint) : distance;
            uint load = LoadVector | offset;
            uint word = table.Plain(vector, constant);
            if (word != load && !(vector == ArmVectorTable.Reserved && word == ArmVectorTable.Nop))
                return false;
            int literal = ArmVectorTable.LiteralOffset(load, vector) / sizeof(uint);
            if (literal < ArmVectorTable.Count || literal >= table.Length || table.Plain(literal, constant) >= AddressLimit)
                return false;
        }
        uint reset = table.Plain(0, constant);
        return ArmVectorTable.IsBranch(reset) || ArmVectorTable.IsLoad(reset);
    }

    // The marker behind the literals; or seven literals that lead to the same vectors of one other program.
    private static bool IsProven(Table table, uint constant, uint distance, bool descends)
    {
        int last = ArmVectorTable.LiteralOffset(LoadVector | distance, descends ? 1 : ArmVectorTable.Count - 1) / sizeof(uint);
        if (!descends && PassesOn(table, constant, last))
            return true;
        return last + 1 < table.Length && table.Plain(last + 1, constant) == ArmVectorTable.Marker;
    }

    private static bool PassesOn(Table table, uint constant, int last)
    {
        uint target = unchecked(table.Plain(last, constant) - (ArmVectorTable.Count - 1) * sizeof(uint));
        for (int vector = 1; vector < ArmVectorTable.Count; vector++)
        {
            uint handler = table.Plain(last - (ArmVectorTable.Count - 1) + vector, constant);
            if (!ArmVectorTable.IsVectorOfAnother(handler, vector) || handler - (uint)vector * sizeof(uint) != target)
                return false;
        }
        return true;
    }

    private static uint Residue(ReadOnlySpan<uint> words, int index, uint address, int setting) =>
        words[index] ^ KeyRecoverySettings.Linear(setting, unchecked(address + (uint)index * sizeof(uint)));

    /// <summary>The words of a table under one setting.</summary>
    private readonly ref struct Table(ReadOnlySpan<uint> words, uint address, int setting)
    {
        private readonly ReadOnlySpan<uint> _words = words;
        private readonly uint _address = address;

        public int Setting { get; } = setting;

        public int Length => _words.Length;

        public uint Plain(int index, uint constant) => Residue(_words, index, _address, Setting) ^ constant;
    }
}

/// <summary>A vector table and the keys under which it is one.</summary>
internal sealed class KeyRecoveryVectorTable
{
    internal KeyRecoveryVectorTable(uint address, bool isProven, List<KeyRecoveryCandidate> candidates)
    {
        Address = address;
        IsProven = isProven;
        Candidates = candidates;
    }

    internal uint Address { get; }

    /// <summary>Its end or its literals prove it. Else the distance of the loads is a guess, and what follows must look like code.</summary>
    internal bool IsProven { get; }

    internal List<KeyRecoveryCandidate> Candidates { get; }
}

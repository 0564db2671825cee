using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// ARM vector tables: a branch, seven times the same load of the program counter, seven handler addresses and DEADBEEF. Under the right
/// setting the seven residues are equal, and each of them gives the constant.
/// </summary>
internal static class KeyRecoveryVectors
{
    /// <summary>Bytes of a table up to DEADBEEF.</summary>
    private const int TableBytes = 0x40;

    private const int LastVector = 7;
    private const int FirstHandler = 8;
    private const int EndMarker = 15;
    private const uint LoadVector = 0xE59FF014;
    private const uint OtherLoadVector = 0xE59FF018;
    private const uint Marker = 0xDEADBEEF;
    private const uint BranchTop = 0xEA;

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
        Span<uint> words = stackalloc uint[EndMarker + 1];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(i * sizeof(uint)));
        List<KeyRecoveryCandidate> proven = [];
        List<KeyRecoveryCandidate> likely = [];
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            if (!TryRead(words, address, setting, out uint residue))
                continue;
            if (HasMarker(words, address, setting, residue ^ LoadVector))
                proven.Add(new KeyRecoveryCandidate(setting, residue ^ LoadVector));
            likely.Add(new KeyRecoveryCandidate(setting, residue ^ LoadVector));
            likely.Add(new KeyRecoveryCandidate(setting, residue ^ OtherLoadVector));
        }
        if (proven.Count + likely.Count > 0)
            tables.Add(new KeyRecoveryVectorTable(address, proven.Count > 0, proven.Count > 0 ? proven : likely));
    }

    // Seven equal residues, the branch before them, the handlers behind them.
    private static bool TryRead(ReadOnlySpan<uint> words, uint address, int setting, out uint residue)
    {
        residue = Residue(words, 1, address, setting);
        for (int i = 2; i <= LastVector; i++)
        {
            if (Residue(words, i, address, setting) != residue)
                return false;
        }
        uint constant = residue ^ LoadVector;
        if ((Residue(words, 0, address, setting) ^ constant) >> 24 != BranchTop)
            return false;
        for (int i = FirstHandler; i < EndMarker; i++)
        {
            if ((Residue(words, i, address, setting) ^ constant) >= AddressLimit)
                return false;
        }
        return true;
    }

    private static bool HasMarker(ReadOnlySpan<uint> words, uint address, int setting, uint constant) =>
        (Residue(words, EndMarker, address, setting) ^ constant) == Marker;

    private static uint Residue(ReadOnlySpan<uint> words, int index, uint address, int setting) =>
        words[index] ^ KeyRecoverySettings.Linear(setting, unchecked(address + (uint)index * sizeof(uint)));
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

    /// <summary>DEADBEEF stands at its end. Without it the distance of the loads is a guess, and what follows must look like code.</summary>
    internal bool IsProven { get; }

    internal List<KeyRecoveryCandidate> Candidates { get; }
}

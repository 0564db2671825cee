using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>A value in a protected block. In flash: u32 length, char[32] name, value.</summary>
public sealed class TuyaProtectedEntry
{
    internal const int NameSize = 32;
    internal const int HeaderSize = 4 + NameSize;

    internal TuyaProtectedEntry(string name, byte[] data)
    {
        Name = name;
        Data = data;
    }

    /// <summary>The key, as in the storage.</summary>
    public string Name { get; }

    /// <summary>The value's bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The bytes as text, without NULs behind it; null where they are none.</summary>
    public string? Text => TuyaText.Decode(Data.Span);

    /// <summary>Name and length; not the data, which may be a secret.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} ({Data.Length} bytes)");
}

/// <summary>
/// One sector with a second copy of the licence and the Wi-Fi state, enciphered twice. Layout after the master key: 0 u32 0x13579753 | 4
/// u32 sum of the bytes 8..4095 | 8 inner key[16] | 24 u32 data length | 28 u32 generation | 32 entries, once more under the data key.
/// </summary>
public sealed class TuyaProtectedBlock
{
    internal const int HeaderSize = 32;
    internal const int DataLengthOffset = 24;
    internal const int BodySize = FlashGeometry.SectorSize - HeaderSize;

    internal TuyaProtectedBlock(long offset, byte[] header, byte[] body, uint dataLength, uint generation, byte[] dataKey,
        IReadOnlyList<TuyaProtectedEntry> entries)
    {
        Offset = offset;
        Header = header;
        Body = body;
        DataLength = dataLength;
        Generation = generation;
        DataKey = dataKey;
        Entries = entries;
    }

    /// <summary>Physical, un-rotated offset of the sector.</summary>
    public long Offset { get; }

    /// <summary>0xFFFFFFFF where there is one copy, a small number where there are two.</summary>
    public uint Generation { get; }

    /// <summary>Bytes the entries take, as stated.</summary>
    public long DataLength { get; }

    /// <summary>The entries, in stored order.</summary>
    public IReadOnlyList<TuyaProtectedEntry> Entries { get; }

    /// <summary>The first 32 bytes without the master key.</summary>
    internal byte[] Header { get; }

    /// <summary>What follows, without both keys: entries, then leftovers.</summary>
    internal byte[] Body { get; }

    internal byte[] DataKey { get; }

    /// <summary>The entry of that name, or null.</summary>
    /// <param name="name">The key, case-sensitive.</param>
    public TuyaProtectedEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>Where it lies and how much it holds.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Tuya protected block at 0x{Offset:x}, generation {Generation}, {Entries.Count} entries");
}

/// <summary>Reads protected blocks.</summary>
internal static class TuyaProtectedBlockReader
{
    public static List<TuyaProtectedBlock> Read(ReadOnlySpan<byte> image, TuyaKeySectors sectors, ICollection<Finding> findings)
    {
        var blocks = new List<TuyaProtectedBlock>();
        using var master = new AesEcb128(TuyaCipher.MasterKey);
        foreach (var sector in sectors.ProtectedBlocks)
        {
            var plain = new byte[FlashGeometry.SectorSize];
            master.Decrypt(image.Slice((int)sector.Offset, FlashGeometry.SectorSize), plain);
            blocks.Add(Read(sector, plain, findings));
        }
        return blocks;
    }

    private static TuyaProtectedBlock Read(TuyaKeySector sector, ReadOnlySpan<byte> plain, ICollection<Finding> findings)
    {
        var reader = new SpanReader(plain);
        reader.TrySeek(TuyaProtectedBlock.DataLengthOffset);
        reader.TryReadUInt32(out uint dataLength);
        reader.TryReadUInt32(out uint generation);
        byte[] header = plain.Slice(0, TuyaProtectedBlock.HeaderSize).ToArray();
        TuyaProtectedBlock? best = null;
        foreach (var derivation in TuyaCipher.Derivations)
        {
            byte[] key = TuyaCipher.DeriveKey(sector.InnerKey, derivation);
            var body = new byte[TuyaProtectedBlock.BodySize];
            using var cipher = new AesEcb128(key);
            cipher.Decrypt(plain.Slice(TuyaProtectedBlock.HeaderSize), body);
            var entries = ReadEntries(body, dataLength, out bool exact);
            if (best is null || exact)
                best = new TuyaProtectedBlock(sector.Offset, header, body, dataLength, generation, key, entries);
            if (exact)
                return best;
        }
        findings.Add(new Finding(FindingSeverity.Warning, FindingCode.TuyaProtectedEntries,
            "The entries of the Tuya protected block do not end where it states.", sector.Offset));
        return best!;
    }

    private static List<TuyaProtectedEntry> ReadEntries(ReadOnlySpan<byte> body, uint dataLength, out bool exact)
    {
        var entries = new List<TuyaProtectedEntry>();
        exact = false;
        if (dataLength > body.Length)
            return entries;
        var reader = new SpanReader(body.Slice(0, (int)dataLength));
        while (reader.TryReadUInt32(out uint length) && reader.TryReadText(TuyaProtectedEntry.NameSize, out string name) &&
               reader.TryReadBytes(length, out var data))
        {
            entries.Add(new TuyaProtectedEntry(name, data.ToArray()));
            exact = reader.Remaining == 0;
            if (exact)
                return entries;
        }
        return entries;
    }
}

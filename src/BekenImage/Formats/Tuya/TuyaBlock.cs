using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Formats.Tuya;

/// <summary>The two generations of Tuya's storage, told apart by the first word of a data block.</summary>
public enum TuyaBlockFormat
{
    /// <summary>0x98761234: every block has a home sector, copies lie at the end.</summary>
    Classic,

    /// <summary>0x135726AB, TuyaOS 3: blocks wander, one sector is spare.</summary>
    TuyaOS3,
}

/// <summary>
/// A 4 KiB data block of a Tuya storage, deciphered. Layout: 0 u32 magic | 4 u32 sum of the bytes 8..4095 | 8 u16 block id | 10 u32
/// generation | 14 u8 size of the map, 4 | 15 u32 map, bit p set: page p is an index page | 128 p: pages 1 to 31 of 128 bytes.
/// </summary>
public sealed class TuyaBlock
{
    internal const uint ClassicMagic = 0x98761234;
    internal const uint TuyaOS3Magic = 0x135726AB;
    internal const int PageSize = 128;
    internal const int PageCount = FlashGeometry.SectorSize / PageSize;
    internal const int IdOffset = 8;
    internal const int GenerationOffset = 10;
    internal const int MapSizeOffset = 14;
    internal const int MapOffset = 15;
    internal const byte MapSize = 4;

    private readonly byte[] _plain;

    private TuyaBlock(long offset, byte[] plain)
    {
        Offset = offset;
        _plain = plain;
        Format = BinaryPrimitives.ReadUInt32LittleEndian(plain) == TuyaOS3Magic ? TuyaBlockFormat.TuyaOS3 : TuyaBlockFormat.Classic;
        SumOk = TuyaCipher.IsSumRight(plain);
        Id = BinaryPrimitives.ReadUInt16LittleEndian(plain.AsSpan(IdOffset));
        Generation = BinaryPrimitives.ReadUInt32LittleEndian(plain.AsSpan(GenerationOffset));
    }

    /// <summary>Physical, un-rotated offset of the sector.</summary>
    public long Offset { get; }

    /// <summary>Which generation of the storage wrote it.</summary>
    public TuyaBlockFormat Format { get; }

    /// <summary>True when the sum over the block is right.</summary>
    public bool SumOk { get; }

    /// <summary>Number of the block; parts of values refer to it.</summary>
    public int Id { get; }

    /// <summary>Grows by one with each rewrite: the copy with the highest one and a right sum is current.</summary>
    public uint Generation { get; }

    /// <summary>True when this copy of the block counts.</summary>
    public bool IsCurrent { get; internal set; }

    /// <summary>The 4096 bytes, deciphered. They may hold secrets, also in pages that are no longer used.</summary>
    public ReadOnlyMemory<byte> Plain => _plain;

    /// <summary>True when the map has the size it always has.</summary>
    internal bool HasMap => _plain[MapSizeOffset] == MapSize;

    /// <summary>Bit p set: page p is an index page.</summary>
    internal uint IndexPages => HasMap ? BinaryPrimitives.ReadUInt32LittleEndian(_plain.AsSpan(MapOffset)) & ~1u : 0;

    /// <summary>Number, generation and place.</summary>
    public override string ToString() => FormattableString.Invariant($"Tuya block {Id}, generation {Generation}, at 0x{Offset:x}");

    internal static bool HasMagic(ReadOnlySpan<byte> plain) =>
        BinaryPrimitives.ReadUInt32LittleEndian(plain) is ClassicMagic or TuyaOS3Magic;

    internal static TuyaBlock Decipher(ReadOnlySpan<byte> sector, long offset, AesEcb128 cipher)
    {
        var plain = new byte[FlashGeometry.SectorSize];
        cipher.Decrypt(sector, plain);
        return new TuyaBlock(offset, plain);
    }

    internal ReadOnlySpan<byte> Page(int page) => _plain.AsSpan(page * PageSize, PageSize);
}

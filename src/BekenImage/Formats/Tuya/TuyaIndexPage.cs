using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>
/// The page that describes a value. Layout: 0 u32 sum of the value's bytes | 4 u32 length | 8 u16 id of this block | 10 u8 number of this
/// page | 11 u16 number of parts | 13 u32 a stale RAM address | 17 u8 name length with its NUL | 18 name | parts of 4 bytes.
/// </summary>
internal sealed class TuyaIndexPage
{
    public const int RamAddressOffset = 13;
    public const int NameLengthOffset = 17;
    public const int NameOffset = 18;

    private TuyaIndexPage(uint sum, uint length, bool isSelfReferent, string name, IReadOnlyList<TuyaValuePart> parts)
    {
        Sum = sum;
        Length = length;
        IsSelfReferent = isSelfReferent;
        Name = name;
        Parts = parts;
    }

    public uint Sum { get; }

    public uint Length { get; }

    /// <summary>True when block id and page number inside are those of the place it lies in: so on every page met.</summary>
    public bool IsSelfReferent { get; }

    public string Name { get; }

    public IReadOnlyList<TuyaValuePart> Parts { get; }

    /// <summary>How many parts fit behind a name of so many bytes.</summary>
    public static int PartLimit(int nameLength) => (TuyaBlock.PageSize - NameOffset - nameLength - 1) / TuyaValuePart.Size;

    public static TuyaIndexPage? TryRead(TuyaBlock block, int pageNumber)
    {
        var reader = new SpanReader(block.Page(pageNumber));
        if (!reader.TryReadUInt32(out uint sum) || !reader.TryReadUInt32(out uint length) || !reader.TryReadUInt16(out ushort blockId) ||
            !reader.TryReadByte(out byte page) || !reader.TryReadUInt16(out ushort partCount) || !reader.TryReadUInt32(out _) ||
            !reader.TryReadByte(out byte nameLength) || nameLength == 0 || !reader.TryReadBytes(nameLength, out var name) ||
            name[name.Length - 1] != 0 || (long)partCount * TuyaValuePart.Size > reader.Remaining)
            return null;
        var parts = new TuyaValuePart[partCount];
        for (int i = 0; i < parts.Length; i++)
        {
            reader.TryReadUInt16(out ushort partBlock);
            reader.TryReadByte(out byte first);
            reader.TryReadByte(out byte last);
            parts[i] = new TuyaValuePart(partBlock, first, last);
        }
        return new TuyaIndexPage(sum, length, blockId == block.Id && page == pageNumber, Text.FromNulTerminated(name), parts);
    }

    /// <summary>Writes a value's description; what lies behind the parts, and the RAM address of an existing page, stay.</summary>
    public static void Write(Span<byte> page, ReadOnlySpan<byte> value, int blockId, int pageNumber, ReadOnlySpan<byte> name,
        IReadOnlyList<TuyaValuePart> parts)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page, TuyaCipher.Sum(value));
        BinaryPrimitives.WriteUInt32LittleEndian(page.Slice(4), (uint)value.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(page.Slice(8), (ushort)blockId);
        page[10] = (byte)pageNumber;
        BinaryPrimitives.WriteUInt16LittleEndian(page.Slice(11), (ushort)parts.Count);
        page[17] = (byte)(name.Length + 1);
        name.CopyTo(page.Slice(NameOffset));
        page[NameOffset + name.Length] = 0;
        var rest = page.Slice(NameOffset + name.Length + 1);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)part.BlockId);
            rest[2] = (byte)part.FirstPage;
            rest[3] = (byte)part.LastPage;
            rest = rest.Slice(TuyaValuePart.Size);
        }
    }
}

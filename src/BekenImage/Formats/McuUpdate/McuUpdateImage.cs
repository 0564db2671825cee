using System.Buffers.Binary;

namespace BekenImage.Formats.McuUpdate;

/// <summary>An image of an MCUboot update package. Immutable. Source: FORMAT.md, section 1.</summary>
public sealed class McuUpdateImage
{
    /// <summary>Bytes its header takes.</summary>
    public const int HeaderSize = 32;

    internal const int CrcOffset = 0x0C;

    /// <summary>Flag of an image whose body is compressed and overwrites the app (<see cref="OverwriteBody"/>). From sources.</summary>
    public const uint OverwriteFlag = 0x10000;

    /// <summary>Flag of an image that runs in place. From sources.</summary>
    public const uint XipFlag = 0x20000;

    private readonly byte[] _header;

    internal McuUpdateImage(byte[] header, ReadOnlyMemory<byte> data, long fileOffset)
    {
        _header = header;
        Data = data;
        FileOffset = fileOffset;
        CrcOk = IsComplete ? Crc32.ComputeRom(data.Span) == Crc : null;
    }

    /// <summary>Bytes of the body.</summary>
    public uint Length => Word(0x00);

    /// <summary>As stored: 0.</summary>
    public uint StatedOffset => Word(0x04);

    /// <summary>Where the slot begins in flash, physical.</summary>
    public uint FlashAddress => Word(0x08);

    /// <summary>CRC-32 of the body without the final XOR.</summary>
    public uint Crc => Word(CrcOffset);

    /// <summary>The counter below which the device takes no update.</summary>
    public uint SecurityCounter => Word(0x10);

    /// <summary>As stored: 0 in those that were met, <see cref="OverwriteFlag"/> and <see cref="XipFlag"/> in sources.</summary>
    public uint Flags => Word(0x14);

    /// <summary>Where the body lies in the file: the images follow one another.</summary>
    public long FileOffset { get; }

    /// <summary>The body, as much of it as is there: an MCUboot image, clear; or with the flash cipher and page CRCs as in flash.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>True when every byte the header counts is there.</summary>
    public bool IsComplete => Data.Length == Length;

    /// <summary>Whether the body gives the stated CRC; null when it is not all there.</summary>
    public bool? CrcOk { get; }

    /// <summary>True when the body begins as a clear MCUboot image; otherwise it is enciphered and has page CRCs.</summary>
    public bool IsClear => Data.Span.StartsWith(McuUpdateReader.McuBootMagic);

    /// <summary>The 32 bytes of the header as stored.</summary>
    public ReadOnlyMemory<byte> Header => _header;

    /// <summary>Where it goes.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Length:x} bytes for 0x{FlashAddress:x}{(IsClear ? "" : ", enciphered")}");

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(offset));
}

using System.Buffers.Binary;

namespace BekenImage.Formats.Download;

/// <summary>An image of a download package: where it goes, and its bytes. Immutable. Source: FORMAT.md, section 1.</summary>
public sealed class DownloadImage
{
    /// <summary>Bytes its header takes.</summary>
    public const int HeaderSize = 32;

    internal const int CrcOffset = 0x14;

    private readonly byte[] _header;

    internal DownloadImage(byte[] header, ReadOnlyMemory<byte> data)
    {
        _header = header;
        Data = data;
        CrcOk = IsComplete ? Crc32.ComputeRom(data.Span) == Crc : null;
    }

    /// <summary>Where its partition begins in flash, physical.</summary>
    public uint PartitionOffset => Word(0x00);

    /// <summary>Bytes of flash its partition takes.</summary>
    public uint PartitionLength => Word(0x04);

    /// <summary>Where the data goes, physical.</summary>
    public uint FlashAddress => Word(0x08);

    /// <summary>Where the data lies in the file.</summary>
    public uint FileOffset => Word(0x0C);

    /// <summary>Bytes of the data; may be 0.</summary>
    public uint Length => Word(0x10);

    /// <summary>CRC-32 of the data without the final XOR.</summary>
    public uint Crc => Word(CrcOffset);

    /// <summary>0 in all that were met.</summary>
    public uint Version => Word(0x18);

    /// <summary>0, or 1 for data that is written through the cipher of a chip that makes its own key.</summary>
    public int Type => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(0x1C));

    /// <summary>0, or 1 in <c>BLXDLV10</c> for data that goes to OTP and not to flash.</summary>
    public int Reserved => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(0x1E));

    /// <summary>The data, as much of it as is there.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>True when every byte the header counts is there.</summary>
    public bool IsComplete => Data.Length == Length;

    /// <summary>Whether the data gives the stated CRC; null when it is not all there. 0 with data of a single-file package means "not given".</summary>
    public bool? CrcOk { get; }

    /// <summary>True for data that goes to OTP: its address is none of the flash.</summary>
    public bool IsForOtp => Reserved == 1;

    /// <summary>Its partition in flash, physical.</summary>
    public FlashRange PartitionRange => new(PartitionOffset, PartitionLength);

    /// <summary>Where the data goes in flash, physical.</summary>
    public FlashRange FlashRange => new(FlashAddress, Length);

    /// <summary>The 32 bytes of the header as stored.</summary>
    public ReadOnlyMemory<byte> Header => _header;

    /// <summary>Where it goes.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"0x{Length:x} bytes for 0x{FlashAddress:x}, partition 0x{PartitionOffset:x}+0x{PartitionLength:x}");

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(offset));
}

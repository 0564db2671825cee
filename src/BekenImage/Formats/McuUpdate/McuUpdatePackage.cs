using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.McuUpdate;

/// <summary>
/// An update package for a device under MCUboot (<c>ota.bin</c>, magic <c>BK723658</c>). Little-endian. Immutable; keeps its bytes.
/// Source: FORMAT.md, section 1.
/// </summary>
public sealed class McuUpdatePackage
{
    /// <summary>Bytes of the header before the headers of the images.</summary>
    public const int HeaderSize = 32;

    /// <summary>More images than any package; those beyond are left out.</summary>
    public const int MaximumImages = 64;

    internal const int CrcOffset = 0x08;
    internal const int CounterOffset = 0x0C;
    internal const int HeaderLengthOffset = 0x10;
    internal const int CountOffset = 0x12;
    internal const int FlagsOffset = 0x14;

    private readonly ReadOnlyMemory<byte> _bytes;

    internal McuUpdatePackage(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        Images = McuUpdateReader.ReadImages(bytes, StatedCount);
        HeaderCrcOk = McuUpdateReader.HeaderCrcOk(bytes.Span, StatedCount, HeaderCrc);
        Findings = McuUpdateReader.Judge(this, bytes.Length);
    }

    internal static ReadOnlySpan<byte> Magic => "BK723658"u8;

    /// <summary>CRC-32 of the headers without the final XOR, as stored.</summary>
    public uint HeaderCrc => Word(CrcOffset);

    /// <summary>Whether the headers give the stated CRC.</summary>
    public bool HeaderCrcOk { get; }

    /// <summary>As stored in the header of the package: 0 in those that were met; that of an image stands with it.</summary>
    public uint SecurityCounter => Word(CounterOffset);

    /// <summary>32.</summary>
    public int HeaderLength => Half(HeaderLengthOffset);

    /// <summary>How many images the header counts.</summary>
    public int StatedCount => Half(CountOffset);

    /// <summary>As stored.</summary>
    public uint Flags => Word(FlagsOffset);

    /// <summary>The images whose headers are there, in stored order.</summary>
    public IReadOnlyList<McuUpdateImage> Images { get; }

    /// <summary>What is wrong or remarkable; offsets count in the file.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a package; nothing is copied but headers, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The package from its header on.</param>
    /// <param name="package">The package, or null.</param>
    /// <returns>False when the magic is not there. A damaged package is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out McuUpdatePackage? package)
    {
        package = bytes.Length >= HeaderSize && bytes.Span.StartsWith(Magic) ? new McuUpdatePackage(bytes) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out McuUpdatePackage?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out McuUpdatePackage? package) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package);

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Number of images.</summary>
    public override string ToString() => FormattableString.Invariant($"MCUboot update package, {Images.Count} images");

    private int Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span.Slice(offset));

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span.Slice(offset));
}

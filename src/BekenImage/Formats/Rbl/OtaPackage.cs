using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Rbl;

/// <summary>
/// An update package: an RBL header and the packed firmware behind it. Immutable; keeps its bytes. Source: FORMAT.md, sections 1 and 5.
/// </summary>
public sealed class OtaPackage
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal OtaPackage(ReadOnlyMemory<byte> bytes, long offset, RblHeader header)
    {
        _bytes = bytes;
        Offset = offset;
        Header = header;
        int present = (int)Math.Min(header.PackageSize, bytes.Length - RblHeader.Size);
        Payload = bytes.Slice(RblHeader.Size, present);
        Trailing = bytes.Slice(RblHeader.Size + present);
        PayloadCrcOk = IsComplete ? Crc32.Compute(Payload.Span) == header.PayloadCrc : null;
        Findings = OtaReader.Judge(this);
    }

    /// <summary>Where the package begins; findings count from there.</summary>
    public long Offset { get; }

    /// <summary>The header.</summary>
    public RblHeader Header { get; }

    /// <summary>The packed firmware as stored, or as much of it as is there.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>What lies behind the package: erased flash in a partition, nothing in a file.</summary>
    public ReadOnlyMemory<byte> Trailing { get; }

    /// <summary>Bytes of header and package, as the header states them.</summary>
    public long Length => RblHeader.Size + (long)Header.PackageSize;

    /// <summary>True when every byte the header counts is there.</summary>
    public bool IsComplete => Payload.Length == Header.PackageSize;

    /// <summary>Whether the packed firmware gives the CRC the header states; null when it is not all there.</summary>
    public bool? PayloadCrcOk { get; }

    /// <summary>What is wrong with header and package, without opening it.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a package; nothing is copied, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The package from its header on, and whatever lies behind it.</param>
    /// <param name="package">The package, or null.</param>
    /// <param name="offset">Where the bytes begin in the image, for findings; 0 for a file.</param>
    /// <returns>False when no RBL header is there. A damaged package is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out OtaPackage? package, long offset = 0)
    {
        package = RblHeader.TryRead(bytes.Span, out var header) ? new OtaPackage(bytes, offset, header) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out OtaPackage?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out OtaPackage? package, long offset = 0) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package, offset);

    /// <summary>Opens the package, if it is whole, right and of a kind that can be opened.</summary>
    /// <param name="options">Key and limit; null for the defaults.</param>
    /// <param name="firmware">The plain firmware, or null.</param>
    /// <param name="findings">Why it cannot be opened, or what is unusual about it.</param>
    public bool TryUnpack(OtaUnpackOptions? options, [NotNullWhen(true)] out byte[]? firmware, out IReadOnlyList<Finding> findings)
    {
        var unpacking = new OtaUnpacking(this, options ?? new OtaUnpackOptions());
        firmware = unpacking.Run();
        findings = unpacking.Findings;
        return firmware is not null;
    }

    /// <summary>Opens the package.</summary>
    /// <param name="options">Key and limit; null for the defaults.</param>
    /// <returns>The plain firmware, its hash checked.</returns>
    /// <exception cref="BekenImageException">It cannot be opened: the first thing that is wrong.</exception>
    public byte[] Unpack(OtaUnpackOptions? options = null)
    {
        if (TryUnpack(options, out byte[]? firmware, out var findings))
            return firmware;
        var error = findings.First(finding => finding.Severity == FindingSeverity.Error);
        throw new BekenImageException(error.Code, error.Message, error.Offset);
    }

    /// <summary>All bytes as they were read, with what lay behind the package.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The header in words.</summary>
    public override string ToString() => Header.ToString();
}

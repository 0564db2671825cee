using System.Diagnostics.CodeAnalysis;
using BekenImage.Formats.Rbl;

namespace BekenImage.Formats.Ug;

/// <summary>
/// A UG package: Tuya's wrapper around an update package, as its cloud and OpenBeken's builds deliver it. Immutable; keeps its bytes.
/// Source: FORMAT.md.
/// </summary>
public sealed class UgPackage
{
    /// <summary>The device takes bodies shorter than its download partition: 664 KiB.</summary>
    public const int BodyLimit = 0xA6000;

    private readonly ReadOnlyMemory<byte> _bytes;

    internal UgPackage(ReadOnlyMemory<byte> bytes, UgHeader header)
    {
        _bytes = bytes;
        Header = header;
        int present = (int)Math.Min(header.BodyLength, bytes.Length - UgHeader.Size);
        Body = bytes.Slice(UgHeader.Size, present);
        Trailing = bytes.Slice(UgHeader.Size + present);
        BodySumOk = IsComplete ? UgHeader.Sum(Body.Span) == header.BodySum : null;
        Findings = UgReader.Judge(this);
    }

    /// <summary>The header.</summary>
    public UgHeader Header { get; }

    /// <summary>What the device writes to its download partition: an update package. As much of it as is there.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>What lies behind the body.</summary>
    public ReadOnlyMemory<byte> Trailing { get; }

    /// <summary>True when every byte the header counts is there.</summary>
    public bool IsComplete => Body.Length == Header.BodyLength;

    /// <summary>Whether the body gives the sum the header states; null when it is not all there.</summary>
    public bool? BodySumOk { get; }

    /// <summary>What is wrong or remarkable about the wrapper. The update package inside is judged by <see cref="OtaPackage"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a package; nothing is copied, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The package from its header on.</param>
    /// <param name="package">The package, or null.</param>
    /// <returns>False when no UG header is there. A damaged package is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out UgPackage? package)
    {
        package = UgHeader.TryRead(bytes.Span, out var header) ? new UgPackage(bytes, header) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UgPackage?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out UgPackage? package) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package);

    /// <summary>The update package inside, if it begins as one.</summary>
    /// <param name="package">The package, or null; its findings count from the start of the UG file.</param>
    public bool TryReadOta([NotNullWhen(true)] out OtaPackage? package) => OtaPackage.TryRead(Body, out package, UgHeader.Size);

    /// <summary>The body, its sum checked.</summary>
    /// <exception cref="BekenImageException">The package is cut off or a sum is wrong: the first thing that is.</exception>
    public byte[] Unpack()
    {
        if (Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            throw new BekenImageException(error.Code, error.Message, error.Offset);
        return Body.ToArray();
    }

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The header in words.</summary>
    public override string ToString() => Header.ToString();
}

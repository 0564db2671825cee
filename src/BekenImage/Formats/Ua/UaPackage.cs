using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Ua;

/// <summary>
/// An <c>app_ug.bin</c> for Tuya's newer chips: an update file (UA) and its trailer. Immutable; keeps its bytes. Source: FORMAT.md.
/// </summary>
public sealed class UaPackage
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal UaPackage(ReadOnlyMemory<byte> bytes, UaTrailer trailer)
    {
        _bytes = bytes;
        Trailer = trailer;
        Body = bytes.Slice(0, bytes.Length - UaTrailer.Size);
        BodyCrcOk = IsComplete ? Crc32.Compute(Body.Span) == trailer.BodyCrc : null;
        Findings = Judge();
    }

    /// <summary>The trailer.</summary>
    public UaTrailer Trailer { get; }

    /// <summary>The update file: what the device writes from logical 0x10000 on, without page CRCs.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>True when the trailer counts the bytes before it.</summary>
    public bool IsComplete => Body.Length == Trailer.BodyLength;

    /// <summary>Whether the body gives the stated CRC; null when the trailer counts other bytes.</summary>
    public bool? BodyCrcOk { get; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a package; nothing is copied but the trailer, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="package">The package, or null.</param>
    /// <returns>False when no trailer is there. A damaged package is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out UaPackage? package)
    {
        package = UaTrailer.TryRead(bytes.Span, out var trailer) ? new UaPackage(bytes, trailer) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UaPackage?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out UaPackage? package) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package);

    /// <summary>The body, its CRC checked.</summary>
    /// <exception cref="BekenImageException">The trailer is damaged, or the CRC is wrong: the first thing that is.</exception>
    public byte[] Unpack()
    {
        if (Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            throw new BekenImageException(error.Code, error.Message, error.Offset);
        return Body.ToArray();
    }

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Length of the body.</summary>
    public override string ToString() => FormattableString.Invariant($"app_ug, 0x{Trailer.BodyLength:x} bytes");

    private IReadOnlyList<Finding> Judge()
    {
        var findings = new List<Finding>();
        if (!Trailer.IsWhole)
            Add(FindingCode.UaTrailerDamaged, Body.Length, $"words of the trailer are not those every trailer has");
        if (!IsComplete)
        {
            Add(FindingCode.UaTrailerDamaged, Body.Length + UaTrailer.BodyLengthOffset,
                $"the trailer counts 0x{Trailer.BodyLength:x} bytes, 0x{Body.Length:x} lie before it");
        }
        else if (BodyCrcOk == false)
        {
            Add(FindingCode.UaBodyCrc, 0, $"the body gives CRC 0x{Crc32.Compute(Body.Span):x8}, the trailer states 0x{Trailer.BodyCrc:x8}");
        }
        if (!ByteRuns.IsAll(Trailer.Bytes.Span.Slice(UaTrailer.KindOffset + 4), 0))
            Add(FindingCode.UaTrailerDamaged, Body.Length + UaTrailer.KindOffset + 4, $"the last 16 bytes of the trailer are not zero");
        return findings;

        void Add(FindingCode code, long offset, FormattableString message) =>
            findings.Add(new Finding(FindingSeverity.Error, code, FormattableString.Invariant(message), offset));
    }
}

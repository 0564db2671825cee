using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Download;

/// <summary>
/// A download package of the newer chips (<c>all-app.bin</c> with a header): what a flasher writes to several partitions. Big-endian.
/// Immutable; keeps its bytes. Source: FORMAT.md, section 1.
/// </summary>
public sealed class DownloadPackage
{
    /// <summary>Bytes of the header before the headers of the images.</summary>
    public const int HeaderSize = 32;

    /// <summary>More images than any package; those beyond are left out.</summary>
    public const int MaximumImages = 256;

    /// <summary>No flash of this generation is larger.</summary>
    public const int LargestFlash = 0x1000000;

    internal const int CrcOffset = 8;
    internal const int VersionOffset = 12;
    internal const int HeaderLengthOffset = 16;
    internal const int CountOffset = 18;

    private readonly ReadOnlyMemory<byte> _bytes;

    internal DownloadPackage(ReadOnlyMemory<byte> bytes, DownloadKind kind)
    {
        _bytes = bytes;
        Kind = kind;
        Images = DownloadReader.ReadImages(bytes, StatedCount);
        HeaderCrcOk = DownloadReader.CheckHeader(bytes.Span, StatedCount, HeaderCrc, out bool coversImages);
        HeaderCrcCoversImages = coversImages;
        Findings = DownloadReader.Judge(this, bytes.Length);
    }

    /// <summary>Which package it is.</summary>
    public DownloadKind Kind { get; }

    /// <summary>The eight characters of its magic.</summary>
    public string Magic => DownloadReader.MagicOf(Kind);

    /// <summary>CRC-32 of the headers without the final XOR, as stored.</summary>
    public uint HeaderCrc => Word(CrcOffset);

    /// <summary>Whether the headers give the stated CRC.</summary>
    public bool HeaderCrcOk { get; }

    /// <summary>True when the CRC covers the headers of the images too, false when it is that of the first 32 bytes only (bk_packager_format).</summary>
    public bool HeaderCrcCoversImages { get; }

    /// <summary>1.</summary>
    public uint Version => Word(VersionOffset);

    /// <summary>32.</summary>
    public int HeaderLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes.Span.Slice(HeaderLengthOffset));

    /// <summary>How many images the header counts.</summary>
    public int StatedCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes.Span.Slice(CountOffset));

    /// <summary>The images whose headers are there, in stored order.</summary>
    public IReadOnlyList<DownloadImage> Images { get; }

    /// <summary>What is wrong or remarkable; offsets count in the file.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a package; nothing is copied but headers, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The package from its header on.</param>
    /// <param name="package">The package, or null.</param>
    /// <returns>False when none of the four magics is there. A damaged package is true, with findings.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DownloadPackage? package)
    {
        package = bytes.Length >= HeaderSize && DownloadReader.KindOf(bytes.Span) is { } kind ? new DownloadPackage(bytes, kind) : null;
        return package is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out DownloadPackage?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out DownloadPackage? package) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out package);

    /// <summary>Bytes of flash the images reach over, at least up to the end of the last one; at most 16 MiB.</summary>
    public int FlashLength => (int)Images.Where(image => !image.IsForOtp).Select(image => image.FlashAddress + (long)image.Data.Length)
        .Where(end => end <= LargestFlash).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The flash as a flasher leaves it that wrote the package to an erased chip: 0xFF, and the data of each image at its address; a later
    /// image overwrites an earlier one. Data for OTP is not part of it.
    /// </summary>
    /// <param name="flashLength">Bytes of the flash: up to 16 MiB. What lies outside is left out.</param>
    public byte[] ToFlash(int flashLength)
    {
        if (flashLength is < 0 or > LargestFlash)
            throw new ArgumentOutOfRangeException(nameof(flashLength));
        byte[] flash = ByteRuns.Erased(flashLength);
        foreach (var image in Images)
        {
            if (image.IsForOtp || image.FlashAddress >= flashLength)
                continue;
            int at = (int)image.FlashAddress;
            image.Data.Span.Slice(0, Math.Min(image.Data.Length, flashLength - at)).CopyTo(flash.AsSpan(at));
        }
        return flash;
    }

    /// <summary>The flash up to the end of the last image.</summary>
    public byte[] ToFlash() => ToFlash(FlashLength);

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Magic and number of images.</summary>
    public override string ToString() => FormattableString.Invariant($"{Magic}, {Images.Count} images");

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.Span.Slice(offset));
}

using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Download;

/// <summary>Makes download packages as beken_utils does. Source: FORMAT.md, section 1.</summary>
public static class DownloadWriter
{
    /// <summary>Packs parts in their order.</summary>
    /// <param name="kind">Which package.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="crcCoversImages">False for the form of bk_packager_format, whose CRC covers the first 32 bytes only.</param>
    /// <exception cref="BekenImageException">There are too many parts, or one does not fit its partition or the flash.</exception>
    public static byte[] Pack(DownloadKind kind, IReadOnlyList<DownloadPart> parts, bool crcCoversImages = true)
    {
        if (parts is null)
            throw new ArgumentNullException(nameof(parts));
        if (parts.Count > DownloadPackage.MaximumImages)
        {
            throw new BekenImageException(FindingCode.DownloadRefused, FormattableString.Invariant(
                $"there are {parts.Count} parts; a package has no more than {DownloadPackage.MaximumImages}"));
        }
        int headers = DownloadPackage.HeaderSize + parts.Count * DownloadImage.HeaderSize;
        var bytes = new byte[headers + parts.Sum(part => (long)part.Data.Length)];
        Text.WritePadded(DownloadReader.MagicOf(kind), bytes.AsSpan(0, DownloadPackage.CrcOffset));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(DownloadPackage.VersionOffset), 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(DownloadPackage.HeaderLengthOffset), DownloadPackage.HeaderSize);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(DownloadPackage.CountOffset), (ushort)parts.Count);
        int at = headers;
        for (int i = 0; i < parts.Count; i++)
        {
            WriteHeader(parts[i], at, bytes.AsSpan(DownloadPackage.HeaderSize + i * DownloadImage.HeaderSize, DownloadImage.HeaderSize));
            parts[i].Data.Span.CopyTo(bytes.AsSpan(at));
            at += parts[i].Data.Length;
        }
        int covered = crcCoversImages ? headers : DownloadPackage.HeaderSize;
        uint crc = Crc32.ComputeRom(bytes.AsSpan(DownloadPackage.VersionOffset, covered - DownloadPackage.VersionOffset));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(DownloadPackage.CrcOffset), crc);
        return bytes;
    }

    private static void WriteHeader(DownloadPart part, int fileOffset, Span<byte> header)
    {
        if (part.Partition.End > DownloadPackage.LargestFlash || part.Data.Length > part.Partition.Length)
        {
            throw new BekenImageException(FindingCode.DownloadRefused, FormattableString.Invariant(
                $"0x{part.Data.Length:x} bytes do not fit the partition {part.Partition}, or that lies outside every flash"));
        }
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)part.Partition.Start);
        BinaryPrimitives.WriteUInt32BigEndian(header.Slice(0x04), (uint)part.Partition.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.Slice(0x08), (uint)part.Partition.Start);
        BinaryPrimitives.WriteInt32BigEndian(header.Slice(0x0C), fileOffset);
        BinaryPrimitives.WriteInt32BigEndian(header.Slice(0x10), part.Data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header.Slice(0x14), Crc32.ComputeRom(part.Data.Span));
        BinaryPrimitives.WriteUInt16BigEndian(header.Slice(0x1C), (ushort)part.Type);
    }
}

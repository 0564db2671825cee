using System.Buffers.Binary;

namespace BekenImage.Formats.McuUpdate;

/// <summary>Makes MCUboot update packages as beken_utils does. Source: FORMAT.md, section 1.</summary>
public static class McuUpdateWriter
{
    /// <summary>Packs parts in their order. More than one was never met.</summary>
    /// <param name="parts">The parts.</param>
    /// <exception cref="BekenImageException">There are too many parts.</exception>
    public static byte[] Pack(IReadOnlyList<McuUpdatePart> parts)
    {
        if (parts is null)
            throw new ArgumentNullException(nameof(parts));
        if (parts.Count > McuUpdatePackage.MaximumImages)
        {
            throw new BekenImageException(FindingCode.DownloadRefused, FormattableString.Invariant(
                $"there are {parts.Count} parts; a package has no more than {McuUpdatePackage.MaximumImages}"));
        }
        int at = McuUpdatePackage.HeaderSize + parts.Count * McuUpdateImage.HeaderSize;
        var bytes = new byte[at + parts.Sum(part => (long)part.Body.Length)];
        McuUpdatePackage.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(McuUpdatePackage.HeaderLengthOffset), McuUpdatePackage.HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(McuUpdatePackage.CountOffset), (ushort)parts.Count);
        int headers = at;
        for (int i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var header = bytes.AsSpan(McuUpdatePackage.HeaderSize + i * McuUpdateImage.HeaderSize, McuUpdateImage.HeaderSize);
            BinaryPrimitives.WriteInt32LittleEndian(header, part.Body.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header.Slice(0x08), part.FlashAddress);
            BinaryPrimitives.WriteUInt32LittleEndian(header.Slice(0x0C), Crc32.ComputeRom(part.Body.Span));
            BinaryPrimitives.WriteUInt32LittleEndian(header.Slice(0x10), part.SecurityCounter);
            BinaryPrimitives.WriteUInt32LittleEndian(header.Slice(0x14), part.Flags);
            part.Body.Span.CopyTo(bytes.AsSpan(at));
            at += part.Body.Length;
        }
        uint crc = Crc32.ComputeRom(bytes.AsSpan(McuUpdatePackage.CounterOffset, headers - McuUpdatePackage.CounterOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(McuUpdatePackage.CrcOffset), crc);
        return bytes;
    }
}

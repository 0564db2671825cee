using System.Buffers.Binary;

namespace BekenImage.Formats.McuUpdate;

/// <summary>Reads MCUboot update packages and judges them. Source: FORMAT.md, section 1.</summary>
internal static class McuUpdateReader
{
    internal static ReadOnlySpan<byte> McuBootMagic => [0x3D, 0xB8, 0xF3, 0x96];

    // The offset of the only package kind that was met is 0: bodies follow the headers, and one another.
    public static IReadOnlyList<McuUpdateImage> ReadImages(ReadOnlyMemory<byte> bytes, int count)
    {
        var images = new List<McuUpdateImage>();
        int present = Math.Min(
            Math.Min(count, McuUpdatePackage.MaximumImages), (bytes.Length - McuUpdatePackage.HeaderSize) / McuUpdateImage.HeaderSize);
        long at = McuUpdatePackage.HeaderSize + (long)present * McuUpdateImage.HeaderSize;
        for (int i = 0; i < present; i++)
        {
            byte[] header = bytes.Slice(McuUpdatePackage.HeaderSize + i * McuUpdateImage.HeaderSize, McuUpdateImage.HeaderSize).ToArray();
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
            long start = Math.Min(at, bytes.Length);
            images.Add(new McuUpdateImage(header, bytes.Slice((int)start, (int)Math.Min(length, bytes.Length - start)), at));
            at += length;
        }
        return images;
    }

    public static bool HeaderCrcOk(ReadOnlySpan<byte> bytes, int count, uint stated)
    {
        long end = McuUpdatePackage.HeaderSize + (long)count * McuUpdateImage.HeaderSize;
        return end <= bytes.Length && Crc32.ComputeRom(bytes.Slice(0, (int)end).Slice(McuUpdatePackage.CounterOffset)) == stated;
    }

    public static IReadOnlyList<Finding> Judge(McuUpdatePackage package, int fileLength)
    {
        var findings = new List<Finding>();
        if (!package.HeaderCrcOk)
            Add(FindingSeverity.Error, FindingCode.McuUpdateHeaderCrc, McuUpdatePackage.CrcOffset, $"the CRC of the header is wrong");
        if (package.HeaderLength != McuUpdatePackage.HeaderSize)
        {
            Add(FindingSeverity.Error, FindingCode.McuUpdateHeaderDamaged, McuUpdatePackage.HeaderLengthOffset,
                $"the header states its own length as {package.HeaderLength}; 32 is known");
        }
        if (package.StatedCount != package.Images.Count)
        {
            Add(FindingSeverity.Error, FindingCode.McuUpdateHeaderDamaged, McuUpdatePackage.CountOffset,
                $"the header counts {package.StatedCount} images, there are headers of {package.Images.Count}");
        }
        long end = McuUpdatePackage.HeaderSize + (long)package.Images.Count * McuUpdateImage.HeaderSize;
        for (int i = 0; i < package.Images.Count; i++)
        {
            var image = package.Images[i];
            int at = McuUpdatePackage.HeaderSize + i * McuUpdateImage.HeaderSize;
            end = image.FileOffset + image.Length;
            if (!image.IsComplete)
            {
                Add(FindingSeverity.Error, FindingCode.McuUpdateTruncated, at,
                    $"image {i + 1} ends at 0x{end:x}, the file has 0x{fileLength:x} bytes");
            }
            else if (image.CrcOk == false)
            {
                Add(FindingSeverity.Error, FindingCode.McuUpdateImageCrc, image.FileOffset,
                    $"image {i + 1} states CRC 0x{image.Crc:x8}, its body gives 0x{Crc32.ComputeRom(image.Data.Span):x8}");
            }
            if (image.StatedOffset != 0)
            {
                Add(FindingSeverity.Warning, FindingCode.McuUpdateHeaderDamaged, at + 4,
                    $"image {i + 1} states an offset of 0x{image.StatedOffset:x}; 0 is known, and what another means is not");
            }
        }
        if (end < fileLength)
            Add(FindingSeverity.Info, FindingCode.McuUpdateTrailingBytes, end, $"0x{fileLength - end:x} bytes follow the last image");
        return findings;

        void Add(FindingSeverity severity, FindingCode code, long offset, FormattableString message) =>
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}

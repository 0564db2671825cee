using BekenImage.IO;

namespace BekenImage.Formats.Download;

/// <summary>Reads download packages and judges them. Source: FORMAT.md, section 1.</summary>
internal static class DownloadReader
{
    private static readonly string[] Magics = ["BKDLV10.", "BL1DLV10", "BLXDLV10", "BL2DLV10"];

    public static string MagicOf(DownloadKind kind) => Magics[(int)kind];

    public static DownloadKind? KindOf(ReadOnlySpan<byte> bytes)
    {
        string start = Text.FromLatin1(bytes.Slice(0, 8));
        int index = Array.IndexOf(Magics, start);
        return index < 0 ? null : (DownloadKind)index;
    }

    public static IReadOnlyList<DownloadImage> ReadImages(ReadOnlyMemory<byte> bytes, int count)
    {
        var images = new List<DownloadImage>();
        int present = Math.Min(Math.Min(count, DownloadPackage.MaximumImages), (bytes.Length - DownloadPackage.HeaderSize) / DownloadImage.HeaderSize);
        for (int i = 0; i < present; i++)
        {
            byte[] header = bytes.Slice(DownloadPackage.HeaderSize + i * DownloadImage.HeaderSize, DownloadImage.HeaderSize).ToArray();
            var empty = new DownloadImage(header, default);
            long start = Math.Min(empty.FileOffset, bytes.Length);
            images.Add(new DownloadImage(header, bytes.Slice((int)start, (int)Math.Min(empty.Length, bytes.Length - start))));
        }
        return images;
    }

    /// <summary>The SDK's packer covers the headers of the images too; bk_packager_format the first 32 bytes alone.</summary>
    public static bool CheckHeader(ReadOnlySpan<byte> bytes, int count, uint stated, out bool coversImages)
    {
        long end = DownloadPackage.HeaderSize + (long)count * DownloadImage.HeaderSize;
        var covered = bytes.Slice(0, (int)Math.Min(end, bytes.Length)).Slice(DownloadPackage.VersionOffset);
        coversImages = end <= bytes.Length && Crc32.ComputeRom(covered) == stated;
        return coversImages || Crc32.ComputeRom(bytes.Slice(0, DownloadPackage.HeaderSize).Slice(DownloadPackage.VersionOffset)) == stated;
    }

    public static IReadOnlyList<Finding> Judge(DownloadPackage package, int fileLength)
    {
        var findings = new List<Finding>();
        if (!package.HeaderCrcOk)
            Add(FindingSeverity.Error, FindingCode.DownloadHeaderCrc, DownloadPackage.CrcOffset, $"the CRC of the header is wrong");
        if (package.HeaderLength != DownloadPackage.HeaderSize)
        {
            Add(FindingSeverity.Error, FindingCode.DownloadHeaderDamaged, DownloadPackage.HeaderLengthOffset,
                $"the header states its own length as {package.HeaderLength}; 32 is known");
        }
        if (package.StatedCount != package.Images.Count)
        {
            Add(FindingSeverity.Error, FindingCode.DownloadHeaderDamaged, DownloadPackage.CountOffset,
                $"the header counts {package.StatedCount} images, there are headers of {package.Images.Count}");
        }
        for (int i = 0; i < package.Images.Count; i++)
            JudgeImage(package.Images[i], i);
        JudgeOverlaps(package.Images);
        JudgeRest();
        return findings;

        void JudgeImage(DownloadImage image, int index)
        {
            int at = DownloadPackage.HeaderSize + index * DownloadImage.HeaderSize;
            if (!image.IsComplete)
            {
                Add(FindingSeverity.Error, FindingCode.DownloadTruncated, at + 0x0C,
                    $"image {index + 1} lies at 0x{image.FileOffset:x}+0x{image.Length:x}, the file has 0x{fileLength:x} bytes");
            }
            else if (image.CrcOk == false && !(image.Crc == 0 && package.Kind is DownloadKind.Blx or DownloadKind.Bl1))
            {
                Add(FindingSeverity.Error, FindingCode.DownloadImageCrc, image.FileOffset,
                    $"image {index + 1} states CRC 0x{image.Crc:x8}, its data gives 0x{Crc32.ComputeRom(image.Data.Span):x8}");
            }
            if (image.IsForOtp)
                return;
            if (image.FlashRange.End > DownloadPackage.LargestFlash || image.PartitionRange.End > DownloadPackage.LargestFlash)
            {
                Add(FindingSeverity.Error, FindingCode.DownloadOutside, at,
                    $"image {index + 1} goes to {image.FlashRange} in the partition {image.PartitionRange}, outside every flash");
            }
            else if (!image.PartitionRange.Contains(image.FlashRange))
            {
                Add(FindingSeverity.Warning, FindingCode.DownloadOutside, at,
                    $"image {index + 1} goes to {image.FlashRange}, outside its partition {image.PartitionRange}");
            }
        }

        void JudgeOverlaps(IReadOnlyList<DownloadImage> images)
        {
            var ordered = images.Where(image => !image.IsForOtp && image.Length > 0).OrderBy(image => image.FlashAddress).ToList();
            for (int i = 1; i < ordered.Count; i++)
            {
                if (ordered[i - 1].FlashRange.Overlaps(ordered[i].FlashRange))
                {
                    Add(FindingSeverity.Error, FindingCode.DownloadOverlap, ordered[i].FileOffset,
                        $"images for {ordered[i - 1].FlashRange} and {ordered[i].FlashRange} overlap");
                }
            }
        }

        void JudgeRest()
        {
            long end = package.Images.Where(image => image.IsComplete).Select(image => image.FileOffset + (long)image.Length)
                .DefaultIfEmpty(0).Max();
            end = Math.Max(end, DownloadPackage.HeaderSize + (long)package.Images.Count * DownloadImage.HeaderSize);
            if (end < fileLength && package.Images.All(image => image.IsComplete))
                Add(FindingSeverity.Info, FindingCode.DownloadTrailingBytes, end, $"0x{fileLength - end:x} bytes follow the last image");
        }

        void Add(FindingSeverity severity, FindingCode code, long offset, FormattableString message) =>
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}

using System.Globalization;
using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.NvsKey;
using BekenImage.Formats.SecureBoot;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Firmware;

/// <summary>What a download package holds of each part: order as beken_utils has it, pad, encipher, marks, CRC. FORMAT.md, section 6.</summary>
internal sealed class PackageContent(
    IReadOnlyList<SecurePartition> table, PartitionCsv source, IReadOnlyList<SecurePackagePart> parts, SecurePackageOptions options, bool runsInPlace)
{
    public const string PrimaryAll = "primary_all";
    public const string SecondaryAll = "secondary_all";
    public const string Manifest = "primary_manifest";
    public const string Ota = "ota";
    private const string Loader = "bl2";
    private const int VersionOffset = 0x120;
    private const int VersionSize = 4;
    private const int VectorAlignment = 512;
    private const int ControlLength = 0xF00;
    private const int ControlVectors = 64;

    /// <summary>The bytes as they lie in flash, from the start of the partition on.</summary>
    public byte[] DataOf(SecurePackagePart part)
    {
        var range = table.First(record => record.Name == part.Partition).PhysicalRange;
        var line = source.Partitions.FirstOrDefault(candidate => candidate.Name == part.Partition);
        switch (part.Partition)
        {
            case Loader or "bl2_B":
                return LoaderData(FileOf(part), range);
            case PrimaryAll:
                byte[] signed = FileOf(part);
                SignedImage(signed);
                return CodePartitionData.LayOut(Stored(signed, CodePartitionData.FirstPage(range)), range, runsInPlace);
            case "bl1_control":
                return Control(part, range);
            case "boot_flag":
                return Raw(part.File is null ? BootFlag.Write(isSecond: false) : FileOf(part), range);
            case "partition":
                return Raw(part.File is null ? SecurePartitionWriter.Write(table) : FileOf(part), range);
        }
        if (line is null or { IsCode: true })
        {
            throw new BekenImageException(FindingCode.BuildPartUnfit,
                $"'{part.Partition}' is a partition for code; the packer takes bl2, bl2_B and primary_all, in which the signed programs are one");
        }
        if (line.SubType == "nvs_key")
            return CodePartitionData.LayOutCut(Stored(FileOf(part), CodePartitionData.FirstPage(range)), range);
        if (line.SubType == "nvs")
            return Raw(part.File?.ToArray() ?? [], range);
        return (line.Flags & 1) != 0 ? Encrypted(FileOf(part), range) : Raw(FileOf(part), range);
    }

    /// <summary>Enciphers the bytes of a code partition.</summary>
    /// <param name="plain">Filled up with 0xFF to whole pages.</param>
    /// <param name="physicalStart">Where the first page lies.</param>
    /// <param name="key">The key.</param>
    public static byte[] Encipher(byte[] plain, long physicalStart, AesFlashKey key)
    {
        byte[] stored = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(plain.Length)), plain);
        new AesFlashCipher(key, AesFlashVariant.WordSwapped).Encrypt((ulong)new PhysicalAddress(physicalStart).ToLogical().Value, stored, stored);
        return stored;
    }

    /// <summary>Pages of whole pages' data.</summary>
    public static byte[] ToPages(byte[] stored)
    {
        var pages = new byte[PageGrid.StoredLength(stored.Length)];
        FlashPages.Encode(ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(stored.Length)), stored), pages);
        return pages;
    }

    /// <summary>The MCUboot image a file is.</summary>
    /// <exception cref="BekenImageException">It is none, or cut.</exception>
    public static McuBootImage SignedImage(byte[] file)
    {
        if (!McuBootImage.TryRead(file, out var image))
            throw new BekenImageException(FindingCode.BuildPartUnfit, "it is no signed image: it does not begin as an MCUboot image does");
        if (image.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } damage)
            throw new BekenImageException(damage.Code, damage.Message, damage.Offset);
        return image.HashOk != false ? image
            : throw new BekenImageException(FindingCode.BuildPartUnfit, "it is no signed image: its bytes do not give the SHA-256 it states");
    }

    private byte[] Stored(byte[] plain, long physicalStart) => options.AesKey is { } key ? Encipher(plain, physicalStart, key) : plain;

    // Only at logical 0 do the mark and the version stand in the second bootloader; elsewhere bl1_control has the mark.
    private byte[] LoaderData(byte[] plain, FlashRange range)
    {
        if (FamilyRule.OtherGeneration(ChipGeneration.Armino, FamilyRule.GenerationOf(plain)) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
        long logical = (new PhysicalAddress(range.Start).ToLogical().Value + VectorAlignment - 1) / VectorAlignment * VectorAlignment;
        long first = new LogicalAddress(logical).ToPhysical().Value;
        byte[] stored = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(plain.Length)), Stored(plain, first));
        if (logical == 0)
        {
            WriteMark(stored);
            Version(plain).CopyTo(stored, VersionOffset);
        }
        // A multiple of 512 logical bytes is a page boundary, and may lie pages behind the first of the partition.
        byte[] pages = ToPages(stored);
        long gap = first - range.Start;
        if (gap + pages.Length > range.Length)
        {
            throw new ImageGuardException(FindingCode.BuildNoRoom, FormattableString.Invariant(
                $"the bootloader takes 0x{gap + pages.Length:x} bytes of flash with its page CRCs, its partition has 0x{range.Length:x}"), range.Start);
        }
        byte[] data = ByteRuns.Erased(gap + pages.Length);
        pages.CopyTo(data, (int)gap);
        return data;
    }

    private byte[] Control(SecurePackagePart part, FlashRange range)
    {
        byte[] plain = ByteRuns.Erased(ControlLength);
        if (part.File is { } given)
        {
            plain = given.ToArray();
        }
        else
        {
            var loader = parts.FirstOrDefault(candidate => candidate.Partition == Loader)?.File ?? throw new BekenImageException(
                FindingCode.BuildPartMissing, "bl1_control is made of the first 64 bytes of bl2, and there is no file for bl2");
            loader.Span.Slice(0, Math.Min(ControlVectors, loader.Length)).CopyTo(plain);
        }
        byte[] stored = Stored(plain, range.Start);
        WriteMark(stored);
        return Raw(ToPages(stored), range);
    }

    private byte[] Encrypted(byte[] plain, FlashRange range)
    {
        var keyLine = source.Partitions.FirstOrDefault(line => line is { IsCode: false, SubType: "nvs_key" });
        var file = parts.FirstOrDefault(part => part.Partition == keyLine?.Name)?.File ?? throw new BekenImageException(FindingCode.BuildPartMissing,
            "the partition is marked 'encrypted', and there is no file for the partition with its key (nvs_key)");
        if (!NvsKeyRecord.TryRead(file.Span, out var key) || !key.CrcOk)
            throw new BekenImageException(FindingCode.NvsKeyCrc, $"the file for '{keyLine!.Name}' holds no key whose CRC fits");
        if (plain.Length % 16 != 0)
        {
            throw new BekenImageException(FindingCode.BuildPartUnfit, FormattableString.Invariant(
                $"it has {plain.Length} bytes; what is encrypted is a multiple of 16, and how the vendor's tool fills it up is not known"));
        }
        return ByteRuns.Erased(range.Length, Raw(key.Encrypt(plain), range));
    }

    private static byte[] Raw(byte[] file, FlashRange range) => file.Length <= range.Length ? file : throw new ImageGuardException(
        FindingCode.BuildNoRoom, FormattableString.Invariant($"it has 0x{file.Length:x} bytes, its partition 0x{range.Length:x}"), range.Start);

    private static byte[] FileOf(SecurePackagePart part) => part.File?.ToArray() ??
        throw new BekenImageException(FindingCode.BuildPartMissing, $"there is no file for the partition '{part.Partition}'");

    private static void WriteMark(byte[] stored)
    {
        if (stored.Length < VersionOffset + VersionSize)
            throw new BekenImageException(FindingCode.BuildPartUnfit, "it is too short for a bootloader: the chip's mark stands at 0x100");
        "BK7236\0"u8.CopyTo(stored.AsSpan(ArminoSigns.MarkOffset));
    }

    private byte[] Version(byte[] plain)
    {
        if (options.BootloaderVersion is not { } text)
            return plain.AsSpan(VersionOffset, VersionSize).ToArray();
        string[] numbers = text.Split('.');
        var version = new byte[VersionSize];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i == VersionSize || !byte.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out version[i]))
            {
                throw new BekenImageException(FindingCode.HeaderTextTooLong,
                    $"the bootloader's version is up to four numbers below 256, such as 1.2.3, not '{text}'");
            }
        }
        return version;
    }
}

using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Ug;

namespace BekenImage.Fuzz.Engine;

/// <summary>Checksums made right again in changed inputs. What it cannot find it leaves.</summary>
internal static class Seals
{
    /// <summary>The CRC-16 of every page of 34 bytes that is not erased.</summary>
    public static void Pages(Span<byte> bytes)
    {
        for (; bytes.Length >= FlashPages.PageSize; bytes = bytes[FlashPages.PageSize..])
        {
            if (bytes[..FlashPages.PageSize].ContainsAnyExcept((byte)0xFF))
                BinaryPrimitives.WriteUInt16BigEndian(bytes[FlashPages.DataSize..], Crc16Cms.Compute(bytes[..FlashPages.DataSize]));
        }
    }

    /// <summary>An RBL header, and the CRC of the package behind it.</summary>
    public static void Rbl(Span<byte> bytes)
    {
        if (bytes.Length < 96)
            return;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x58..]);
        if (size <= bytes.Length - 96)
            Word(bytes, 0x4C, Crc32.Compute(bytes.Slice(96, (int)size)));
        Word(bytes, 0x5C, Crc32.Compute(bytes[..0x5C]));
    }

    /// <summary>Partition table entries that have a CRC.</summary>
    public static void Fal(Span<byte> bytes)
    {
        for (int at = 0; at + 64 <= bytes.Length;)
        {
            int found = bytes[at..].IndexOf("01PE"u8);
            if (found < 0 || at + found + 64 > bytes.Length)
                return;
            var entry = bytes.Slice(at + found, 64);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry[0x3C..]) is not (0 or uint.MaxValue))
                Word(entry, 0x3C, Crc32.Compute(entry[..0x3C]));
            at += found + 64;
        }
    }

    /// <summary>OpenBeken's configuration.</summary>
    public static void Obk(Span<byte> bytes)
    {
        if (bytes.Length < 8)
            return;
        int length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) <= 3 ? 2016 : 3584;
        if (bytes.Length >= length)
            bytes[3] = ObkChecksum.Compute(bytes[4..length]);
    }

    /// <summary>The entries of an EasyFlash store.</summary>
    public static void EasyFlash(Span<byte> bytes)
    {
        for (int at = 0; at < bytes.Length - 24;)
        {
            int found = bytes[at..].IndexOf("KV40"u8);
            if (found < 4 || at + found + 20 > bytes.Length)
                return;
            var entry = bytes[(at + found - 4)..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            if (length is > 24 and <= 4096 && length <= entry.Length)
                Word(entry, 12, Crc32.Compute(entry[16..(int)length]));
            at += found + 4;
        }
    }

    /// <summary>The commits of every block of a LittleFS volume with blocks of 4096.</summary>
    public static void LittleFs(Span<byte> bytes)
    {
        for (int block = 0; block + 16 <= bytes.Length; block += 4096)
            Log(bytes[block..Math.Min(bytes.Length, block + 4096)]);
    }

    /// <summary>The sums of Tuya's sectors, deciphered.</summary>
    public static void TuyaSums(Span<byte> bytes)
    {
        for (int at = 0; at + 4096 <= bytes.Length; at += 4096)
        {
            uint sum = 0;
            foreach (byte value in bytes.Slice(at + 8, 4088))
                sum += value;
            Word(bytes, at + 4, sum);
        }
    }

    /// <summary>A download package of the boot ROM: its images, its header.</summary>
    public static void Download(Span<byte> bytes)
    {
        if (bytes.Length < 32)
            return;
        int count = BinaryPrimitives.ReadUInt16BigEndian(bytes[0x12..]);
        int end = 32 + 32 * count;
        for (int at = 32; at < end && at + 32 <= bytes.Length; at += 32)
        {
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 0x0C)..]), length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 0x10)..]);
            if (offset >= end && offset <= bytes.Length && length <= bytes.Length - offset)
                BinaryPrimitives.WriteUInt32BigEndian(bytes[(at + 0x14)..], Crc32.ComputeRom(bytes.Slice((int)offset, (int)length)));
        }
        if (end <= bytes.Length)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Crc32.ComputeRom(bytes[12..end]));
    }

    /// <summary>An update package for MCUboot.</summary>
    public static void McuUpdate(Span<byte> bytes)
    {
        if (bytes.Length < 32)
            return;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[McuUpdatePackage.CountOffset..]);
        int end = 32 + 32 * count, body = end;
        for (int at = 32; at < end && at + 32 <= bytes.Length; at += 32)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            if (body > bytes.Length || length > bytes.Length - body)
                break;
            Word(bytes, at + 0x0C, Crc32.ComputeRom(bytes.Slice(body, (int)length)));
            body += (int)length;
        }
        if (end <= bytes.Length)
        {
            int from = McuUpdatePackage.CounterOffset;
            Word(bytes, McuUpdatePackage.CrcOffset, Crc32.ComputeRom(bytes[from..end]));
        }
    }

    /// <summary>The trailer of a UA package.</summary>
    public static void Ua(Span<byte> bytes)
    {
        if (bytes.Length < 64)
            return;
        int body = bytes.Length - 64;
        BinaryPrimitives.WriteInt32BigEndian(bytes[(body + 0x1C)..], body);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[(body + 0x20)..], Crc32.Compute(bytes[..body]));
    }

    /// <summary>The sums of a UG package.</summary>
    public static void Ug(Span<byte> bytes)
    {
        if (bytes.Length < UgHeader.Size)
            return;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[UgHeader.BodyLengthOffset..]);
        int from = UgHeader.Size;
        if (length <= bytes.Length - from)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[UgHeader.BodySumOffset..], UgHeader.Sum(bytes.Slice(from, (int)length)));
        int sum = UgHeader.HeaderSumOffset;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[sum..], UgHeader.Sum(bytes[..sum]));
    }

    // Tags are XORed with those before them; a commit ends with a tag whose four bytes are the CRC of all since the one before it.
    private static void Log(Span<byte> block)
    {
        uint previous = uint.MaxValue;
        int start = 0;
        for (int at = 4; at + 8 <= block.Length;)
        {
            uint tag = BinaryPrimitives.ReadUInt32BigEndian(block[at..]) ^ previous;
            if ((tag & 0x80000000) != 0)
                return;
            int size = (tag & 0x3FF) == 0x3FF ? 0 : (int)(tag & 0x3FF);
            bool isCrc = (tag >> 28 & 7) == 5;
            previous = tag;
            if (isCrc)
            {
                Word(block, at + 4, Crc32.Append(uint.MaxValue, block[start..(at + 4)]));
                previous ^= (tag >> 20 & 1) << 31;
                start = at + 4 + size;
            }
            at += 4 + size;
        }
    }

    private static void Word(Span<byte> bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);
}

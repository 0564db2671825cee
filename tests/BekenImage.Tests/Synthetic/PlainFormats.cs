using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>A flash key as the four words it is written in.</summary>
internal sealed record SyntheticKey(string Name, uint K0, uint K1, uint K2, uint K3)
{
    public static SyntheticKey Zero { get; } = new("zero", 0, 0, 0, 0);

    public static SyntheticKey Tuya { get; } = new("tuya", 0x510FB093, 0xA3CBEADC, 0x5993A17E, 0xC7ADEB03);

    public static SyntheticKey Uascent { get; } = new("uascent", 0x4862379A, 0x8612784B, 0x85C5E258, 0x75754528);

    /// <summary>All four stages on, every selector in use: the format notes' "s15=2 s16=1 s32=3 b=1".</summary>
    public static SyntheticKey Custom { get; } = new("custom", 0x510FB093, 0xA3CBEADC, 0x5993A17E, 0x47001950);

    public string Words => FormattableString.Invariant($"{K0:x8} {K1:x8} {K2:x8} {K3:x8}");
}

/// <summary>
/// The formats of Beken images written a second time, plainly and without the library, from the format notes: what the library reads and
/// writes is judged by this.
/// </summary>
internal static class PlainFormats
{
    public const int PageData = 32;
    public const int Page = 34;
    public const int HeaderPages = 102;

    // ---- checksums, bit by bit -----------------------------------------------------------------------------------------------------

    public static ushort Crc16(ReadOnlySpan<byte> data)
    {
        int crc = 0xFFFF;
        foreach (byte value in data)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                int carry = (crc >> 15 ^ value >> bit) & 1;
                crc = crc << 1 & 0xFFFF;
                if (carry != 0)
                    crc ^= 0x8005;
            }
        }
        return (ushort)crc;
    }

    public static uint Crc32(params byte[][] parts)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte[] part in parts)
        {
            foreach (byte value in part)
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                    crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }
        return ~crc;
    }

    public static uint Fnv(byte[] data)
    {
        ulong hash = 0x811C9DC5;
        foreach (byte value in data)
            hash = (hash ^ value) * 0x01000193 % 0x1_0000_0000;
        return (uint)hash;
    }

    // ---- cipher --------------------------------------------------------------------------------------------------------------------

    /// <summary>Enciphers or deciphers bytes that begin at a logical address (a multiple of 4).</summary>
    public static byte[] Cipher(SyntheticKey key, uint logical, ReadOnlySpan<byte> bytes)
    {
        byte[] result = bytes.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            uint at = logical + (uint)i;
            result[i] ^= (byte)(Keystream(key, at & ~3u) >> (int)(8 * (at & 3)));
        }
        return result;
    }

    // Format notes 2.1, equation by equation.
    private static uint Keystream(SyntheticKey key, uint a)
    {
        uint top = key.K3 >> 24;
        if (top is 0x00 or 0xFF)
            return 0;
        uint stream = 0;
        if ((key.K3 >> 0 & 1) == 0)
        {
            uint high = a >> 16, low = a & 0xFFFF;
            if ((key.K3 >> 6 & 1) != 0)
                high = (high & 0xFF) << 8 | high >> 8;
            if ((key.K3 >> 5 & 1) != 0)
                low = (low & 0xFF) << 8 | low >> 8;
            uint x = high ^ low ^ key.K1 >> 16;
            stream ^= (Ror(x, 7, 16) ^ (0x6371 & 0x1111 * (x >> 5 & 15))) << 16;
        }
        if ((key.K3 >> 1 & 1) == 0)
        {
            uint x = (a >> (int)(key.K3 >> 8 & 3) & 0x1FFFF) ^ ((key.K1 >> 8 & 0xFF) << 9 | (key.K3 >> 4 & 1) << 8 | key.K1 & 0xFF);
            uint m = (x >> 1 & 1) * 8 + (x >> 5 & 1) * 4 + (x >> 9 & 1) * 2 + (x >> 13 & 1);
            stream ^= (Ror(x, 10, 17) ^ (0x13659 & ((x >> 4 & 1) << 16 | 0x1111 * m))) & 0xFFFF;
        }
        if ((key.K3 >> 2 & 1) == 0)
        {
            uint x = Ror(a, (int)(8 * (key.K3 >> 11 & 3)), 32) ^ key.K0;
            stream ^= Ror(x, 15, 32) ^ (0xE519A4F1 & 0x11111111 * (x >> 2 & 15));
        }
        return (key.K3 >> 3 & 1) == 0 ? stream ^ key.K2 : stream;
    }

    private static uint Ror(uint value, int count, int width)
    {
        ulong doubled = (ulong)value << width | value;
        return (uint)(doubled >> count & (1UL << width) - 1);
    }

    // ---- pages ---------------------------------------------------------------------------------------------------------------------

    /// <summary>Pages of stored bytes, the last filled up with 0xFF.</summary>
    public static byte[] Pages(byte[] stored)
    {
        var pages = new List<byte>();
        for (int at = 0; at < stored.Length; at += PageData)
        {
            var data = Enumerable.Repeat((byte)0xFF, PageData).ToArray();
            Array.Copy(stored, at, data, 0, Math.Min(PageData, stored.Length - at));
            ushort crc = Crc16(data);
            pages.AddRange(data);
            pages.Add((byte)(crc >> 8));
            pages.Add((byte)crc);
        }
        return pages.ToArray();
    }

    /// <summary>The data of pages, and how many had a wrong CRC (an erased page counts as wrong here: a bootloader cannot run it).</summary>
    public static byte[] Strip(ReadOnlySpan<byte> pages, out int wrong)
    {
        wrong = 0;
        int count = pages.Length / Page;
        var data = new byte[count * PageData];
        for (int i = 0; i < count; i++)
        {
            var page = pages.Slice(i * Page, Page);
            page.Slice(0, PageData).CopyTo(data.AsSpan(i * PageData));
            if (Crc16(page.Slice(0, PageData)) != (page[32] << 8 | page[33]))
                wrong++;
        }
        return data;
    }

    public static int ToPhysical(uint logical) => (int)(logical / PageData * Page + logical % PageData);

    // ---- RBL -----------------------------------------------------------------------------------------------------------------------

    /// <summary>The header of stored bytes in flash: CRC over bytes and virtual padding, hash over the bytes alone.</summary>
    public static byte[] Header(
        byte[] stored, string name, string version, uint timestamp, int? padding = null, uint algorithm = 0, byte[]? package = null, byte junk = 0)
    {
        int n = padding ?? 16 - stored.Length % 16;
        var header = new byte[96];
        "RBL\0"u8.CopyTo(header);
        Put(header, 0x04, algorithm);
        Put(header, 0x08, timestamp);
        PutText(header, 0x0C, 16, name, junk);
        PutText(header, 0x1C, 24, version, junk);
        PutText(header, 0x34, 24, new string('0', 23), 0);
        Put(header, 0x4C, package is null ? Crc32(stored, Enumerable.Repeat((byte)n, n).ToArray()) : Crc32(package));
        Put(header, 0x50, Fnv(stored));
        Put(header, 0x54, (uint)stored.Length);
        Put(header, 0x58, package is null ? (uint)(stored.Length + n) : (uint)package.Length);
        Put(header, 0x5C, Crc32(header.AsSpan(0, 0x5C).ToArray()));
        return header;
    }

    /// <summary>A container of a section: pages, 0xFF, header pages at its physical end.</summary>
    public static byte[] Container(byte[] stored, byte[] header, int sectionLength)
    {
        var section = Enumerable.Repeat((byte)0xFF, sectionLength).ToArray();
        byte[] pages = Pages(stored);
        if (pages.Length > sectionLength - HeaderPages)
            throw new InvalidOperationException("The payload does not fit the section.");
        pages.CopyTo(section, 0);
        Pages(header).CopyTo(section, sectionLength - HeaderPages);
        return section;
    }

    /// <summary>An update package: header, then a body with its padding; here neither compressed nor encrypted.</summary>
    public static byte[] UpdatePackage(byte[] plainApp, uint algorithm = 0, byte[]? body = null)
    {
        int n = 16 - plainApp.Length % 16;
        byte[] package = body ?? [.. plainApp, .. Enumerable.Repeat((byte)n, n)];
        return [.. Header(plainApp, "app", "-o", 1636438965, algorithm: algorithm, package: package), .. package];
    }

    // ---- FAL -----------------------------------------------------------------------------------------------------------------------

    public static byte[] FalEntry(string name, string flash, uint offset, uint length, bool withCrc)
    {
        var entry = new byte[64];
        "01PE"u8.CopyTo(entry);
        PutText(entry, 0x04, 24, name, 0);
        PutText(entry, 0x1C, 24, flash, 0);
        Put(entry, 0x34, offset);
        Put(entry, 0x38, length);
        if (withCrc)
            Put(entry, 0x3C, Crc32(entry.AsSpan(0, 0x3C).ToArray()));
        return entry;
    }

    public static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));

    public static void Put(byte[] bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);

    private static void PutText(byte[] bytes, int offset, int size, string text, byte junk)
    {
        var characters = Encoding.ASCII.GetBytes(text);
        int count = Math.Min(size, characters.Length);
        Array.Copy(characters, 0, bytes, offset, count);
        for (int i = count + 1; i < size; i++)
            bytes[offset + i] = junk;
    }
}

using BekenImage.Crypto;

namespace BekenImage.Benchmarks;

/// <summary>
/// The comparison: how a straightforward tool does it. The keystream is put together for every word, the CRC is shifted bit by bit, and
/// each step makes a new array.
/// </summary>
internal static class BitwiseTool
{
    public static byte[] Cipher(byte[] source, BekenKey key, uint address)
    {
        var result = new byte[source.Length];
        for (int i = 0; i + 4 <= source.Length; i += 4)
        {
            uint word = BitConverter.ToUInt32(source, i) ^ Keystream(key, address + (uint)i);
            result[i] = (byte)word;
            result[i + 1] = (byte)(word >> 8);
            result[i + 2] = (byte)(word >> 16);
            result[i + 3] = (byte)(word >> 24);
        }
        return result;
    }

    public static int CountBadPages(byte[] pages)
    {
        int bad = 0;
        for (int start = 0; start + 34 <= pages.Length; start += 34)
        {
            if (Crc(pages, start) != (pages[start + 32] << 8 | pages[start + 33]))
                bad++;
        }
        return bad;
    }

    public static byte[] Decode(byte[] pages, BekenKey key, uint address)
    {
        if (CountBadPages(pages) != 0)
            throw new InvalidOperationException("The benchmark's own pages are bad.");
        var stored = new byte[pages.Length / 34 * 32];
        for (int page = 0; page < pages.Length / 34; page++)
            Array.Copy(pages, page * 34, stored, page * 32, 32);
        return Cipher(stored, key, address);
    }

    public static byte[] Encode(byte[] data, BekenKey key, uint address)
    {
        byte[] stored = Cipher(data, key, address);
        var pages = new byte[data.Length / 32 * 34];
        for (int page = 0; page < data.Length / 32; page++)
        {
            Array.Copy(stored, page * 32, pages, page * 34, 32);
            int crc = Crc(stored, page * 32);
            pages[page * 34 + 32] = (byte)(crc >> 8);
            pages[page * 34 + 33] = (byte)crc;
        }
        return pages;
    }

    private static int Crc(byte[] bytes, int start)
    {
        int crc = 0xFFFF;
        for (int i = start; i < start + 32; i++)
        {
            crc ^= bytes[i] << 8;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1;
        }
        return crc;
    }

    private static uint Keystream(BekenKey key, uint address)
    {
        uint control = key.Coefficient3;
        if (control >> 24 is 0 or 0xFF)
            return 0;
        uint result = (control & 8) == 0 ? key.Coefficient2 : 0;
        if ((control & 4) == 0)
            result ^= Register(RotateRight(address, 8 * (int)(control >> 11 & 3), 32) ^ key.Coefficient0, 32, 15, 0xE519A4F1, [2, 3, 4, 5]);
        if ((control & 2) == 0)
        {
            uint key17 = (key.Coefficient1 >> 8 & 0xFF) << 9 | (control >> 4 & 1) << 8 | key.Coefficient1 & 0xFF;
            result ^= Register(address >> (int)(control >> 8 & 3) & 0x1FFFF ^ key17, 17, 10, 0x3659, [13, 9, 5, 1]) & 0xFFFF;
        }
        if ((control & 1) == 0)
        {
            uint high = RotateRight(address >> 16, (control & 0x40) != 0 ? 8 : 0, 16);
            uint low = RotateRight(address & 0xFFFF, (control & 0x20) != 0 ? 8 : 0, 16);
            result ^= Register(high ^ low ^ key.Coefficient1 >> 16, 16, 7, 0x6371, [5, 6, 7, 8]) << 16;
        }
        return result;
    }

    // One stage: rotate, and where a tap's mask has a bit, add the tap.
    private static uint Register(uint x, int width, int rotation, uint mask, ReadOnlySpan<int> taps)
    {
        uint result = RotateRight(x, rotation, width);
        for (int bit = 0; bit < width; bit++)
        {
            if ((mask >> bit & 1) != 0)
                result ^= (x >> taps[bit % 4] & 1) << bit;
        }
        return result;
    }

    private static uint RotateRight(uint value, int count, int width) => count == 0
        ? value
        : (value >> count | value << width - count) & (width == 32 ? uint.MaxValue : (1u << width) - 1);
}

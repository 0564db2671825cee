using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>
/// Pages and cipher once more, bit by bit and from the tables of the format notes instead of from the library. Slow on purpose.
/// </summary>
internal static class PlainReference
{
    /// <summary>One bit of the keystream word of an aligned address, in the notes' terms: x[i] is bit i, rotations are index sums.</summary>
    public static int KeystreamBit(BekenKey key, uint address, int i)
    {
        int gate = (int)(key.Coefficient3 >> 24);
        if (gate is 0 or 255)
            return 0;
        int A(int bit) => bit < 2 || bit > 31 ? 0 : (int)(address >> bit) & 1;
        int K0(int bit) => (int)(key.Coefficient0 >> bit) & 1;
        int K1(int bit) => (int)(key.Coefficient1 >> bit) & 1;
        int K2(int bit) => (int)(key.Coefficient2 >> bit) & 1;
        int K3(int bit) => (int)(key.Coefficient3 >> bit) & 1;
        int Mask(long mask, int bit) => (int)(mask >> bit) & 1;

        int sum = 0;
        if (K3(3) == 0)
            sum ^= K2(i);
        if (K3(2) == 0)
        {
            int rotation = 8 * (K3(11) + 2 * K3(12));
            int X(int bit) => A((bit + rotation) % 32) ^ K0(bit);
            sum ^= X((i + 15) % 32) ^ Mask(0xE519A4F1, i) & X(2 + i % 4);
        }
        if (K3(1) == 0 && i < 16)
        {
            int shift = K3(8) + 2 * K3(9);
            int Key17(int bit) => bit < 8 ? K1(bit) : bit == 8 ? K3(4) : K1(bit - 1);
            int X(int bit) => A(bit + shift) ^ Key17(bit);
            sum ^= X((i + 10) % 17) ^ Mask(0x13659, i) & X(13 - 4 * (i % 4));
        }
        if (K3(0) == 0 && i >= 16)
        {
            int j = i - 16;
            int Low(int bit) => A(K3(5) == 1 ? bit ^ 8 : bit);
            int High(int bit) => A(16 + (K3(6) == 1 ? bit ^ 8 : bit));
            int X(int bit) => Low(bit) ^ High(bit) ^ K1(16 + bit);
            sum ^= X((j + 7) % 16) ^ Mask(0x6371, j) & X(5 + j % 4);
        }
        return sum;
    }

    public static uint Keystream(BekenKey key, uint address)
    {
        uint word = 0;
        for (int i = 0; i < 32; i++)
            word |= (uint)KeystreamBit(key, address, i) << i;
        return word;
    }

    public static byte[] Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source)
    {
        var result = source.ToArray();
        uint held = 0;
        uint word = 0;
        for (int i = 0; i < result.Length; i++)
        {
            uint address = unchecked(logicalAddress + (uint)i);
            if (i == 0 || address / 4 != held)
                word = Keystream(key, address);
            held = address / 4;
            result[i] ^= BitConverter.GetBytes(word)[address % 4];
        }
        return result;
    }

    /// <summary>The CRC as long division of the message polynomial, one bit after the other.</summary>
    public static int Crc(ReadOnlySpan<byte> data)
    {
        int register = 0xFFFF;
        foreach (byte value in data)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                bool carry = register >> 15 != (value >> bit & 1);
                register = register << 1 & 0xFFFF;
                if (carry)
                    register ^= 0x8005;
            }
        }
        return register;
    }

    public static byte[] Encode(ReadOnlySpan<byte> data, BekenKey key, uint logicalAddress)
    {
        var stored = Apply(key, logicalAddress, data);
        var pages = new List<byte>();
        foreach (var page in stored.Chunk(32))
        {
            int crc = Crc(page);
            pages.AddRange(page);
            pages.Add((byte)(crc / 256));
            pages.Add((byte)(crc % 256));
        }
        return pages.ToArray();
    }

    public static (byte[] Data, PageScan Scan) Decode(ReadOnlySpan<byte> pages, BekenKey key, uint logicalAddress)
    {
        var data = new List<byte>();
        var states = new List<char>();
        foreach (var page in pages.ToArray().Chunk(34))
        {
            var stored = page.Take(32).ToArray();
            uint address = unchecked(logicalAddress + (uint)data.Count);
            bool erased = page.All(value => value == 255);
            states.Add(erased ? 'e' : Crc(stored) == page[32] * 256 + page[33] ? 'v' : 'b');
            data.AddRange(erased ? stored : Apply(key, address, stored));
        }
        return (data.ToArray(), new PageScan(states.Count(state => state == 'v'), states.Count(state => state == 'e'),
            states.Count(state => state == 'b'), states.IndexOf('b'), states.TakeWhile(state => state == 'v').Count()));
    }
}

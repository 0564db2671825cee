namespace BekenImage.Crypto;

/// <summary>AES-128 on single blocks, as FIPS-197 writes it: the definition that <see cref="AesFlashCipher"/> is checked against.</summary>
/// <remarks>
/// Also the one key schedule of all kernels. The table look-ups take a time that depends on the key; what computes on files has no one to
/// hide that from.
/// </remarks>
internal sealed class Aes128
{
    public const int KeySize = 16;
    public const int BlockSize = 16;
    public const int Rounds = 10;

    /// <summary>Bytes of the round keys: one for each round and one before the first.</summary>
    public const int ScheduleSize = (Rounds + 1) * BlockSize;

    // x^8 = x^4 + x^3 + x + 1.
    private const int Reduction = 0x1B;

    private static readonly byte[] SBox = MakeSBox();
    private static readonly byte[] InverseSBox = Inverse(SBox);

    private readonly byte[] _schedule;

    /// <summary>Takes a key.</summary>
    /// <param name="key">16 bytes, checked by the caller.</param>
    public Aes128(ReadOnlySpan<byte> key) => _schedule = Expand(key);

    /// <summary>Enciphers one block; the destination may be the source itself.</summary>
    public void Encrypt(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var state = (stackalloc byte[BlockSize]);
        source.Slice(0, BlockSize).CopyTo(state);
        AddRoundKey(state, 0);
        for (int round = 1; round <= Rounds; round++)
        {
            Substitute(state, SBox);
            ShiftRows(state, 1);
            if (round < Rounds)
                MixColumns(state, 2, 3, 1, 1);
            AddRoundKey(state, round);
        }
        state.CopyTo(destination);
    }

    /// <summary>Deciphers one block; the destination may be the source itself.</summary>
    public void Decrypt(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var state = (stackalloc byte[BlockSize]);
        source.Slice(0, BlockSize).CopyTo(state);
        for (int round = Rounds; round >= 1; round--)
        {
            AddRoundKey(state, round);
            if (round < Rounds)
                MixColumns(state, 14, 11, 13, 9);
            ShiftRows(state, 3);
            Substitute(state, InverseSBox);
        }
        AddRoundKey(state, 0);
        state.CopyTo(destination);
    }

    /// <summary>The round keys in the order of encryption.</summary>
    public static byte[] Expand(ReadOnlySpan<byte> key)
    {
        var words = new byte[ScheduleSize];
        key.Slice(0, KeySize).CopyTo(words);
        int constant = 1;
        for (int i = KeySize; i < ScheduleSize; i += 4)
        {
            byte t0 = words[i - 4], t1 = words[i - 3], t2 = words[i - 2], t3 = words[i - 1];
            if (i % KeySize == 0)
            {
                (t0, t1, t2, t3) = ((byte)(SBox[t1] ^ constant), SBox[t2], SBox[t3], SBox[t0]);
                constant = Double(constant);
            }
            words[i] = (byte)(words[i - KeySize] ^ t0);
            words[i + 1] = (byte)(words[i - KeySize + 1] ^ t1);
            words[i + 2] = (byte)(words[i - KeySize + 2] ^ t2);
            words[i + 3] = (byte)(words[i - KeySize + 3] ^ t3);
        }
        return words;
    }

    /// <summary>
    /// The round keys of the equivalent inverse cipher (FIPS-197, 5.3.5) in the order of decryption: what the processors' instructions
    /// take.
    /// </summary>
    public static byte[] InvertSchedule(ReadOnlySpan<byte> schedule)
    {
        var inverse = new byte[ScheduleSize];
        for (int round = 0; round <= Rounds; round++)
        {
            var roundKey = inverse.AsSpan(round * BlockSize, BlockSize);
            schedule.Slice((Rounds - round) * BlockSize, BlockSize).CopyTo(roundKey);
            if (round is > 0 and < Rounds)
                MixColumns(roundKey, 14, 11, 13, 9);
        }
        return inverse;
    }

    private void AddRoundKey(Span<byte> state, int round)
    {
        for (int i = 0; i < BlockSize; i++)
            state[i] ^= _schedule[round * BlockSize + i];
    }

    private static void Substitute(Span<byte> state, byte[] box)
    {
        for (int i = 0; i < BlockSize; i++)
            state[i] = box[state[i]];
    }

    /// <summary>Row r (bytes r, r + 4, r + 8, r + 12) moves left by r columns, <paramref name="times"/> times.</summary>
    private static void ShiftRows(Span<byte> state, int times)
    {
        var old = (stackalloc byte[BlockSize]);
        state.CopyTo(old);
        for (int i = 0; i < BlockSize; i++)
            state[i] = old[(i + 4 * (i % 4) * times) % BlockSize];
    }

    /// <summary>Every column times the circulant matrix whose first row is given.</summary>
    private static void MixColumns(Span<byte> state, int m0, int m1, int m2, int m3)
    {
        for (int i = 0; i < BlockSize; i += 4)
        {
            byte s0 = state[i], s1 = state[i + 1], s2 = state[i + 2], s3 = state[i + 3];
            state[i] = (byte)(Multiply(m0, s0) ^ Multiply(m1, s1) ^ Multiply(m2, s2) ^ Multiply(m3, s3));
            state[i + 1] = (byte)(Multiply(m3, s0) ^ Multiply(m0, s1) ^ Multiply(m1, s2) ^ Multiply(m2, s3));
            state[i + 2] = (byte)(Multiply(m2, s0) ^ Multiply(m3, s1) ^ Multiply(m0, s2) ^ Multiply(m1, s3));
            state[i + 3] = (byte)(Multiply(m1, s0) ^ Multiply(m2, s1) ^ Multiply(m3, s2) ^ Multiply(m0, s3));
        }
    }

    private static int Double(int a) => (a << 1 & 0xFF) ^ (a >> 7) * Reduction;

    private static int Multiply(int a, int b)
    {
        int product = 0;
        for (; a != 0; a >>= 1, b = Double(b))
            product ^= (a & 1) * b;
        return product;
    }

    /// <summary>The inverse in GF(2^8), then the affine map of FIPS-197, 5.1.1.</summary>
    private static byte[] MakeSBox()
    {
        var box = new byte[256];
        box[0] = 0x63;
        // 3 generates the group, so 3^n and 3^(255 - n) are inverses.
        int power = 1;
        var powers = new int[255];
        for (int n = 0; n < powers.Length; n++, power = Multiply(3, power))
            powers[n] = power;
        for (int n = 0; n < powers.Length; n++)
        {
            int b = powers[(255 - n) % 255];
            int twice = b << 8 | b;
            box[powers[n]] = (byte)(b ^ twice >> 7 ^ twice >> 6 ^ twice >> 5 ^ twice >> 4 ^ 0x63);
        }
        return box;
    }

    private static byte[] Inverse(byte[] box)
    {
        var inverse = new byte[256];
        for (int i = 0; i < box.Length; i++)
            inverse[box[i]] = (byte)i;
        return inverse;
    }
}

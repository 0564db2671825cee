using System.Buffers.Binary;

namespace BekenImage.Tests.Crypto;

/// <summary>Programs made up for the tests: vectors as every Beken program has them, then functions of ARM and Thumb instructions.</summary>
internal static class KeyRecoverySyntheticCode
{
    private static readonly uint[] ArmCommon =
    [
        0xe3a00000, 0xe3a01000, 0xe3a02000, 0xe3a03000, 0xe1a00004, 0xe1a01000, 0xe1a02000, 0xe1a04000, 0xe1a05001, 0xe12fff1e,
        0xe3500000, 0xe3530000, 0xe92d4010, 0xe92d4070, 0xe92d41f0, 0xe8bd4010, 0xe8bd8070, 0xe5943000, 0xe5940000, 0xe5843000,
        0xe5d43000, 0xe5c43000, 0xe59f3010, 0xe59f0014, 0xe59f1018, 0xe2844001, 0xe24dd008, 0xe28dd008, 0xe3a00001, 0xe1a00005,
    ];

    private static readonly ushort[] ThumbCommon =
    [
        0x2800, 0x2000, 0x2001, 0x2300, 0x2301, 0x2100, 0x2101, 0x2200, 0x2b00, 0x1c20, 0x1c28, 0x1c05, 0x1c04, 0x1c0c, 0x1c01, 0x1c02,
        0x46c0, 0x4770, 0xb510, 0xb5f0, 0xb570, 0xbd10, 0xbdf0, 0xbd70, 0xd001, 0xd000, 0xd100, 0xd101, 0xe000, 0x6823, 0x6820, 0x6023,
        0x681b, 0x7823, 0x7023, 0x9b00, 0x9b01, 0x9300, 0x9301, 0xb082, 0xb002, 0x18c0, 0x18e3, 0x0600, 0x0e00, 0x0400, 0x0c00, 0x3301,
    ];

    /// <summary>A program of some length, a multiple of 32, that begins with its vector table.</summary>
    public static byte[] Program(int length, uint address, int seed)
    {
        var random = new Random(seed);
        byte[] program = Code(length, random);
        Put(program, 0, 0xEA00000E + (uint)random.Next(64));
        for (int i = 1; i <= 7; i++)
            Put(program, i, 0xE59FF014);
        for (int i = 8; i <= 14; i++)
            Put(program, i, address + 0x200 + (uint)random.Next(64) * 32);
        Put(program, 15, 0xDEADBEEF);
        return program;
    }

    /// <summary>Code without vectors.</summary>
    public static byte[] Code(int length, Random random)
    {
        var code = new byte[length];
        for (int at = 0; at < length;)
        {
            int end = Math.Min(length, at + 32 + random.Next(24) * 8);
            if (random.Next(3) == 0)
                Arm(code.AsSpan(at, end - at), random);
            else
                Thumb(code.AsSpan(at, end - at), random);
            at = end;
        }
        return code;
    }

    public static void Put(byte[] bytes, int word, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word * 4), value);

    private static void Arm(Span<byte> function, Random random)
    {
        for (int i = 0; i + 4 <= function.Length; i += 4)
        {
            uint instruction = random.Next(8) switch
            {
                0 => 0xEBFF0000 | (uint)random.Next(0xF000, 0x10000),
                1 => 0xE5900000 | (uint)random.Next(16) << 16 | (uint)random.Next(16) << 12 | (uint)random.Next(16) * 4,
                2 => 0x0A000000 | (uint)random.Next(32),
                3 => 0x00400000 | (uint)random.Next(0x1000) * 4,
                _ => ArmCommon[Skewed(random, ArmCommon.Length)],
            };
            BinaryPrimitives.WriteUInt32LittleEndian(function.Slice(i), instruction);
        }
    }

    private static void Thumb(Span<byte> function, Random random)
    {
        for (int i = 0; i + 2 <= function.Length; i += 2)
        {
            if (random.Next(10) == 0 && i + 4 <= function.Length)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(function.Slice(i), (ushort)(random.Next(3) == 0 ? 0xF7FF : 0xF000 + random.Next(64)));
                i += 2;
                BinaryPrimitives.WriteUInt16LittleEndian(function.Slice(i), (ushort)(0xF800 + random.Next(0x800)));
                continue;
            }
            ushort instruction = random.Next(4) == 0
                ? (ushort)(0x6800 + random.Next(0x800))
                : ThumbCommon[Skewed(random, ThumbCommon.Length)];
            BinaryPrimitives.WriteUInt16LittleEndian(function.Slice(i), instruction);
        }
    }

    // Code is skewed: the first of a list come most often.
    private static int Skewed(Random random, int count)
    {
        double share = random.NextDouble();
        return (int)(share * share * count);
    }
}

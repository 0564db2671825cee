using System.Buffers.Binary;

namespace BekenImage.Boot.Tests.Cpu.Vectors;

/// <summary>The start values that the makers of the vectors also compute: see README.md in this folder.</summary>
internal static class OracleState
{
    public const uint Window = 0x0400_0000;
    public const int Size = 0x8000;
    public const uint Code = Window + 0x2000;

    /// <summary>What ARMv5TE knows of CPSR.</summary>
    public const uint Status = 0xF800_00FF;

    /// <summary>The window as it is at first.</summary>
    public static void Fill(Span<byte> memory)
    {
        for (int at = 0; at < Size; at += 4)
            BinaryPrimitives.WriteUInt32LittleEndian(memory[at..], MemoryWord(Window + (uint)at));
    }

    public static uint MemoryWord(uint address)
    {
        uint x = unchecked(address * 0x9E37_79B1);
        return x ^ x >> 15;
    }

    /// <summary>xorshift32.</summary>
    public static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }

    public static uint[] Registers(uint seed, out uint flags)
    {
        uint state = seed == 0 ? 1 : seed;
        var registers = new uint[15];
        for (int n = 0; n < 15; n++)
        {
            uint kind = Next(ref state) >> 28;
            uint value = Next(ref state);
            registers[n] = kind switch
            {
                0 => 0,
                1 => uint.MaxValue,
                2 => 0x8000_0000,
                3 => 0x7FFF_FFFF,
                4 => value & 0x3F,
                5 => value | 0xFFFF_0000,
                6 => 1,
                _ => value,
            };
        }

        flags = Next(ref state) & 0xF800_0000;
        return registers;
    }
}

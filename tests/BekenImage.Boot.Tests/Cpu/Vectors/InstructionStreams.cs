using System.Buffers.Binary;
using System.IO.Compression;
using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu.Vectors;

/// <summary>
/// A block of random instructions, and for each pass through it the first four bytes of the SHA-256 of the state after it.
/// </summary>
internal sealed record InstructionStream(bool IsThumb, int Length, byte[] Code, uint[] Passes)
{
    private const uint Base = OracleState.Window + 0x5000;
    private const uint Index = 0x48;
    private const uint Stack = OracleState.Window + 0x6800;

    /// <summary>The rows of the decode tables that its instructions belong to.</summary>
    public IEnumerable<Instruction> Rows()
    {
        for (int at = 0; at < Code.Length; at += IsThumb ? 2 : 4)
        {
            yield return (IsThumb
                ? DecodeIndex.FindThumb(BinaryPrimitives.ReadUInt16LittleEndian(Code.AsSpan(at)))
                : DecodeIndex.FindArm(BinaryPrimitives.ReadUInt32LittleEndian(Code.AsSpan(at))))!;
        }
    }

    /// <summary>
    /// Registers and CPSR before each pass: what the one before left in the processor, changed by a seed, with bases that reach memory.
    /// </summary>
    public IEnumerable<(int Pass, uint[] Registers, uint Cpsr)> Starts(int number, ArmCpu cpu)
    {
        uint[] registers = OracleState.Registers((uint)number + 1, out uint cpsr);
        cpsr |= IsThumb ? 0xF3u : 0xD3;
        uint random = (uint)number + 1000;
        for (int pass = 0; pass < Passes.Length; pass++)
        {
            for (int n = 0; n < 15; n++)
                registers[n] ^= OracleState.Next(ref random);
            registers[13] = Stack;
            registers[IsThumb ? 7 : 10] = Base;
            registers[IsThumb ? 6 : 11] = Index;
            yield return (pass, registers, cpsr);
            registers = cpu.Registers[..15];
            cpsr = cpu.Cpsr;
        }
    }
}

/// <summary>streams.bin.</summary>
internal static class InstructionStreams
{
    public static readonly List<InstructionStream> Blocks = Read();

    private static List<InstructionStream> Read()
    {
        using var resource = typeof(InstructionStreams).Assembly.GetManifestResourceStream("streams.bin")!;
        using var reader = new BinaryReader(new BufferedStream(new GZipStream(resource, CompressionMode.Decompress)));
        var all = new List<InstructionStream>();
        for (int thumb = reader.BaseStream.ReadByte(); thumb >= 0; thumb = reader.BaseStream.ReadByte())
        {
            int length = reader.ReadUInt16();
            var passes = new uint[reader.ReadByte()];
            byte[] code = reader.ReadBytes(length * (thumb != 0 ? 2 : 4));
            for (int pass = 0; pass < passes.Length; pass++)
                passes[pass] = reader.ReadUInt32();
            all.Add(new InstructionStream(thumb != 0, length, code, passes));
        }

        return all;
    }
}

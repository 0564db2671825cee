using System.IO.Compression;
using System.Text;

namespace BekenImage.Boot.Tests.Cpu.Vectors;

/// <summary>One instruction (of Thumb's calls both halves) before and after, as QEMU has it.</summary>
internal sealed record InstructionVector(uint Instruction, uint[] Before, uint CpsrBefore, uint[] After, uint PcAfter, uint CpsrAfter,
    (int Offset, uint Value)[] Written);

/// <summary>instructions.bin: for each row of the decode tables its vectors.</summary>
internal static class InstructionVectors
{
    public static readonly Dictionary<string, List<InstructionVector>> ByPattern = Read();

    private static Dictionary<string, List<InstructionVector>> Read()
    {
        using var resource = typeof(InstructionVectors).Assembly.GetManifestResourceStream("instructions.bin")!;
        using var reader = new BinaryReader(new BufferedStream(new GZipStream(resource, CompressionMode.Decompress)));
        var all = new Dictionary<string, List<InstructionVector>>();
        for (int length = reader.BaseStream.ReadByte(); length >= 0; length = reader.BaseStream.ReadByte())
        {
            string pattern = Encoding.ASCII.GetString(reader.ReadBytes(length));
            int count = reader.ReadUInt16();
            var vectors = new List<InstructionVector>(count);
            for (int at = 0; at < count; at++)
                vectors.Add(ReadOne(reader, isThumb: length == 16));
            all.Add(pattern, vectors);
        }

        return all;
    }

    private static InstructionVector ReadOne(BinaryReader reader, bool isThumb)
    {
        uint instruction = reader.ReadUInt32();
        uint[] before = OracleState.Registers(reader.ReadUInt32(), out uint cpsr);
        cpsr |= isThumb ? 0xF3u : 0xD3;
        for (int overrides = reader.ReadByte(); overrides > 0; overrides--)
            before[reader.ReadByte()] = reader.ReadUInt32();
        uint changed = reader.ReadUInt16();
        uint pc = reader.ReadUInt32();
        uint cpsrAfter = reader.ReadUInt32();
        uint[] after = (uint[])before.Clone();
        for (int n = 0; n < 15; n++)
        {
            if ((changed >> n & 1) != 0)
                after[n] = reader.ReadUInt32();
        }

        var written = new (int, uint)[reader.ReadByte()];
        for (int n = 0; n < written.Length; n++)
            written[n] = (reader.ReadUInt16(), reader.ReadUInt32());
        return new InstructionVector(instruction, before, cpsr, after, pc, cpsrAfter, written);
    }
}

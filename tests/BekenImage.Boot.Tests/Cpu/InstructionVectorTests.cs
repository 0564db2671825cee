using System.Buffers.Binary;
using BekenImage.Boot.Cpu;
using BekenImage.Boot.Tests.Cpu.Vectors;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>Each row of the decode tables against QEMU's ARM926, 200 instructions a row.</summary>
public class InstructionVectorTests
{
    // Exceptions and CP15: tested by hand, from the manual.
    private static readonly string[] TestedByHand = { "SWI", "BKPT", "MCR", "MRC" };

    public static TheoryData<string> Patterns => new(InstructionVectors.ByPattern.Keys);

    [Fact]
    public void Rows_AllHaveVectors()
    {
        var rows = ArmInstructions.Rows.Concat(ThumbInstructions.Rows).Where(row => !TestedByHand.Contains(row.Name));
        Assert.Equal(rows.Select(row => row.Pattern).Order(), InstructionVectors.ByPattern.Keys.Order());
        Assert.All(InstructionVectors.ByPattern.Values, static vectors => Assert.Equal(200, vectors.Count));
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Instruction_OnItsOwn_DoesWhatTheOracleDid(string pattern)
    {
        var failures = InstructionVectors.ByPattern[pattern].Select(Difference).OfType<string>().ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} of 200:\n{string.Join("\n", failures.Take(5))}");
    }

    private static string? Difference(InstructionVector vector)
    {
        var bus = new WindowBus(OracleState.Window, OracleState.Size);
        var expected = new byte[OracleState.Size];
        OracleState.Fill(expected);
        bool isThumb = (vector.CpsrBefore & StatusBits.Thumb) != 0;
        bool isPair = isThumb && vector.Instruction > 0xFFFF;
        var code = expected.AsSpan((int)(OracleState.Code - OracleState.Window));
        if (isThumb && !isPair)
            BinaryPrimitives.WriteUInt16LittleEndian(code, (ushort)vector.Instruction);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(code, vector.Instruction);
        expected.CopyTo(bus.Memory.AsSpan());
        foreach (var (offset, value) in vector.Written)
            BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(offset), value);

        var cpu = new ArmCpu(bus);
        cpu.Reset(OracleState.Code, vector.CpsrBefore);
        vector.Before.CopyTo(cpu.Registers, 0);
        var outcome = cpu.Run(isPair ? 2 : 1);

        string? what = null;
        if (outcome is not (ArmOutcome.Budget or ArmOutcome.Halted))
            what = $"ends with {outcome}";
        else if (cpu.Registers[15] != vector.PcAfter)
            what = $"R15 {cpu.Registers[15]:X8}, not {vector.PcAfter:X8}";
        else if ((cpu.Cpsr & OracleState.Status) != vector.CpsrAfter)
            what = $"CPSR {cpu.Cpsr & OracleState.Status:X8}, not {vector.CpsrAfter:X8}";
        else if (!bus.Memory.AsSpan().SequenceEqual(expected))
            what = "memory";
        for (int n = 0; what == null && n < 15; n++)
        {
            if (cpu.Registers[n] != vector.After[n])
                what = $"R{n} {cpu.Registers[n]:X8}, not {vector.After[n]:X8}";
        }

        return what == null ? null : $"{vector.Instruction:X8}, CPSR {vector.CpsrBefore:X8}: {what}";
    }
}

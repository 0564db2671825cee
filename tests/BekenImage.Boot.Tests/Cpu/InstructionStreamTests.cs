using System.Buffers.Binary;
using System.Security.Cryptography;
using BekenImage.Boot.Cpu;
using BekenImage.Boot.Tests.Cpu.Vectors;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// Random instructions one after the other, more than a million, against QEMU's ARM926: all registers, CPSR and memory after every 400.
/// </summary>
public class InstructionStreamTests
{
    public static TheoryData<int> Numbers => new(Enumerable.Range(0, InstructionStreams.Blocks.Count));

    [Fact]
    public void Streams_AreMoreThanAMillionInstructions()
    {
        Assert.True(InstructionStreams.Blocks.Sum(static block => block.Length * block.Passes.Length) > 1_000_000);
    }

    [Fact]
    public void Streams_HoldEveryRowThatStaysInLine()
    {
        string[] leaving = { "BX", "BLX", "SWI", "BKPT", "MCR", "MRC" };
        // Thumb's calls, and what moves its stack, would leave the block or the memory.
        string[] outside = { "101100000ooooooo", "101100001ooooooo", "11110ooooooooooo", "11111ooooooooooo" };
        var found = InstructionStreams.Blocks.SelectMany(static block => block.Rows()).ToHashSet();
        Assert.All(ArmInstructions.Rows.Concat(ThumbInstructions.Rows).Where(row => !leaving.Contains(row.Name) && !outside.Contains(row.Pattern)),
            row => Assert.Contains(row, found));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Stream_Runs_AsTheOracleDid(int number)
    {
        var block = InstructionStreams.Blocks[number];
        var bus = new WindowBus(OracleState.Window, OracleState.Size);
        OracleState.Fill(bus.Memory);
        block.Code.CopyTo(bus.Memory, (int)(OracleState.Code - OracleState.Window));
        var cpu = new ArmCpu(bus);
        uint end = OracleState.Code + (uint)block.Code.Length;
        cpu.StopAddresses.Add(end);
        foreach (var (pass, registers, cpsr) in block.Starts(number, cpu))
        {
            cpu.Cpsr = cpsr;
            registers.CopyTo(cpu.Registers, 0);
            cpu.Registers[15] = OracleState.Code;
            Assert.Equal(ArmOutcome.Breakpoint, cpu.Run(block.Length));
            Assert.True(block.Passes[pass] == Digest(cpu, bus.Memory), $"after pass {pass}");
        }
    }

    private static uint Digest(ArmCpu cpu, byte[] memory)
    {
        var state = new byte[64 + memory.Length];
        for (int n = 0; n < 15; n++)
            BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(n * 4), cpu.Registers[n]);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(60), cpu.Cpsr & OracleState.Status);
        memory.CopyTo(state, 64);
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(state));
    }
}

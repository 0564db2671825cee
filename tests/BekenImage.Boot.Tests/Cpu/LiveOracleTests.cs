using System.Buffers.Binary;
using System.Diagnostics;
using BekenImage.Boot.Cpu;
using BekenImage.Boot.Tests.Cpu.Vectors;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// The blocks of streams.bin once more, from states that no vector has, in User mode, against qemu-arm (Debian's qemu-user) where it is
/// installed: a
/// program that loads the registers, runs the block, and writes registers and memory out.
/// </summary>
public class LiveOracleTests
{
    private const uint Stub = OracleState.Window + OracleState.Size;
    private const uint Values = Stub + 0x100;
    private const uint Flags = StatusBits.UserWritable | StatusBits.Thumb;

    [Fact]
    public void Streams_FromNewStates_AsQemuRunsThem()
    {
        string? qemu = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "qemu-arm")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(qemu is null, "qemu-arm is not installed");
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            for (int number = 0; number < InstructionStreams.Blocks.Count; number++)
                AssertRunsAlike(qemu, Path.Combine(folder, $"block{number}"), number);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertRunsAlike(string qemu, string path, int number)
    {
        var block = InstructionStreams.Blocks[number];
        var bus = new WindowBus(OracleState.Window, OracleState.Size);
        OracleState.Fill(bus.Memory);
        block.Code.CopyTo(bus.Memory, (int)(OracleState.Code - OracleState.Window));
        uint end = OracleState.Code + (uint)block.Code.Length;
        uint at = end;
        if (block.IsThumb)
            bus.WriteWord((at += 4) - 4, 0x46C0_4778); // BX PC; NOP
        bus.WriteWord(at, 0xE51F_F004); // LDR PC, [PC, #-4]
        bus.WriteWord(at + 4, Stub + 0x40);

        var cpu = new ArmCpu(bus);
        cpu.StopAddresses.Add(end);
        var (_, registers, cpsr) = block.Starts(number + 5000, cpu).First();
        cpsr = cpsr & Flags | (uint)ArmMode.User;
        File.WriteAllBytes(path, Program(bus.Memory, registers, cpsr, OracleState.Code | (block.IsThumb ? 1u : 0)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        cpu.Reset(OracleState.Code, cpsr);
        registers.CopyTo(cpu.Registers, 0);
        Assert.Equal(ArmOutcome.Breakpoint, cpu.Run(block.Length));

        byte[] after = Run(qemu, path);
        Assert.Equal(OracleState.Size + 64, after.Length);
        uint[] expected = Enumerable.Range(0, 16).Select(n => BinaryPrimitives.ReadUInt32LittleEndian(after.AsSpan(OracleState.Size + n * 4))).ToArray();
        expected[15] &= Flags & ~StatusBits.Thumb;
        Assert.Equal(expected, cpu.Registers[..15].Append(cpu.Cpsr & Flags & ~StatusBits.Thumb));
        Assert.True(bus.Memory.AsSpan().SequenceEqual(after.AsSpan(0, OracleState.Size)), $"memory after block {number}");
    }

    // An ELF of one segment: the window, behind it the code around the block.
    private static byte[] Program(byte[] memory, uint[] registers, uint cpsr, uint start)
    {
        uint[] header =
        {
            0x464C_457F, 0x0001_0101, 0, 0, 0x0028_0002, 1, Stub, 52, 0, 0x0500_0000, 0x0020_0034, 1, 0, // ELF, ARM EABI 5
            1, 0x1000, OracleState.Window, OracleState.Window, OracleState.Size + 0x1000, OracleState.Size + 0x1000, 7, 0x1000,
        };
        uint[] enter =
        {
            0xE59F_E138, // LDR LR, [PC, #0x138]: the flags
            0xE128_F00E, // MSR CPSR_f, LR
            0xE28F_E0F0, // ADD LR, PC, #0xF0: the values
            0xE89E_1FFF, // LDMIA LR, {R0-R12}
            0xE59E_D034, // LDR SP, [LR, #0x34]
            0xE59E_E038, // LDR LR, [LR, #0x38]
            0xE51F_F004, // LDR PC, [PC, #-4]
            start,
        };
        uint[] leave =
        {
            0xE58F_E0F0, // STR LR, [PC, #0xF0]
            0xE28F_E0B4, // ADD LR, PC, #0xB4: the values
            0xE88E_3FFF, // STMIA LR, {R0-R13}
            0xE10F_0000, // MRS R0, CPSR
            0xE58E_003C, // STR R0, [LR, #0x3C]
            0xE1A0_500E, // MOV R5, LR
            0xE3A0_7004, // MOV R7, #4: write
            0xE3A0_0001, // MOV R0, #1
            0xE3A0_1301, // MOV R1, #0x04000000
            0xE3A0_2902, // MOV R2, #0x8000
            0xEF00_0000, // SWI
            0xE3A0_0001, // MOV R0, #1
            0xE1A0_1005, // MOV R1, R5
            0xE3A0_2040, // MOV R2, #64
            0xEF00_0000, // SWI
            0xE3A0_0000, // MOV R0, #0
            0xE3A0_7001, // MOV R7, #1: exit
            0xEF00_0000, // SWI
        };
        var program = new byte[0x1000 + OracleState.Size + 0x1000];
        Put(program, 0, header);
        memory.CopyTo(program, 0x1000);
        int stub = 0x1000 + OracleState.Size;
        Put(program, stub, enter);
        Put(program, stub + 0x40, leave);
        Put(program, stub + (int)(Values - Stub), registers);
        Put(program, stub + 0x140, new[] { cpsr });
        return program;
    }

    private static void Put(byte[] program, int at, uint[] words)
    {
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(at), word);
            at += 4;
        }
    }

    private static byte[] Run(string qemu, string path)
    {
        using var process = Process.Start(new ProcessStartInfo(qemu, ["-cpu", "arm926", path]) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}

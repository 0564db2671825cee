using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>A processor with 64 KiB of memory at 0, and little programs.</summary>
internal sealed class Board
{
    public const uint Nop = 0xE1A0_0000;

    public Board()
    {
        Cpu = new ArmCpu(Bus);
    }

    public WindowBus Bus { get; } = new(0, 0x10000);

    public ArmCpu Cpu { get; }

    public uint[] R => Cpu.Registers;

    /// <summary>Begins at an address in ARM, in a mode, with both interrupts off.</summary>
    public static Board Arm(uint address, params uint[] program) => Arm(address, ArmMode.Supervisor, program);

    public static Board Arm(uint address, ArmMode mode, params uint[] program)
    {
        var board = new Board();
        for (int at = 0; at < program.Length; at++)
            board.Bus.WriteWord(address + (uint)at * 4, program[at]);
        board.Cpu.Reset(address, StatusBits.InterruptsOff | (uint)mode);
        return board;
    }

    public static Board Thumb(uint address, params ushort[] program)
    {
        var board = new Board();
        for (int at = 0; at < program.Length; at++)
            board.Bus.WriteHalfword(address + (uint)at * 2, program[at]);
        board.Cpu.Reset(address, StatusBits.InterruptsOff | StatusBits.Thumb | (uint)ArmMode.Supervisor);
        return board;
    }

    /// <summary>Runs as many instructions as asked for.</summary>
    public Board Step(int steps = 1)
    {
        Assert.Equal(ArmOutcome.Budget, Cpu.Run(steps));
        return this;
    }
}

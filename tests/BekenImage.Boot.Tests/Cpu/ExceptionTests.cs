using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// ARM DDI 0100E, A2.6 "Exceptions": vector, mode, link register, saved status, masks; and the way back that the manual gives for each.
/// </summary>
public class ExceptionTests
{
    private const uint FlagsBefore = StatusBits.Negative | StatusBits.Carry | StatusBits.Saturated;

    // A2.6.2-A2.6.9: R14 = ... in the manual's words, for an instruction at 0x1000.
    public static TheoryData<string, uint, string, uint, bool> Taken => new()
    {
        { nameof(ArmException.Reset), 0x00, nameof(ArmMode.Supervisor), 0, true },
        { nameof(ArmException.PrefetchAbort), 0x0C, nameof(ArmMode.Abort), 0x1004, false },
        { nameof(ArmException.DataAbort), 0x10, nameof(ArmMode.Abort), 0x1008, false },
        { nameof(ArmException.Irq), 0x18, nameof(ArmMode.Irq), 0x1004, false },
        { nameof(ArmException.Fiq), 0x1C, nameof(ArmMode.Fiq), 0x1004, true },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void Exception_BetweenInstructions_EntersItsModeAtItsVector(string exception, uint vector, string mode, uint link, bool masksFiq)
    {
        foreach (uint state in new[] { 0u, StatusBits.Thumb })
        {
            var board = new Board();
            board.Cpu.Reset(0x1000, FlagsBefore | state | (uint)ArmMode.System);
            board.Cpu.Take(Enum.Parse<ArmException>(exception));
            Assert.Equal(vector, board.R[15]);
            Assert.Equal(link, board.R[14]);
            Assert.Equal(FlagsBefore | state | (uint)ArmMode.System, board.Cpu.Spsr);
            Assert.Equal(FlagsBefore | StatusBits.IrqOff | (masksFiq ? StatusBits.FiqOff : 0) | (uint)Enum.Parse<ArmMode>(mode), board.Cpu.Cpsr);
            Assert.Equal(0u, board.Cpu.BankedRegister(ArmMode.User, 14));
        }
    }

    [Fact]
    public void Swi_InArm_EntersSupervisorWithTheNextAddress()
    {
        var board = Board.Arm(0x1000, ArmMode.User, 0xEF00_0042).Step();
        Assert.Equal((8u, 0x1004u, ArmMode.Supervisor), (board.R[15], board.R[14], board.Cpu.Mode));
        Assert.Equal(StatusBits.InterruptsOff | (uint)ArmMode.User, board.Cpu.Spsr);
    }

    [Fact]
    public void Swi_InThumb_EntersSupervisorInArmWithTheNextAddress()
    {
        var board = Board.Thumb(0x1000, 0xDF01).Step();
        Assert.Equal((8u, 0x1002u, ArmMode.Supervisor), (board.R[15], board.R[14], board.Cpu.Mode));
        Assert.Equal(0u, board.Cpu.Cpsr & StatusBits.Thumb);
        Assert.Equal(StatusBits.Thumb, board.Cpu.Spsr & StatusBits.Thumb);
    }

    [Fact]
    public void Swi_WhoseConditionFails_IsPassed()
    {
        // SWIEQ without Z.
        Assert.Equal(0x1004u, Board.Arm(0x1000, 0x0F00_0000).Step().R[15]);
    }

    [Theory]
    [InlineData(0xE7F0_00F0u)]
    [InlineData(0xE300_0000u)]
    [InlineData(0xF000_0000u)]
    [InlineData(0xFE00_0000u)]
    [InlineData(0xEE00_0E10u)]
    [InlineData(0xEC40_0F00u)]
    [InlineData(0xED90_0F00u)]
    [InlineData(0xE12F_FF20u)]
    [InlineData(0xE0C0_1D1Du | 0xD0)]
    public void Undefined_EndsTheRun_OrIsTaken(uint instruction)
    {
        // Media, MOVW, 1111 without an instruction, CDP2, MCR of p14, MCRR, LDC, BXJ, LDRD of an odd register.
        var board = Board.Arm(0x1000, instruction);
        Assert.Equal(ArmOutcome.Undefined, board.Cpu.Run(10));
        Assert.Equal((0x1000u, 0L), (board.R[15], board.Cpu.StepCount));

        board = Board.Arm(0x1000, ArmMode.System, instruction);
        board.Cpu.StopsAtUndefined = false;
        board.Step();
        Assert.Equal((4u, 0x1004u, ArmMode.Undefined), (board.R[15], board.R[14], board.Cpu.Mode));
    }

    [Theory]
    [InlineData((ushort)0xDE00)]
    [InlineData((ushort)0xB100)]
    [InlineData((ushort)0xBF00)]
    [InlineData((ushort)0xE801)]
    public void Undefined_InThumb_EndsTheRun_OrIsTaken(ushort instruction)
    {
        var board = Board.Thumb(0x1000, instruction);
        Assert.Equal(ArmOutcome.Undefined, board.Cpu.Run(10));
        Assert.Equal((0x1000u, 0L), (board.R[15], board.Cpu.StepCount));

        board = Board.Thumb(0x1000, instruction);
        board.Cpu.StopsAtUndefined = false;
        board.Step();
        Assert.Equal((4u, 0x1002u, ArmMode.Undefined), (board.R[15], board.R[14], board.Cpu.Mode));
    }

    [Fact]
    public void Bkpt_EndsTheRun_OrIsAPrefetchAbort()
    {
        // A4.1.7: "enter Prefetch Abort", R14_abt = address of the BKPT + 4, in Thumb too.
        foreach (Func<Board> make in new Func<Board>[] { static () => Board.Arm(0x1000, 0xE120_0070), static () => Board.Thumb(0x1000, 0xBE00) })
        {
            var board = make();
            Assert.Equal(ArmOutcome.BreakpointInstruction, board.Cpu.Run(10));
            Assert.Equal(0x1000u, board.R[15]);
            board = make();
            board.Cpu.StopsAtUndefined = false;
            board.Step();
            Assert.Equal((0x0Cu, 0x1004u, ArmMode.Abort), (board.R[15], board.R[14], board.Cpu.Mode));
        }
    }

    [Fact]
    public void Irq_Pending_IsTakenBetweenTwoInstructions_AndItsReturnGoesOnThere()
    {
        // At 0x18: SUBS PC, LR, #4. At 0x1000: MOV R0, #1; MOV R1, #2 in System mode.
        var board = Board.Arm(0x1000, ArmMode.System, 0xE3A0_0001, 0xE3A0_1002);
        board.Bus.WriteWord(0x18, 0xE25E_F004);
        board.Cpu.Cpsr = (uint)ArmMode.System | StatusBits.Zero;
        board.Step();
        board.Bus.IsIrqPending = true;
        board.Step();
        Assert.Equal((0x1004u, ArmMode.System, 1u, 0u), (board.R[15], board.Cpu.Mode, board.R[0], board.R[1]));
        board.Bus.IsIrqPending = false;
        board.Step();
        Assert.Equal((2u, 3L), (board.R[1], board.Cpu.StepCount));
        Assert.Equal((uint)ArmMode.System | StatusBits.Zero, board.Cpu.Cpsr);
    }

    [Fact]
    public void Irq_InThumb_ReturnsIntoThumb()
    {
        // MOV R0, #7 behind the interrupt.
        var board = Board.Thumb(0x1002, 0x2007);
        board.Bus.WriteWord(0x18, 0xE25E_F004);
        board.Cpu.Cpsr = (uint)ArmMode.Supervisor | StatusBits.Thumb;
        board.Bus.IsIrqPending = true;
        board.Step();
        board.Bus.IsIrqPending = false;
        Assert.Equal((0x1002u, StatusBits.Thumb), (board.R[15], board.Cpu.Cpsr & StatusBits.Thumb));
        board.Step();
        Assert.Equal(7u, board.R[0]);
    }

    [Theory]
    [InlineData(StatusBits.IrqOff, true, false, 0x1004u)]
    [InlineData(StatusBits.FiqOff, true, false, 0x001Cu)]
    [InlineData(StatusBits.FiqOff, false, true, 0x1004u)]
    [InlineData(StatusBits.IrqOff, false, true, 0x0020u)]
    [InlineData(0u, true, true, 0x0020u)]
    public void Interrupt_IsTakenOnlyWhereItsBitIsClear_FiqFirst(uint masks, bool irq, bool fiq, uint next)
    {
        var board = Board.Arm(0x1000, Board.Nop);
        board.Bus.WriteWord(0x18, Board.Nop);
        board.Bus.WriteWord(0x1C, Board.Nop);
        board.Cpu.Cpsr = (uint)ArmMode.System | masks;
        board.Bus.IsIrqPending = irq;
        board.Bus.IsFiqPending = fiq;
        Assert.Equal(next, board.Step().R[15]);
    }

    [Fact]
    public void Irq_WithinAnIrq_WaitsUntilItIsAllowed()
    {
        var board = Board.Arm(0x1000, Board.Nop);
        for (uint at = 0x18; at < 0x40; at += 4)
            board.Bus.WriteWord(at, Board.Nop);
        board.Cpu.Cpsr = (uint)ArmMode.System;
        board.Bus.IsIrqPending = true;
        Assert.Equal(0x24u, board.Step(3).R[15]);
    }

    [Fact]
    public void DataAbort_AfterABusFault_ReturnsToTheInstruction()
    {
        // A2.6.6: SUBS PC, R14, #8 does it again. LDR R0, [R1, #4]! with R1 nowhere: the base keeps its value.
        var board = Board.Arm(0x1000, 0xE5B1_0004);
        board.Bus.WriteWord(0x10, 0xE25E_F008);
        board.R[1] = 0x5000_0000;
        board.R[0] = 77;
        Assert.Equal(ArmOutcome.BusFault, board.Cpu.Run(10));
        Assert.Equal((0x1000u, 77u, 0x5000_0000u, 0L), (board.R[15], board.R[0], board.R[1], board.Cpu.StepCount));
        board.Bus.HasFault = false;
        board.Cpu.Take(ArmException.DataAbort);
        Assert.Equal(0x1000u, board.Step().R[15]);
        Assert.Equal(ArmMode.Supervisor, board.Cpu.Mode);
    }

    [Fact]
    public void Vectors_WithBitVOfControl_AreHigh()
    {
        // MCR p15, 0, R0, c1, c0, 0 with bit 13 (V), MRC back, SWI.
        var board = Board.Arm(0x1000, 0xEE01_0F10, 0xEE11_1F10, 0xEF00_0000);
        board.R[0] = 0x2000;
        board.Step(3);
        Assert.Equal((0x2000u, 0xFFFF_0008u), (board.R[1], board.R[15]));
    }

    [Fact]
    public void SystemControl_TellsTheCore_AndIsUndefinedForUsers()
    {
        // MRC p15, 0, R2, c0, c0, 0.
        Assert.Equal(0x4105_9680u, Board.Arm(0x1000, 0xEE10_2F10).Step().R[2]);
        Assert.Equal(ArmOutcome.Undefined, Board.Arm(0x1000, ArmMode.User, 0xEE10_2F10).Cpu.Run(1));
        Assert.Equal(ArmOutcome.Undefined, Board.Arm(0x1000, ArmMode.User, 0xEE01_0F10).Cpu.Run(1));
        // Wait for interrupt: MCR p15, 0, R0, c7, c0, 4. Nothing to wait for.
        Assert.Equal(0x1004u, Board.Arm(0x1000, 0xEE07_0F90).Step().R[15]);
    }
}

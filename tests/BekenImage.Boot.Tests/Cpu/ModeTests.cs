using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// ARM DDI 0100E, A2.3 "Registers" and A2.5 "Program status registers": banks, MRS, MSR, exception returns, LDM and STM with ^.
/// </summary>
public class ModeTests
{
    private static readonly ArmMode[] Modes =
        { ArmMode.User, ArmMode.Fiq, ArmMode.Irq, ArmMode.Supervisor, ArmMode.Abort, ArmMode.Undefined, ArmMode.System };

    [Fact]
    public void Banks_EachModeKeepsItsOwn()
    {
        var board = new Board();
        foreach (var mode in Modes)
        {
            board.Cpu.Cpsr = (uint)mode;
            for (uint n = 0; n < 15; n++)
                board.R[n] = (uint)mode << 8 | n;
            board.Cpu.Spsr = (uint)mode << 16;
        }

        foreach (var mode in Modes)
        {
            board.Cpu.Cpsr = (uint)mode;
            foreach (var other in Modes)
            {
                for (int n = 0; n < 15; n++)
                    Assert.Equal(Expected(other, n), board.Cpu.BankedRegister(other, n));
                if (other is not (ArmMode.User or ArmMode.System))
                    Assert.Equal((uint)other << 16, board.Cpu.BankedSpsr(other));
            }

            for (int n = 0; n < 15; n++)
                Assert.Equal(Expected(mode, n), board.R[n]);
        }
    }

    // R0-R7 belong to all, R8-R12 to FIQ or to the rest; User and System are one. System was written last.
    private static uint Expected(ArmMode mode, int n)
    {
        var owner = mode == ArmMode.User || n < 8 || (n < 13 && mode != ArmMode.Fiq) ? ArmMode.System : mode;
        return (uint)owner << 8 | (uint)n;
    }

    [Fact]
    public void Spsr_InSystemMode_IsCpsrAndCannotBeWritten()
    {
        var board = new Board();
        board.Cpu.Cpsr = (uint)ArmMode.System | StatusBits.Zero;
        board.Cpu.Spsr = 0x1234;
        Assert.Equal((uint)ArmMode.System | StatusBits.Zero, board.Cpu.Spsr);
        Assert.Equal(0u, board.Cpu.BankedSpsr(ArmMode.User));
    }

    [Theory]
    [InlineData(0x1u, 0x0000_00DFu)]
    [InlineData(0x2u, 0x0000_0013u)]
    [InlineData(0x4u, 0x0000_0013u)]
    [InlineData(0x8u, 0xF800_0013u)]
    [InlineData(0xFu, 0xF800_00DFu)]
    public void Msr_WritesTheBytesOfItsMask_AndNeverT(uint fields, uint expected)
    {
        // MSR CPSR_<fields>, R0 (A4.1.39). Reserved bits stay; T is UNPREDICTABLE to change, here it stays.
        var board = Board.Arm(0x1000, 0xE120_F000 | fields << 16);
        board.Cpu.Cpsr = (uint)ArmMode.Supervisor;
        board.R[0] = 0xFFFF_FFFF;
        Assert.Equal(expected, board.Step().Cpu.Cpsr);
    }

    [Fact]
    public void Msr_InUserMode_ChangesTheFlagsOnly()
    {
        var board = Board.Arm(0x1000, ArmMode.User, 0xE12F_F000);
        board.R[0] = 0xF800_0013;
        Assert.Equal(0xF800_0000 | StatusBits.InterruptsOff | (uint)ArmMode.User, board.Step().Cpu.Cpsr);
    }

    [Fact]
    public void Msr_OfNoMode_LeavesTheMode()
    {
        var board = Board.Arm(0x1000, 0xE121_F000);
        board.R[0] = 0x00;
        Assert.Equal((uint)ArmMode.Supervisor, board.Step().Cpu.Cpsr);
    }

    [Fact]
    public void Msr_ToSpsr_StoresAllBits_AndMrsReadsThem()
    {
        // MSR SPSR_fsxc, R0; MRS R1, SPSR; MRS R2, CPSR; MSR SPSR_f, #0; MRS R3, SPSR.
        var board = Board.Arm(0x1000, 0xE16F_F000, 0xE14F_1000, 0xE10F_2000, 0xE368_F000, 0xE14F_3000);
        board.R[0] = 0xA5A5_5A3A;
        board.Step(5);
        Assert.Equal((0xA5A5_5A3Au, StatusBits.InterruptsOff | (uint)ArmMode.Supervisor, 0x00A5_5A3Au), (board.R[1], board.R[2], board.R[3]));
    }

    [Fact]
    public void Msr_SwitchesBanks_AsTheLoadersDo()
    {
        // MSR CPSR_c, #0xD2 (IRQ); MOV SP, #0x100; MSR CPSR_c, #0xD1 (FIQ); MOV R8, #8; MSR CPSR_c, #0xD3.
        var board = Board.Arm(0x1000, 0xE321_F0D2, 0xE3A0_DC01, 0xE321_F0D1, 0xE3A0_8008, 0xE321_F0D3);
        board.R[13] = 0x55;
        board.R[8] = 0x66;
        board.Step(5);
        Assert.Equal((0x55u, 0x66u), (board.R[13], board.R[8]));
        Assert.Equal((0x100u, 8u), (board.Cpu.BankedRegister(ArmMode.Irq, 13), board.Cpu.BankedRegister(ArmMode.Fiq, 8)));
    }

    [Theory]
    [InlineData(0xE1B0_F00Eu)]
    [InlineData(0xE25E_F000u)]
    [InlineData(0xE38E_F000u | 0x10_0000)]
    public void DataProcessing_WithSIntoPc_RestoresCpsr(uint instruction)
    {
        // A4.1.29 and its kin: MOVS PC, LR; SUBS PC, LR, #0; ORRS PC, LR, #0. From IRQ back to Thumb in User mode; flags come from SPSR.
        var board = Board.Arm(0x1000, ArmMode.Irq, instruction);
        board.R[14] = 0x2002;
        board.Cpu.Spsr = StatusBits.Carry | StatusBits.Thumb | (uint)ArmMode.User;
        board.Step();
        Assert.Equal((0x2002u, StatusBits.Carry | StatusBits.Thumb | (uint)ArmMode.User), (board.R[15], board.Cpu.Cpsr));
    }

    [Fact]
    public void DataProcessing_WithoutSIntoPc_StaysInArm()
    {
        // ARMv5: MOV PC does not change state (A2.4.3); the low bits are dropped.
        var board = Board.Arm(0x1000, 0xE1A0_F000);
        board.R[0] = 0x2003;
        board.Step();
        Assert.Equal((0x2000u, 0u), (board.R[15], board.Cpu.Cpsr & StatusBits.Thumb));
    }

    [Fact]
    public void Ldm_WithPcAndCaret_ReturnsFromTheException()
    {
        // A4.1.22 LDM (3): LDMIA SP!, {R0, PC}^ from IRQ. The base goes on in IRQ's own SP.
        var board = Board.Arm(0x1000, ArmMode.Irq, 0xE8FD_8001);
        board.R[13] = 0x2000;
        board.Cpu.Spsr = StatusBits.Thumb | (uint)ArmMode.System;
        board.Bus.WriteWord(0x2000, 42);
        board.Bus.WriteWord(0x2004, 0x3002);
        board.Step();
        Assert.Equal((42u, 0x3002u, StatusBits.Thumb | (uint)ArmMode.System), (board.R[0], board.R[15], board.Cpu.Cpsr));
        Assert.Equal(0x2008u, board.Cpu.BankedRegister(ArmMode.Irq, 13));
    }

    [Theory]
    [InlineData(ArmModeName.Fiq)]
    [InlineData(ArmModeName.Irq)]
    [InlineData(ArmModeName.System)]
    public void LdmAndStm_WithCaret_MoveTheUserRegisters(string modeName)
    {
        // LDM (2), STM (2): STMIA R0, {R7-R14}^; LDMIA R1, {R7-R14}^.
        var mode = Enum.Parse<ArmMode>(modeName);
        var board = Board.Arm(0x1000, 0xE8C0_7F80, 0xE8D1_7F80);
        board.Cpu.Cpsr = StatusBits.InterruptsOff | (uint)ArmMode.User;
        for (uint n = 7; n < 15; n++)
            board.R[n] = 0x100 + n;
        board.Cpu.Cpsr = StatusBits.InterruptsOff | (uint)mode;
        if (mode != ArmMode.System)
        {
            for (uint n = mode == ArmMode.Fiq ? 8u : 13; n < 15; n++)
                board.R[n] = 0x200 + n;
        }

        board.R[0] = 0x2000;
        board.R[1] = 0x3000;
        for (uint n = 0; n < 8; n++)
            board.Bus.WriteWord(0x3000 + n * 4, 0x300 + 7 + n);
        board.Step(2);
        for (uint n = 7; n < 15; n++)
        {
            Assert.Equal(0x100 + n, board.Bus.ReadWord(0x2000 + (n - 7) * 4));
            Assert.Equal(0x300 + n, board.Cpu.BankedRegister(ArmMode.User, (int)n));
            bool isBanked = mode == ArmMode.Fiq ? n >= 8 : mode == ArmMode.Irq && n >= 13;
            Assert.Equal((isBanked ? 0x200u : 0x300u) + n, board.R[n]);
        }
    }

    private static class ArmModeName
    {
        public const string Fiq = nameof(ArmMode.Fiq);
        public const string Irq = nameof(ArmMode.Irq);
        public const string System = nameof(ArmMode.System);
    }
}

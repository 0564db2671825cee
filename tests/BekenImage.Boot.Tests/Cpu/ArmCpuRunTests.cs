using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>How a run begins and ends.</summary>
public class ArmCpuRunTests
{
    [Fact]
    public void Reset_IsAsTheLoadersExpectIt()
    {
        var cpu = new Board().Cpu;
        Assert.Equal(0x4000_01D3u, cpu.Cpsr);
        Assert.All(cpu.Registers, static value => Assert.Equal(0u, value));
        cpu.Reset(0x1_0000, 0xD3);
        Assert.Equal((0xD3u, 0x1_0000u, 0L), (cpu.Cpsr, cpu.Registers[15], cpu.StepCount));
    }

    [Fact]
    public void Run_EndsAfterItsSteps_AndGoesOnThere()
    {
        // ADD R0, R0, #1; B to it: two steps each.
        var board = Board.Arm(0x1000, 0xE280_0001, 0xEAFF_FFFD);
        board.Step(1001);
        Assert.Equal((501u, 0x1004u, 1001L), (board.R[0], board.R[15], board.Cpu.StepCount));
        board.Step(999);
        Assert.Equal((1000u, 2000L), (board.R[0], board.Cpu.StepCount));
        Assert.Equal(ArmOutcome.Budget, board.Cpu.Run(0));
        Assert.Equal(2000L, board.Cpu.StepCount);
    }

    [Fact]
    public void Run_StopsBeforeAnAddress_AndCanGoOnFromIt()
    {
        var board = Board.Arm(0x1000, 0xE280_0001, 0xE280_0001, 0xEAFF_FFFC);
        board.Cpu.StopAddresses.Add(0x1004);
        board.Cpu.StopAddresses.Add(0x5000);
        Assert.Equal(ArmOutcome.Breakpoint, board.Cpu.Run(100));
        Assert.Equal((1u, 0x1004u, 1L), (board.R[0], board.R[15], board.Cpu.StepCount));
        Assert.Equal(ArmOutcome.Breakpoint, board.Cpu.Run(100));
        Assert.Equal((3u, 4L), (board.R[0], board.Cpu.StepCount));
        board.Cpu.StopAddresses.Clear();
        Assert.Equal(ArmOutcome.Budget, board.Cpu.Run(3));
    }

    [Fact]
    public void Run_OverAJumpToItself_IsHaltedOnlyWithInterruptsOff()
    {
        foreach (uint masks in new[] { StatusBits.InterruptsOff, StatusBits.IrqOff, StatusBits.FiqOff, 0u })
        {
            var expected = masks == StatusBits.InterruptsOff ? ArmOutcome.Halted : ArmOutcome.Budget;
            foreach (var board in new[] { Board.Arm(0x1000, 0xEAFF_FFFE), Board.Thumb(0x1000, 0xE7FE), Board.Thumb(0x1000, 0xD1FE), Board.Arm(0x1000, 0xE12F_FF11) })
            {
                board.R[1] = 0x1000;
                board.Cpu.Cpsr = board.Cpu.Cpsr & ~StatusBits.InterruptsOff | masks;
                Assert.Equal(expected, board.Cpu.Run(100));
                Assert.Equal(0x1000u, board.R[15]);
            }
        }
    }

    [Fact]
    public void Run_OverAnExchangeToItsOwnAddressInTheOtherState_GoesOn()
    {
        // BX R1: 0x1000 is something else in Thumb.
        var board = Board.Arm(0x1000, 0xE12F_FF11);
        board.R[1] = 0x1001;
        Assert.Equal(ArmOutcome.Budget, board.Cpu.Run(1));
        Assert.Equal((0x1000u, StatusBits.Thumb), (board.R[15], board.Cpu.Cpsr & StatusBits.Thumb));
    }

    [Fact]
    public void Run_IntoNowhere_EndsWithItsAddress()
    {
        var board = Board.Arm(0xFFFC, Board.Nop);
        Assert.Equal(ArmOutcome.BusFault, board.Cpu.Run(100));
        Assert.Equal((0x1_0000u, 1L), (board.R[15], board.Cpu.StepCount));
        Assert.Equal(ArmOutcome.BusFault, board.Cpu.Run(100));
        Assert.Equal(1L, board.Cpu.StepCount);
    }

    [Theory]
    [InlineData(0xE5B1_0004u)] // LDR R0, [R1, #4]!
    [InlineData(0xE4D1_0001u)] // LDRB R0, [R1], #1
    [InlineData(0xE0D1_00B2u)] // LDRH R0, [R1], #2
    [InlineData(0xE0D1_00D2u)] // LDRSB
    [InlineData(0xE0D1_00F2u)] // LDRSH
    [InlineData(0xE0C1_00D8u)] // LDRD
    [InlineData(0xE0C1_00F8u)] // STRD
    [InlineData(0xE4A1_0004u)] // STRT R0, [R1], #4
    [InlineData(0xE4C1_0001u)] // STRB
    [InlineData(0xE0C1_00B2u)] // STRH
    [InlineData(0xE101_0092u)] // SWP R0, R2, [R1]
    [InlineData(0xE141_0092u)] // SWPB
    [InlineData(0xE8B1_800Du)] // LDMIA R1!, {R0, R2, R3, PC}
    [InlineData(0xE8A1_000Du)] // STMIA R1!, {R0, R2, R3}
    public void Access_ToNowhere_EndsBeforeItsInstruction_AndChangesNoRegister(uint instruction)
    {
        var board = Board.Arm(0x1000, instruction);
        uint[] before = { 10, 0x0100_0000, 12, 13 };
        before.CopyTo(board.R, 0);
        Assert.Equal(ArmOutcome.BusFault, board.Cpu.Run(5));
        Assert.Equal(before, board.R[..4]);
        Assert.Equal((0x1000u, 0L), (board.R[15], board.Cpu.StepCount));
    }

    [Theory]
    [InlineData((ushort)0x6808)] // LDR R0, [R1]
    [InlineData((ushort)0x6008)]
    [InlineData((ushort)0x8808)]
    [InlineData((ushort)0x8008)]
    [InlineData((ushort)0x7808)]
    [InlineData((ushort)0x7008)]
    [InlineData((ushort)0xC90D)] // LDMIA R1!, {R0, R2, R3}
    [InlineData((ushort)0xC10D)]
    public void Access_ToNowhereInThumb_EndsBeforeItsInstruction_AndChangesNoRegister(ushort instruction)
    {
        var board = Board.Thumb(0x1000, instruction);
        uint[] before = { 10, 0x0100_0000, 12, 13 };
        before.CopyTo(board.R, 0);
        Assert.Equal(ArmOutcome.BusFault, board.Cpu.Run(5));
        Assert.Equal(before, board.R[..4]);
        Assert.Equal((0x1000u, 0L), (board.R[15], board.Cpu.StepCount));
    }

    [Fact]
    public void Conditions_AllHoldAsTheManualSays()
    {
        // A3.2.1, table 3-1, written out once more: MOV<cond> R0, #1 under each combination of flags.
        for (uint flags = 0; flags < 16; flags++)
        {
            bool n = (flags & 8) != 0, z = (flags & 4) != 0, c = (flags & 2) != 0, v = (flags & 1) != 0;
            bool[] holds = { z, !z, c, !c, n, !n, v, !v, c && !z, !c || z, n == v, n != v, !z && n == v, z || n != v, true };
            for (uint condition = 0; condition < 15; condition++)
            {
                var board = Board.Arm(0x1000, condition << 28 | 0x03A0_0001);
                board.Cpu.Cpsr = flags << 28 | 0xD3;
                Assert.Equal(holds[condition] ? 1u : 0, board.Step().R[0]);
                if (condition == 14)
                    continue;
                // B<cond> in Thumb.
                board = Board.Thumb(0x1000, (ushort)(0xD010 | condition << 8));
                board.Cpu.Cpsr = flags << 28 | 0xF3;
                Assert.Equal(holds[condition] ? 0x1024u : 0x1002, board.Step().R[15]);
            }
        }
    }

    [Fact]
    public void RandomBytes_AsProgram_AlwaysEndInOrder()
    {
        var random = new Random(20261126);
        for (int round = 0; round < 300; round++)
        {
            var board = new Board();
            random.NextBytes(board.Bus.Memory);
            board.Cpu.Reset((uint)random.Next(0x4000) * 4, round % 2 == 0 ? 0xD3u : 0x33);
            board.Cpu.StopsAtUndefined = round % 3 == 0;
            board.Bus.IsIrqPending = round % 5 == 0;
            for (int n = 0; n < 15; n++)
                board.R[n] = (uint)random.Next(0x1_0000);
            var outcome = board.Cpu.Run(2000);
            Assert.NotEqual(ArmOutcome.Running, outcome);
            Assert.InRange(board.Cpu.StepCount, 0, 2000);
        }
    }
}

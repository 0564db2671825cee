using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// ARM DDI 0100E, A2.4.3 "Writing to R15" and the branch pages: which instructions change state in ARMv5, and what they leave in R14.
/// </summary>
public class InterworkingTests
{
    [Theory]
    [InlineData(0xE12F_FF10u, 0x2001u, 0u)] // BX R0
    [InlineData(0xE12F_FF10u, 0x2000u, 0u)]
    [InlineData(0xE12F_FF30u, 0x2001u, 0x1004u)] // BLX R0
    [InlineData(0xE12F_FF30u, 0x2000u, 0x1004u)]
    public void Exchange_FromArm_FollowsBit0(uint instruction, uint target, uint link) =>
        AssertJumps(Board.Arm(0x1000, instruction), target, link);

    [Theory]
    [InlineData((ushort)0x4700, 0x2001u, 0u)]
    [InlineData((ushort)0x4700, 0x2000u, 0u)]
    [InlineData((ushort)0x4780, 0x2001u, 0x1003u)]
    [InlineData((ushort)0x4780, 0x2000u, 0x1003u)]
    public void Exchange_FromThumb_FollowsBit0(ushort instruction, uint target, uint link) =>
        AssertJumps(Board.Thumb(0x1000, instruction), target, link);

    [Theory]
    [InlineData(0x2001u)]
    [InlineData(0x2000u)]
    public void LoadsOfPc_FollowBit0(uint target)
    {
        // LDR PC, [R1]; LDMIA R1, {PC}; in Thumb POP {PC}.
        foreach (var board in new[] { Board.Arm(0x1000, 0xE591_F000), Board.Arm(0x1000, 0xE891_8000), Board.Thumb(0x1000, 0xBD00) })
        {
            board.R[1] = board.R[13] = 0x3000;
            board.Bus.WriteWord(0x3000, target);
            AssertJumps(board, target, 0);
        }
    }

    [Theory]
    [InlineData(0xFA00_0001u, 0x100Cu)]
    [InlineData(0xFB00_0001u, 0x100Eu)]
    [InlineData(0xFBFF_FFFEu, 0x1002u)]
    public void Blx_WithAnOffset_GoesToThumb(uint instruction, uint target)
    {
        var board = Board.Arm(0x1000, instruction).Step();
        Assert.Equal((target, 0x1004u, StatusBits.Thumb), (board.R[15], board.R[14], board.Cpu.Cpsr & StatusBits.Thumb));
    }

    [Fact]
    public void Bl_InThumb_AreTwoInstructions()
    {
        // A7.1.16: BL 0x1000 + 4 + 0x1002; the first half alone only sets R14, and an interrupt may come between.
        var board = Board.Thumb(0x1000, 0xF001, 0xF801).Step();
        Assert.Equal((0x1002u, 0x2004u), (board.R[15], board.R[14]));
        board.Step();
        Assert.Equal((0x2006u, 0x1005u), (board.R[15], board.R[14]));

        board = Board.Thumb(0x1000, 0xF7FF, 0xF800).Step(2);
        Assert.Equal((0x0004u, 0x1005u), (board.R[15], board.R[14]));
    }

    [Fact]
    public void Blx_InThumb_GoesToArm_OnAWord()
    {
        // From 0x1002: R14 = 0x1006, + 2 * 2, bits 1 and 0 cleared.
        var board = Board.Thumb(0x1002, 0xF000, 0xE802).Step(2);
        Assert.Equal((0x1008u, 0x1007u, 0u), (board.R[15], board.R[14], board.Cpu.Cpsr & StatusBits.Thumb));
    }

    [Fact]
    public void Blx_SecondHalfAlone_GoesToArmWhateverR14Held()
    {
        // A7.1.17: the sum AND 0xFFFFFFFC.
        var board = Board.Thumb(0x1000, 0xE802);
        board.R[14] = 0x2003;
        board.Step();
        Assert.Equal((0x2004u, 0x1003u, 0u), (board.R[15], board.R[14], board.Cpu.Cpsr & StatusBits.Thumb));
    }

    [Fact]
    public void MovAndAdd_IntoPcInThumb_StayInThumb()
    {
        foreach (ushort instruction in new ushort[] { 0x4687, 0x4487 })
        {
            // MOV PC, R0; ADD PC, R0.
            var board = Board.Thumb(0x1000, instruction);
            board.R[0] = 0x100;
            board.Step();
            Assert.Equal((instruction == 0x4687 ? 0x100u : 0x1104u, StatusBits.Thumb), (board.R[15], board.Cpu.Cpsr & StatusBits.Thumb));
        }
    }

    private static void AssertJumps(Board board, uint target, uint link)
    {
        board.R[0] = target;
        board.Step();
        Assert.Equal((target & ~1u, link), (board.R[15], board.R[14]));
        Assert.Equal((target & 1) != 0, (board.Cpu.Cpsr & StatusBits.Thumb) != 0);
    }
}

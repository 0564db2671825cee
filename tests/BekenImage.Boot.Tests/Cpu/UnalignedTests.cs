using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

/// <summary>
/// ARM DDI 0100E, A2.7.3 "Unaligned memory accesses", and R15 as data. By hand: QEMU, which the vectors come from, reads unaligned words
/// as they lie and
/// stores R15 as the address + 8.
/// </summary>
public class UnalignedTests
{
    [Theory]
    [InlineData(0u, 0x1312_1110u)]
    [InlineData(1u, 0x1013_1211u)]
    [InlineData(2u, 0x1110_1312u)]
    [InlineData(3u, 0x1211_1013u)]
    public void Word_ReadFromAnOddAddress_IsRotated(uint offset, uint expected)
    {
        // LDR R0, [R1]; SWP R0, R2, [R1]; in Thumb LDR R0, [R1, #0].
        foreach (var board in new[] { Board.Arm(0x1000, 0xE591_0000), Board.Arm(0x1000, 0xE101_0092), Board.Thumb(0x1000, 0x6808) })
        {
            board.Bus.WriteWord(0x2000, 0x1312_1110);
            board.R[1] = 0x2000 + offset;
            Assert.Equal(expected, board.Step().R[0]);
        }
    }

    [Fact]
    public void Word_WrittenToAnOddAddress_GoesToTheWord()
    {
        // STR R0, [R1]; STMIA R1, {R0}; SWP R2, R0, [R1].
        foreach (uint instruction in new[] { 0xE581_0000, 0xE881_0001, 0xE101_2090 })
        {
            var board = Board.Arm(0x1000, instruction);
            board.R[0] = 0x1234_5678;
            board.R[1] = 0x2003;
            board.Step();
            Assert.Equal((0x1234_5678u, 0u), (board.Bus.ReadWord(0x2000), board.Bus.ReadWord(0x2004)));
        }
    }

    [Fact]
    public void Block_ReadFromAnOddAddress_IsNotRotated()
    {
        // LDMIA R1!, {R0}: the low bits are ignored, the write-back keeps them.
        var board = Board.Arm(0x1000, 0xE8B1_0001);
        board.Bus.WriteWord(0x2000, 0x1312_1110);
        board.R[1] = 0x2002;
        board.Step();
        Assert.Equal((0x1312_1110u, 0x2006u), (board.R[0], board.R[1]));
    }

    [Fact]
    public void Halfword_AtAnOddAddress_DropsTheBit()
    {
        // UNPREDICTABLE in the manual. LDRH R0, [R1]; STRH R0, [R1, #2]; LDRSH R2, [R1].
        var board = Board.Arm(0x1000, 0xE1D1_00B0, 0xE1C1_00B2, 0xE1D1_20F0);
        board.Bus.WriteWord(0x2000, 0x0000_8110);
        board.R[1] = 0x2001;
        board.Step(3);
        Assert.Equal((0x8110u, 0x8110_8110u, 0xFFFF_8110u), (board.R[0], board.Bus.ReadWord(0x2000), board.R[2]));
    }

    [Fact]
    public void Pc_Stored_IsTwelveAhead()
    {
        // IMPLEMENTATION DEFINED (A2.4.2); ARM9E-S stores + 12. STR PC, [R1]; STMIA R1, {PC}.
        foreach (uint instruction in new[] { 0xE581_F000, 0xE881_8000 })
        {
            var board = Board.Arm(0x1000, instruction);
            board.R[1] = 0x2000;
            board.Step();
            Assert.Equal(0x100Cu, board.Bus.ReadWord(0x2000));
        }
    }

    [Fact]
    public void Pc_InARegisterShift_ReadsTwelveAhead()
    {
        // UNPREDICTABLE (A5.1.3). ADD R0, PC, R2, LSL R3.
        var board = Board.Arm(0x1000, 0xE08F_0312);
        Assert.Equal(0x100Cu, board.Step().R[0]);
    }

    [Fact]
    public void Block_WithoutRegisters_MovesTheBaseBy64()
    {
        // UNPREDICTABLE. LDMIA R1!, {}; STMDB R1!, {}.
        var board = Board.Arm(0x1000, 0xE8B1_0000, 0xE921_0000);
        board.R[1] = 0x2000;
        Assert.Equal(0x2040u, board.Step().R[1]);
        Assert.Equal(0x2000u, board.Step().R[1]);
    }

    [Fact]
    public void Block_WithItsBaseInTheList_LoadsIt_OrStoresWhatItWas()
    {
        // UNPREDICTABLE. LDMIA R1!, {R0, R1}; STMIA R1!, {R0, R1}.
        var board = Board.Arm(0x1000, 0xE8B1_0003, 0xE8A1_0003);
        board.Bus.WriteWord(0x2000, 5);
        board.Bus.WriteWord(0x2004, 0x3000);
        board.R[1] = 0x2000;
        board.Step(2);
        Assert.Equal((5u, 0x3000u, 0x3008u), (board.Bus.ReadWord(0x3000), board.Bus.ReadWord(0x3004), board.R[1]));
    }
}

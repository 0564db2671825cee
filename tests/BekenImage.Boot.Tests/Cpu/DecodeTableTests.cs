using BekenImage.Boot.Cpu;

namespace BekenImage.Boot.Tests.Cpu;

public class DecodeTableTests
{
    // Bits 27-20 and 7-4, and the condition.
    private const uint ArmDecides = 0xFFF0_00F0;
    private const uint ThumbDecides = 0xFFC0;

    [Fact]
    public void ArmRows_NoTwoClaimOneEncoding() => AssertApart(ArmInstructions.Rows);

    [Fact]
    public void ThumbRows_NoTwoClaimOneEncoding() => AssertApart(ThumbInstructions.Rows);

    [Fact]
    public void Rows_AreDecidedByTheBitsOfTheIndexAlone()
    {
        Assert.All(ArmInstructions.Rows, static row =>
        {
            Assert.Equal(32, row.Pattern.Length);
            Assert.Equal(0u, row.FixedBits & ~ArmDecides);
            Assert.True(row.IsConditional ? row.Pattern.StartsWith("cccc", StringComparison.Ordinal) : row.FixedValue >> 28 == 0xF);
        });
        Assert.All(ThumbInstructions.Rows.Where(static row => row.Name != "SWI" && row.Name != "BKPT"), static row =>
        {
            Assert.Equal(16, row.Pattern.Length);
            Assert.Equal(0u, row.FixedBits & ~ThumbDecides);
        });
        // Their eight bits stand within the ten.
        Assert.All(ThumbInstructions.Rows.Where(static row => row.Name is "SWI" or "BKPT"), static row => Assert.Equal(0xFF00u, row.FixedBits));
    }

    [Fact]
    public void Encodings_AllReachTheRowThatMatches_OrAreUndefined()
    {
        var random = new Random(15);
        foreach (uint condition in new uint[] { 0, 0xE, 0xF })
        {
            for (uint at = 0; at < 4096; at++)
            {
                uint rest = (uint)random.Next() & ~ArmDecides;
                uint instruction = condition << 28 | (at & 0xFF0) << 16 | (at & 0xF) << 4 | rest;
                Assert.Same(Array.Find(ArmInstructions.Rows, row => row.Matches(instruction)), DecodeIndex.FindArm(instruction));
            }
        }

        for (uint instruction = 0; instruction <= 0xFFFF; instruction++)
            Assert.Same(Array.Find(ThumbInstructions.Rows, row => row.Matches(instruction)), DecodeIndex.FindThumb(instruction));
    }

    [Fact]
    public void EveryRow_IsReached()
    {
        Assert.Equal(ArmInstructions.Rows.Length,
            DecodeIndex.Arm.Concat(DecodeIndex.Unconditional).OfType<Instruction>().Distinct().Count());
        Assert.Equal(ThumbInstructions.Rows.Length, DecodeIndex.Thumb.OfType<Instruction>().Distinct().Count());
    }

    private static void AssertApart(Instruction[] rows)
    {
        for (int first = 0; first < rows.Length; first++)
        {
            for (int second = first + 1; second < rows.Length; second++)
            {
                Assert.False(Overlap(rows[first], rows[second]),
                    $"{rows[first].Name} {rows[first].Pattern} and {rows[second].Name} {rows[second].Pattern}");
            }
        }
    }

    // Two rows share an encoding when no bit that both fix differs. A condition is never what an unconditional row fixes there.
    private static bool Overlap(Instruction one, Instruction other)
    {
        if (((one.FixedValue ^ other.FixedValue) & one.FixedBits & other.FixedBits) != 0)
            return false;
        if (one.IsConditional == other.IsConditional)
            return true;
        var fixedRow = one.IsConditional ? other : one;
        return fixedRow.Pattern.Length == 32 ? fixedRow.FixedValue >> 28 != 0xF : (fixedRow.FixedValue >> 8 & 0xF) < 0xE;
    }
}

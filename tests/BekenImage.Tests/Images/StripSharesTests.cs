using BekenImage.Images;

namespace BekenImage.Tests.Images;

/// <summary>Cells divided among lengths: by hand where the rule can be followed, and by what it promises everywhere else.</summary>
public class StripSharesTests
{
    [Theory]
    [InlineData(new long[] { 1 }, 5, new[] { 5 })]
    [InlineData(new long[] { 7, 7, 7 }, 3, new[] { 1, 1, 1 })]
    [InlineData(new long[] { 4, 4, 4 }, 5, new[] { 2, 2, 1 })]
    [InlineData(new long[] { 4, 4, 4 }, 4, new[] { 2, 1, 1 })]
    [InlineData(new long[] { 1, 1000 }, 10, new[] { 1, 9 })]
    [InlineData(new long[] { 1, 1000 }, 2, new[] { 1, 1 })]
    [InlineData(new long[] { 100, 1, 1 }, 4, new[] { 2, 1, 1 })]
    // 37 a cell: 1 and 10 are too small; the last takes what is left.
    [InlineData(new long[] { 1, 10, 100 }, 3, new[] { 1, 1, 1 })]
    // 100 a cell: the first is too small; 111 for the others, of whom 2.6 and 6.4 cells are.
    [InlineData(new long[] { 1, 290, 709 }, 10, new[] { 1, 3, 6 })]
    [InlineData(new long[] { 1, 110, 332 }, 4, new[] { 1, 1, 2 })]
    // 10 a cell: 2.9, 1.6, 2.5 make five, and the two that are furthest from it get one more.
    [InlineData(new long[] { 29, 16, 25 }, 7, new[] { 3, 2, 2 })]
    [InlineData(new long[] { 16, 25, 29 }, 7, new[] { 2, 2, 3 })]
    [InlineData(new long[] { 20, 30, 50 }, 10, new[] { 2, 3, 5 })]
    public void Shares_OfLengths_AreInProportionWithOneForEach(long[] lengths, int cells, int[] expected) =>
        Assert.Equal(expected, StripShares.Of(lengths, cells));

    [Fact]
    public void Shares_OfAnyLengths_AreAllCells_AndNoneIsWithout()
    {
        var random = new Random(3);
        for (int round = 0; round < 500; round++)
        {
            long[] lengths = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (long)(Math.Exp(random.NextDouble() * 14) + 1))];
            int cells = lengths.Length + random.Next(100);
            int[] shares = StripShares.Of(lengths, cells);
            Assert.Equal(cells, shares.Sum());
            Assert.True(shares.Min() >= 1);
            for (int one = 0; one < lengths.Length; one++)
            {
                // Who is longer never gets less.
                for (int other = 0; other < lengths.Length; other++)
                    Assert.True(lengths[one] <= lengths[other] || shares[one] >= shares[other]);
            }
        }
    }
}

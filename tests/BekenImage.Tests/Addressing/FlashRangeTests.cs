namespace BekenImage.Tests.Addressing;

/// <summary>Ranges against sets of numbers: every pair of small ranges is asked.</summary>
public class FlashRangeTests
{
    private const int Most = 5;

    private static IEnumerable<FlashRange> Small => Enumerable.Range(0, Most).SelectMany(start => Enumerable.Range(0, Most).Select(length => new FlashRange(start, length)));

    private static HashSet<long> Set(FlashRange range) => [.. Enumerable.Range(0, (int)range.Length).Select(at => range.Start + at)];

    [Fact]
    public void Pairs_OverlapContainAndMeet_AsTheirAddressesDo()
    {
        foreach (var one in Small)
        {
            Assert.Equal(one.Length == 0, one.IsEmpty);
            Assert.All(Enumerable.Range(0, 2 * Most), address => Assert.Equal(Set(one).Contains(address), one.Contains(address)));
            foreach (var other in Small)
            {
                string said = $"{one}, {other}";
                Assert.True(one.Overlaps(other) == Set(one).Overlaps(Set(other)), said);
                Assert.True(Set(one.Intersect(other)).SetEquals(Set(one).Intersect(Set(other))), said);
                Assert.True(one.Contains(other) == (other.Start >= one.Start && Set(one).IsSupersetOf(Set(other)) && other.End <= one.End), said);
                bool same = (one.Start, one.Length) == (other.Start, other.Length);
                Assert.True(same == (one == other) && same != (one != other) && same == one.Equals(other) && same == one.Equals((object)other), said);
                Assert.True(!same || one.GetHashCode() == other.GetHashCode(), said);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0x1000)]
    public void Hashes_OfDifferentRanges_Differ(int unit)
    {
        var hashes = from start in Enumerable.Range(0, 20) from length in Enumerable.Range(0, 20) select new FlashRange(start * unit, length * unit).GetHashCode();
        Assert.True(hashes.Distinct().Count() > 390);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(long.MaxValue, 1)]
    public void Range_ThatCannotBe_IsMisuse(long start, long length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlashRange(start, length));
        Assert.False(FlashRange.TryCreate(start, length, long.MaxValue, out _));
    }

    [Fact]
    public void Range_ToTheLastNumber_Is() => Assert.Equal(long.MaxValue, new FlashRange(1, long.MaxValue - 1).End);

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(7, 1, true)]
    [InlineData(8, 0, true)]
    [InlineData(9, 0, false)]
    [InlineData(0, 9, false)]
    [InlineData(8, 1, false)]
    [InlineData(1, long.MaxValue, false)]
    public void TryCreate_StaysWithinTheLimit(long start, long length, bool expected)
    {
        Assert.Equal(expected, FlashRange.TryCreate(start, length, 8, out var range));
        Assert.Equal(expected ? (start, length) : (0, 0), (range.Start, range.Length));
    }

    [Fact]
    public void Of_AnImage_IsThatPart()
    {
        byte[] image = [0, 1, 2, 3];
        Assert.Equal([1, 2], new FlashRange(1, 2).Of(image).ToArray());
        Assert.Equal([3], new FlashRange(3, 1).Of(image).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlashRange(3, 2).Of(image));
        Assert.Equal("0x10..0x18", FlashRange.FromBounds(0x10, 0x18).ToString());
    }
}

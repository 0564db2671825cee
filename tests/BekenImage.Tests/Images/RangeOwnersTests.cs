using BekenImage.Images;

namespace BekenImage.Tests.Images;

/// <summary>Who owns which bytes: of partitions that overlap, the shorter; of equal ones, not the table's; then the one in front.</summary>
public class RangeOwnersTests
{
    private static Partition Make(string name, long start, long length, PartitionSource source = PartitionSource.Scan, bool isPart = false) =>
        new(name, new FlashRange(start, length), isStriped: false, source, null, null, null) { IsPart = isPart };

    // Name and bounds of each stretch; "-" is a gap.
    private static string[] Owners(long length, params Partition[] partitions) =>
        [.. RangeOwners.Resolve(length, partitions).Select(piece => $"{piece.Owner?.Name ?? "-"} {piece.Range.Start}..{piece.Range.End}")];

    [Fact]
    public void NoPartition_IsOneGap_AndNothingIsNone()
    {
        Assert.Equal(["- 0..100"], Owners(100));
        Assert.Empty(Owners(0));
    }

    [Fact]
    public void Partitions_SideBySide_LeaveNoEmptyStretches()
    {
        Assert.Equal(["a 0..40", "b 40..100"], Owners(100, Make("b", 40, 60), Make("a", 0, 40)));
        Assert.Equal(["- 0..10", "a 10..40", "- 40..50", "b 50..60", "- 60..100"], Owners(100, Make("a", 10, 30), Make("b", 50, 10)));
    }

    [Fact]
    public void OuterPartition_IsInPiecesAroundTheInnerOnes()
    {
        Assert.Equal(
            ["out 0..10", "in 10..20", "out 20..30", "two 30..40", "out 40..80", "- 80..100"],
            Owners(100, Make("out", 0, 80), Make("in", 10, 10), Make("two", 30, 10)));
        Assert.Equal(["in 0..10", "out 10..80", "- 80..100"], Owners(100, Make("out", 0, 80), Make("in", 0, 10)));
        Assert.Equal(["out 0..70", "in 70..80", "- 80..100"], Owners(100, Make("out", 0, 80), Make("in", 70, 10)));
    }

    [Fact]
    public void PartitionsThatOverlapPartly_GiveTheSharedBytesToTheShorter()
    {
        Assert.Equal(["long 0..40", "short 40..60", "- 60..100"], Owners(100, Make("long", 0, 50), Make("short", 40, 20)));
        Assert.Equal(["short 0..20", "long 20..60", "- 60..100"], Owners(100, Make("long", 10, 50), Make("short", 0, 20)));
    }

    [Fact]
    public void PartitionsOfOneLength_AreNotTheTables_ThenInOrder()
    {
        Assert.Equal(
            ["scan 0..50", "- 50..100"], Owners(100, Make("fal", 0, 50, PartitionSource.Fal), Make("scan", 0, 50)));
        Assert.Equal(
            ["fal 0..20", "scan 20..70", "- 70..100"], Owners(100, Make("fal", 0, 50, PartitionSource.Fal), Make("scan", 20, 50)));
        Assert.Equal(["a 0..50", "b 50..70", "- 70..100"], Owners(100, Make("b", 20, 50), Make("a", 0, 50)));
    }

    [Fact]
    public void PartOfAPartition_OwnsNothing() =>
        Assert.Equal(["slot 0..80", "- 80..100"], Owners(100, Make("slot", 0, 80), Make("program", 0, 40, isPart: true)));
}

using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>The row of cells where there are fewer of them than regions, as many, and more: against the regions themselves.</summary>
public class FlashMapStripTests
{
    private static readonly byte[] Image = new SyntheticImage().WithRf(0x1D0000).WithConfig(0x1D3000).With(0x1D1000, NetParamTests.Table()).Dump();

    private static readonly FlashMap Map = FlashMap.Of(FlashImage.Parse(Image));

    [Fact]
    public void FewerCellsThanRegions_EachShowsWhatOwnsMostOfIt_TheFirstOfEqualOnes()
    {
        Assert.True(Map.Regions.Count > 6);
        for (int cells = 1; cells < Map.Regions.Count; cells++)
        {
            var strip = Map.Strip(cells);
            Assert.Equal(cells, strip.Count);
            for (int at = 0; at < cells; at++)
            {
                Assert.Equal((Map.Length * at / cells, Map.Length * (at + 1) / cells), (strip[at].Range.Start, strip[at].Range.End));
                Assert.Same(Map.Regions.MaxBy(region => region.Range.Intersect(strip[at].Range).Length), strip[at].Region);
            }
        }
    }

    [Fact]
    public void AsManyCellsAsRegions_ShowEachOnce() => Assert.Equal(Map.Regions, Map.Strip(Map.Regions.Count).Select(cell => cell.Region));

    // A piece of a dump: two sectors of data, one of them in front.
    [Fact]
    public void RegionsOfOneLength_TheFirstIsShown_AndEachInItsOwnCell()
    {
        byte[] piece = Enumerable.Repeat((byte)0xFF, 0x3000).ToArray();
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(piece, 0);
        var map = FlashMap.Of(FlashImage.Parse(piece));
        Assert.Equal([("rf", 0x1000L), ("gap", 0x2000L)], map.Regions.Select(region => (region.Name, region.Length)));
        Assert.Equal(["gap"], map.Strip(1).Select(cell => cell.Region.Name));
        Assert.Equal(["rf", "gap"], map.Strip(2).Select(cell => cell.Region.Name));
        Assert.Equal(["rf", "gap", "gap"], map.Strip(3).Select(cell => cell.Region.Name));
        var even = FlashMap.Of(FlashImage.Parse(piece.AsMemory(0, 0x2000)));
        Assert.Equal([("rf", 0x1000L), ("gap", 0x1000L)], even.Regions.Select(region => (region.Name, region.Length)));
        Assert.Equal(["rf"], even.Strip(1).Select(cell => cell.Region.Name));
    }

    [Fact]
    public void Cells_CarryTheNumbersOfTheirOwnBytes()
    {
        foreach (var cell in Map.Strip(200))
        {
            var bytes = cell.Range.Of(Image).ToArray();
            Assert.Equal(bytes.Count(value => value == 0xFF), cell.Erased);
            double written = bytes.Count(value => value != 0xFF);
            double entropy = bytes.Where(value => value != 0xFF).GroupBy(value => value).Sum(group => -group.Count() / written * Math.Log2(group.Count() / written));
            Assert.Equal(entropy, cell.Entropy, 6);
            Assert.Equal(written == 0 ? FlashFill.Empty : FlashFill.Used, cell.Fill);
        }
    }
}

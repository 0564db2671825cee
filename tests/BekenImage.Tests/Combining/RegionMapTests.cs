using BekenImage.Combining;

namespace BekenImage.Tests.Combining;

/// <summary>Who owns what of an image that is being planned: free stretches at every edge, and what is refused.</summary>
public class RegionMapTests
{
    private const long Length = 0x100000;

    private static ImageRegion Region(string name, long start, long end, RegionOrigin origin = RegionOrigin.Built) =>
        new(name, FlashRange.FromBounds(start, end), origin, new byte[end - start], "file", start, "why");

    private static RegionMap Map(params ImageRegion[] regions)
    {
        var map = new RegionMap(Length);
        foreach (var region in regions)
            map.Add(region);
        return map;
    }

    private static string Free(RegionMap map, long start, long end) =>
        string.Join(" ", map.Free(FlashRange.FromBounds(start, end)).Select(range =>
            FormattableString.Invariant($"{range.Start:x}..{range.End:x}")));

    [Theory]
    [InlineData(0, 0x100000, "0..20000 21000..22000 24000..100000")]
    [InlineData(0x20000, 0x21000, "")]
    [InlineData(0x1F000, 0x21000, "1f000..20000")]
    [InlineData(0x20000, 0x22000, "21000..22000")]
    [InlineData(0x20800, 0x20900, "")]
    [InlineData(0x20800, 0x21800, "21000..21800")]
    [InlineData(0x10000, 0x12000, "10000..12000")]
    [InlineData(0x20000, 0x24000, "21000..22000")]
    [InlineData(0x22000, 0x24000, "")]
    [InlineData(0x23000, 0x25000, "24000..25000")]
    [InlineData(0x30000, 0x31000, "30000..31000")]
    public void Free_IsWhatNoRegionOwns(long start, long end, string free)
    {
        // Added out of order; the last two lie side by side.
        var map = Map(Region("c", 0x23000, 0x24000), Region("a", 0x20000, 0x21000), Region("b", 0x22000, 0x23000));

        Assert.Equal(free, Free(map, start, end));
    }

    [Fact]
    public void Free_OfAnEmptyMap_IsAllOfIt() => Assert.Equal("0..100000", Free(Map(), 0, Length));

    [Fact]
    public void Regions_AreKeptInPhysicalOrder()
    {
        var map = Map(Region("c", 0x23000, 0x24000), Region("a", 0x20000, 0x21000), Region("b", 0x22000, 0x23000));

        Assert.Equal(["a", "b", "c"], map.ToList().Select(region => region.Name));
    }

    [Theory]
    [InlineData(0x1F000, 0x20000, false)]
    [InlineData(0x1F000, 0x20001, true)]
    [InlineData(0x20FFF, 0x22000, true)]
    [InlineData(0x21000, 0x22000, false)]
    public void Overlap_IsToldToTheByte(long start, long end, bool overlaps) =>
        Assert.Equal(overlaps, Map(Region("a", 0x20000, 0x21000)).Overlaps(FlashRange.FromBounds(start, end)));

    [Fact]
    public void Find_LooksForWhatHoldsSomething()
    {
        var map = Map(Region("rf", 0x20000, 0x21000, RegionOrigin.Erased), Region("rf", 0x30000, 0x31000, RegionOrigin.Moved),
            Region("net", 0x31000, 0x32000));

        Assert.Equal(0x30000, map.Find("rf")!.Offset);
        Assert.Null(map.Find("app"));
        Assert.Null(Map(Region("rf", 0x20000, 0x21000, RegionOrigin.Erased)).Find("rf"));
    }

    [Theory]
    [InlineData(0x10000, 0x12000, FindingCode.BootloaderProtected)]
    [InlineData(0x10FFF, 0x11000, FindingCode.BootloaderProtected)]
    [InlineData(0xFF000, 0x100001, FindingCode.OutsideFlash)]
    [InlineData(0x20FFF, 0x21001, FindingCode.RegionsOverlap)]
    [InlineData(0x20000, 0x21000, FindingCode.RegionsOverlap)]
    public void Add_WhereItMayNotLie_IsRefused(long start, long end, FindingCode code)
    {
        var map = Map(Region("a", 0x20000, 0x21000));

        var error = Assert.Throws<ImageGuardException>(() => map.Add(Region("b", start, end)));

        Assert.Equal(code, error.Code);
        Assert.Single(map.ToList());
        if (code == FindingCode.RegionsOverlap)
        {
            Assert.Equal(start, error.Offset);
            Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
            Assert.Contains("would lie over 'a'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Add_BesideAnotherAndToTheEnd_IsTaken() =>
        Assert.Equal("11000..20000 21000..ff000", Free(Map(Region("a", 0x20000, 0x21000), Region("b", 0xFF000, 0x100000)), 0x11000,
            Length));

    [Fact]
    public void Bootloader_IsTheWholeProtectedRange_Once()
    {
        var map = new RegionMap(Length);
        Assert.Throws<InvalidOperationException>(() => map.AddBootloader(Region("bootloader", 0, 0x10000)));
        Assert.Empty(map.ToList());
        map.AddBootloader(Region("bootloader", 0, 0x11000));

        Assert.Equal("11000..100000", Free(map, 0, Length));
        Assert.Equal(FindingCode.RegionsOverlap, Assert.Throws<ImageGuardException>(() => map.AddBootloader(Region("bootloader", 0,
            0x11000))).Code);
        Assert.Equal(FindingCode.OutsideFlash, Assert.Throws<ImageGuardException>(() =>
            new RegionMap(0x10000).AddBootloader(Region("bootloader", 0, 0x11000))).Code);
        Assert.Equal(Length, map.FlashLength);
    }
}

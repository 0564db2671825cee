using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

public class FlashMapTests
{
    private static FlashImage Device() => FlashImage.Parse(new SyntheticImage().WithRf(0x1D0000).WithConfig(0x1D3000).Dump());

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Regions_OfACorpusImage_CoverItExactlyOnce(string file) => AssertCovers(FlashImage.Parse(Corpus.Read(file)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Regions_OfAnyImage_CoverItExactlyOnce(int which) => AssertCovers(FlashImage.Parse(which switch
    {
        0 => new SyntheticImage().WithRf(0x1D0000).Dump(),
        1 => DataImages.Full(),
        2 => new byte[] { 0x55 },
        _ => new SyntheticImage().Qio(),
    }));

    [Fact]
    public void Regions_OfADump_NameTheirPartitionsAndWhatNothingClaims()
    {
        var map = FlashMap.Of(Device());
        Assert.Equal("bootloader", map.Regions[0].Name);
        Assert.Equal((0L, 0x11000L), (map.Regions[0].Offset, map.Regions[0].Length));
        var app = map.Regions.Single(region => region.Name == "app");
        Assert.Equal((0x11000L, 0x10000L, PartitionSource.Fal), (app.Offset, app.LogicalStart!.Value.Value, app.Source));
        Assert.Equal(app.Length / 34 * 32, app.LogicalLength);
        Assert.Equal(FlashPages.Check(Device().Bytes.Span.Slice(0x11000, (int)app.Length)).Valid, app.Pages!.Value.Valid);
        var rf = map.Regions.Single(region => region.Name == "rf");
        Assert.Equal((0x1D0000L, 0x1000L), (rf.Offset, rf.Length));
        Assert.Null(rf.Pages);
        Assert.Null(rf.LogicalStart);
        var gap = map.Regions.First(region => region.Owner is null);
        Assert.Equal((FlashRegion.Gap, null, 0), (gap.Name, gap.Source, gap.Piece));
    }

    [Fact]
    public void Regions_OfAPartitionWithAnotherInIt_AreItsPieces()
    {
        // An RF table in the middle of the download partition.
        var image = new SyntheticImage();
        var download = FlashImage.Parse(image.Dump()).FindPartition("download")!;
        var map = FlashMap.Of(FlashImage.Parse(image.WithRf((int)(download.Offset / 0x1000 * 0x1000) + 0x8000).Dump()));
        var pieces = map.Regions.Where(region => region.Name == "download").ToArray();
        Assert.Equal([1, 2], pieces.Select(piece => piece.Piece));
        Assert.Equal("rf", map.Regions[map.Regions.ToList().IndexOf(pieces[0]) + 1].Name);
        Assert.Same(pieces[0].Owner, pieces[1].Owner);
    }

    [Fact]
    public void Erased_OfARegion_CountsItsBytes()
    {
        var image = Device();
        foreach (var region in FlashMap.Of(image).Regions)
        {
            int erased = image.Bytes.Span.Slice((int)region.Offset, (int)region.Length).Count((byte)0xFF);
            Assert.Equal((erased, erased == region.Length), (region.Erased, region.IsErased));
        }
    }

    [Fact]
    public void Entropy_OfKnownContent_IsTheDefinitions()
    {
        var bytes = new byte[0x10000];
        Assert.Equal(0, Assert.Single(FlashMap.Of(FlashImage.Parse(bytes)).Regions).Entropy);
        for (int at = 0; at < bytes.Length; at++)
            bytes[at] = (byte)(at % 4);
        Assert.Equal(2, Assert.Single(FlashMap.Of(FlashImage.Parse(bytes)).Regions).Entropy, 9);
        // Erased bytes say nothing about what is written.
        bytes.AsSpan(0x8000).Fill(0xFF);
        Assert.Equal(2, Assert.Single(FlashMap.Of(FlashImage.Parse(bytes)).Regions).Entropy, 9);
        bytes.AsSpan().Fill(0xFF);
        Assert.Equal(0, Assert.Single(FlashMap.Of(FlashImage.Parse(bytes)).Regions).Entropy);
    }

    [Fact]
    public void DamagedBytes_OfAnAppWithABrokenPage_AreThatPage()
    {
        byte[] dump = new SyntheticImage().Dump();
        Assert.All(FlashMap.Of(FlashImage.Parse(dump)).Regions, region => Assert.Equal(0, region.DamagedBytes));
        dump[0x11000 + 34 * 5 + 3] ^= 1;
        var map = FlashMap.Of(FlashImage.Parse(dump));
        Assert.Equal([("app", 34L)], map.Regions.Where(region => region.DamagedBytes > 0).Select(region => (region.Name, region.DamagedBytes)));
        var damaged = Assert.Single(map.Strip(1000), cell => cell.Fill == FlashFill.Damaged);
        Assert.True(damaged.Range.Contains(0x11000 + 34 * 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(999)]
    public void Strip_OfAnyNumberOfCells_CoversTheImageExactlyOnce(int cells)
    {
        var map = FlashMap.Of(Device());
        var strip = map.Strip(cells);
        Assert.Equal(cells, strip.Count);
        long at = 0;
        foreach (var cell in strip)
        {
            Assert.Equal(at, cell.Range.Start);
            at = cell.Range.End;
        }
        Assert.Equal(map.Length, at);
        if (cells >= map.Regions.Count)
            Assert.Equal(map.Regions, strip.Select(cell => cell.Region).Distinct());
    }

    [Fact]
    public void Strip_WithManyCells_IsToScale()
    {
        var map = FlashMap.Of(Device());
        foreach (var region in map.Regions)
        {
            double share = region.Length * 1000.0 / map.Length;
            Assert.InRange(map.Strip(1000).Count(cell => cell.Region == region), Math.Max(1, (int)(share * 0.95)), Math.Max(1, (int)share + 1));
        }
    }

    [Fact]
    public void Strip_WithFewerCellsThanRegions_ShowsTheLargest()
    {
        var map = FlashMap.Of(Device());
        Assert.Equal(["app"], map.Strip(1).Select(cell => cell.Region.Name));
    }

    [Fact]
    public void Strip_OfErasedFlash_IsEmpty()
    {
        var strip = FlashMap.Of(Device()).Strip(200);
        Assert.Equal(FlashFill.Used, strip[0].Fill);
        Assert.Contains(strip, cell => cell is { Fill: FlashFill.Empty, Region.Name: FlashRegion.Gap } && cell.Erased == cell.Range.Length);
    }

    [Fact]
    public void Strip_OfFewerBytesThanCells_HasACellAByte() => Assert.Equal(3, FlashMap.Of(FlashImage.Parse([1, 2, 3])).Strip(10).Count);

    [Fact]
    public void Strip_OfNoCell_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FlashMap.Of(Device()).Strip(0));

    private static void AssertCovers(FlashImage image)
    {
        long at = 0;
        foreach (var region in FlashMap.Of(image).Regions)
        {
            Assert.Equal(at, region.Offset);
            Assert.True(region.Length > 0);
            Assert.True(region.Owner is null || region.Owner.Range.Contains(region.Range));
            at = region.Range.End;
        }
        Assert.Equal(image.Length, at);
    }
}

using BekenImage.Crypto;
using BekenImage.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>What a piece of a partition tells: its whole pages and where the CPU sees them, counted here page by page.</summary>
public class FlashRegionTests
{
    private static readonly byte[] Bytes = MakeBytes();
    private static readonly ProgramDamage NoDamage = ProgramDamage.Find(FlashImage.Parse([1, 2, 3]));

    // Pages from 100 on, on a grid of their own: the seventh is bad, the ninth erased.
    private static byte[] MakeBytes()
    {
        byte[] bytes = SyntheticPrograms.Noise(1000, 4);
        PlainFormats.Pages(SyntheticPrograms.Noise(20 * 32, 5)).CopyTo(bytes, 100);
        bytes[100 + 6 * 34] ^= 1;
        bytes.AsSpan(100 + 8 * 34, 34).Fill(0xFF);
        return bytes;
    }

    private static FlashRegion Region(FlashRange range, Partition? owner) => new(range, owner, 0, Bytes, NoDamage);

    private static Partition Paged(long start, long length, long codeStart, long codeEnd) =>
        new("app", new FlashRange(start, length), isStriped: true, PartitionSource.Fal, null, null, new LogicalAddress(0x10000))
        {
            Code = FlashRange.FromBounds(codeStart, codeEnd),
        };

    [Fact]
    public void Pages_OfAnyPiece_AreTheWholeOnesInIt()
    {
        var owner = Paged(90, 20 * 34 + 20, 100, 100 + 20 * 34);
        foreach (int start in new[] { 90, 99, 100, 101, 133, 134, 135, 100 + 34 * 5, 100 + 34 * 6 + 1 })
        {
            for (int end = start + 1; end <= 790; end++)
            {
                var region = Region(FlashRange.FromBounds(start, end), owner);
                int[] whole = [.. Enumerable.Range(0, 20).Where(page => 100 + page * 34 >= start && 100 + page * 34 + 34 <= end)];
                int erased = whole.Count(page => page == 8), bad = whole.Count(page => page == 6);
                Assert.Equal((whole.Length - erased - bad, erased, bad), (region.Pages!.Value.Valid, region.Pages.Value.Erased, region.Pages.Value.Bad));
                Assert.Equal(whole.Length * 32, region.LogicalLength);
                Assert.Equal(whole.Length == 0 ? null : 0x10000 + whole[0] * 32, region.LogicalStart?.Value);
            }
        }
    }

    [Theory]
    [InlineData(100, 200, 0x8000L, 100)]
    [InlineData(150, 200, 0x8032L, 50)]
    [InlineData(150, 151, 0x8032L, 1)]
    [InlineData(50, 120, 0x8000L, 20)]
    [InlineData(50, 100, null, 0)]
    [InlineData(200, 210, null, 0)]
    public void Program_WithoutPages_HasAnAddressWhereItsCodeIs(int start, int end, long? logical, long length)
    {
        var owner = new Partition("app", FlashRange.FromBounds(50, 210), isStriped: false, PartitionSource.Fal, null, null, new LogicalAddress(0x8000))
        {
            Code = FlashRange.FromBounds(100, 200),
        };
        var region = Region(FlashRange.FromBounds(start, end), owner);
        Assert.Equal((logical, length), (region.LogicalStart?.Value, region.LogicalLength));
        Assert.Null(region.Pages);
    }

    [Fact]
    public void Data_AndGaps_HaveNoAddress()
    {
        var data = new Partition("rf", FlashRange.FromBounds(0, 90), isStriped: false, PartitionSource.Scan, null, null, null);
        foreach (var region in new[] { Region(FlashRange.FromBounds(0, 90), data), Region(FlashRange.FromBounds(0, 90), null) })
        {
            Assert.Null(region.LogicalStart);
            Assert.Null(region.Pages);
            Assert.Equal(0, region.LogicalLength);
            Assert.Equal(Bytes.AsSpan(0, 90).Count((byte)0xFF), region.Erased);
            Assert.Equal(90, region.Length);
        }
        Assert.Equal(("gap 0x0..0x5a", (PartitionSource?)null), (Region(FlashRange.FromBounds(0, 90), null).ToString(), Region(FlashRange.FromBounds(0, 90), null).Source));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void IsErased_WhereEveryByteIs(int count, bool isErased)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, count), .. new byte[6 - count]];
        var region = new FlashRegion(new FlashRange(0, 6), null, 0, bytes, NoDamage);
        Assert.Equal((count, isErased), (region.Erased, region.IsErased));
    }

    [Fact]
    public void Cell_ShowsEmptyUsedOrDamaged_WithItsOwnEntropy()
    {
        var region = Region(new FlashRange(0, 8), null);
        FlashMapCell Cell(bool isDamaged, params byte[] bytes) => new(new FlashRange(0, bytes.Length), region, bytes, isDamaged);
        Assert.Equal((FlashFill.Empty, 2L, 0.0), (Cell(false, 0xFF, 0xFF).Fill, Cell(false, 0xFF, 0xFF).Erased, Cell(false, 0xFF, 0xFF).Entropy));
        Assert.Equal((FlashFill.Used, 1L), (Cell(false, 0xFF, 0).Fill, Cell(false, 0xFF, 0).Erased));
        Assert.Equal(FlashFill.Damaged, Cell(true, 0xFF, 0xFF).Fill);
        Assert.Equal(1, Cell(false, 1, 2, 1, 2, 0xFF).Entropy, 9);
        Assert.Equal(2, Cell(false, 1, 2, 3, 4).Entropy, 9);
        Assert.Equal("0x0..0x2 gap Empty", Cell(false, 0xFF, 0xFF).ToString());
    }
}

using BekenImage.Addressing;

namespace BekenImage.Tests.Addressing;

/// <summary>Pages of 34 bytes hold 32: counted here page by page, byte by byte.</summary>
public class AddressTests
{
    [Fact]
    public void Addresses_OfEveryByte_AreThoseOfTheGrid()
    {
        long logical = 0;
        for (long physical = 0; physical < 34 * 5; physical++)
        {
            bool isCrc = physical % 34 is 32 or 33;
            Assert.Equal(logical, new PhysicalAddress(physical).ToLogical().Value);
            Assert.Equal(physical % 34 == 0, new PhysicalAddress(physical).IsPageBoundary);
            if (isCrc)
                continue;
            Assert.Equal(physical, new LogicalAddress(logical).ToPhysical().Value);
            logical++;
        }
        Assert.Equal(0x11000, new LogicalAddress(0x10000).ToPhysical().Value);
        Assert.Equal(0x10000, new PhysicalAddress(0x11000).ToLogical().Value);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 34)]
    [InlineData(33, 34)]
    [InlineData(34, 34)]
    [InlineData(35, 68)]
    [InlineData(0x4000, 482 * 34)]
    public void RoundedUp_IsTheNextPage(long value, long expected) => Assert.Equal(expected, new PhysicalAddress(value).RoundUpToPage().Value);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 34)]
    [InlineData(31, 1, 34)]
    [InlineData(32, 1, 34)]
    [InlineData(33, 2, 68)]
    [InlineData(64, 2, 68)]
    [InlineData(65, 3, 102)]
    public void Pages_ForSoManyBytes(long data, int pages, long stored)
    {
        Assert.Equal((pages, stored), (PageGrid.CountFor(data), PageGrid.StoredLength(data)));
        Assert.Equal((pages, pages * 32), (PageGrid.CountIn(stored + 33), PageGrid.DataLength(stored)));
    }

    [Fact]
    public void Equality_IsThatOfTheNumber()
    {
        Assert.True(new PhysicalAddress(3) == new PhysicalAddress(3) && new PhysicalAddress(3) != new PhysicalAddress(4));
        Assert.True(new LogicalAddress(3) == new LogicalAddress(3) && new LogicalAddress(3) != new LogicalAddress(4));
        Assert.False(new PhysicalAddress(3) == new PhysicalAddress(4) || new PhysicalAddress(3) != new PhysicalAddress(3));
        Assert.False(new LogicalAddress(3) == new LogicalAddress(4) || new LogicalAddress(3) != new LogicalAddress(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhysicalAddress(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogicalAddress(-1));
    }

    [Fact]
    public void Geometry_IsThatOfTheFlash() => Assert.Equal((0L, 0x11000L), (FlashGeometry.BootloaderSlot.Start, FlashGeometry.BootloaderSlot.Length));
}

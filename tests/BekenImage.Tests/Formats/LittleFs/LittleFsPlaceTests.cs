using BekenImage.Formats.LittleFs;

namespace BekenImage.Tests.Formats.LittleFs;

public class LittleFsPlaceTests
{
    [Theory]
    [InlineData(0, 0x8000)]
    [InlineData(0x3FFF, 0x8000)]
    [InlineData(0x4000, 0x4000)]
    [InlineData(0x4FFF, 0x4000)]
    [InlineData(0xA5000, 0xA5000)]
    [InlineData(0xA6000, 0x8000)]
    [InlineData(0xFFFFFFFF, 0x8000)]
    [InlineData(-1, 0x8000)]
    public void RangeFor_ConfiguredSize_IsRoundedAndChecked(long configured, long length) =>
        Assert.Equal(new FlashRange(0x1D0000 - length, length), new LittleFsPlace(0x1D0000, 0x12B000).RangeFor(configured));

    [Fact]
    public void Place_EndAndFirstStart_GiveDefaultStartAndLargestSize()
    {
        var place = new LittleFsPlace(0x1B3000, 0x133000);
        Assert.Equal((0x1B3000, 0x133000, 0x1AB000, 0x80000), (place.End, place.FirstStart, place.DefaultStart, place.MaximumLength));
    }
}

using BekenImage.Formats.LittleFs;

namespace BekenImage.Tests.Formats.LittleFs;

public class LittleFsPlaceTests
{
    [Theory]
    [InlineData(BekenChip.BK7231N, 0x1D0000, 0x12B000, 0x1C8000, 0xA5000)]
    [InlineData(BekenChip.BK7231M, 0x1D0000, 0x12B000, 0x1C8000, 0xA5000)]
    [InlineData(BekenChip.BL2028N, 0x1D0000, 0x12B000, 0x1C8000, 0xA5000)]
    [InlineData(BekenChip.BK7231T, 0x1B3000, 0x133000, 0x1AB000, 0x80000)]
    [InlineData(BekenChip.BK7231U, 0x1AB000, 0x12B000, 0x1A3000, 0x80000)]
    [InlineData(BekenChip.BK7238, 0x1AB000, 0x12B000, 0x1A3000, 0x80000)]
    [InlineData(BekenChip.BK7252, 0x1AB000, 0x12B000, 0x1A3000, 0x80000)]
    [InlineData(BekenChip.BK7252N, 0x1AB000, 0x12B000, 0x1A3000, 0x80000)]
    public void For_Chip_GivesTheFirmwaresNumbers(BekenChip chip, long end, long first, long start, long longest)
    {
        var place = LittleFsPlace.For(chip)!;
        Assert.Equal((end, first, start, longest), (place.End, place.FirstStart, place.DefaultStart, place.MaximumLength));
        Assert.Equal(FlashRange.FromBounds(start, end), place.RangeFor(0));
        Assert.Equal(FlashRange.FromBounds(first, end), place.RangeFor(longest));
    }

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
        Assert.Equal(new FlashRange(0x1D0000 - length, length), LittleFsPlace.For(BekenChip.BK7231N)!.RangeFor(configured));

    [Theory]
    [InlineData(BekenChip.Unknown)]
    [InlineData(BekenChip.BK7231Q)]
    public void For_ChipWithoutOpenBeken_GivesNull(BekenChip chip) => Assert.Null(LittleFsPlace.For(chip));
}

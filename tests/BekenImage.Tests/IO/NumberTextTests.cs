namespace BekenImage.Tests.IO;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("65536", 65536)]
    [InlineData("0x1D0000", 0x1D0000)]
    [InlineData("0XfF", 255)]
    [InlineData("64K", 65536)]
    [InlineData("2m", 2097152)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void TryParse_OfANumber_ReadsIt(string text, long expected)
    {
        Assert.True(NumberText.TryParse(text, out long number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("0x")]
    [InlineData("0xFFFFFFFFFFFFFFFF")]
    [InlineData("-1")]
    [InlineData("1 ")]
    [InlineData("1,000")]
    [InlineData("9223372036854775808")]
    [InlineData("9223372036854775807K")]
    [InlineData("64G")]
    public void TryParse_OfAnythingElse_IsFalse(string? text)
    {
        Assert.False(NumberText.TryParse(text, out long number));
        Assert.Equal(0, number);
    }
}

namespace BekenImage.Tests.IO;

public class VisibleTextTests
{
    [Theory]
    [InlineData("plain <b>~", "plain <b>~")]
    [InlineData("größe 输出 Ω 😀", "größe 输出 Ω 😀")]
    [InlineData("\u001b[0m\n\u202e", "\\x1b[0m\\x0a\\u{202e}")]
    [InlineData("\u0085\u2028\uE000\uFFFD", "\\x85\\u{2028}\\u{e000}\\u{fffd}")]
    [InlineData("\uDB40\uDC41", "\\u{e0041}")]
    [InlineData("", "")]
    public void Text_IsShownAsItIs_ButForWhatSteersOrHides(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void HalfACharacter_IsSpelled()
    {
        Assert.Equal("\\u{d800}", VisibleText.Of("\ud800"));
        Assert.Equal("a\\u{dc00}", VisibleText.Of("a\udc00"));
        Assert.Equal(0, VisibleText.HarmlessLength("\ud800", 0));
        Assert.Equal(2, VisibleText.HarmlessLength("😀", 0));
    }

    [Fact]
    public void Nothing_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => VisibleText.Of(null!));
        Assert.Throws<ArgumentNullException>(() => VisibleText.HarmlessLength(null!, 0));
    }
}

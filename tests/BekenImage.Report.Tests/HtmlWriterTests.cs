using BekenImage.Report.Html;

namespace BekenImage.Report.Tests;

public class HtmlWriterTests
{
    [Fact]
    public void Text_WithMarkup_IsEscaped() =>
        Assert.Equal("<p title=\"&quot;&#39;&lt;\">&lt;b&gt;&amp;amp;\\x00\\u{202e}</p>",
            new HtmlWriter().Open("p").Attribute("title", "\"'<").Text("<b>&amp;\0\u202e").Close().ToString());

    [Fact]
    public void Json_WithAnEndOfScript_CannotEndIt() =>
        Assert.Equal("<script>{\"a\":\"\\u003c/script>\\u003c!--\"}</script>", new HtmlWriter().Open("script").Json("{\"a\":\"</script><!--\"}").Close().ToString());

    [Fact]
    public void ToString_OfAnOpenElement_IsRefused() => Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Open("p").ToString());

    [Fact]
    public void Attribute_BehindText_IsRefused() => Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Open("p").Text("x").Attribute("a", "b"));

    [Theory]
    [InlineData("\ud800", "\\u{d800}")]
    [InlineData("a\udc00", "a\\u{dc00}")]
    [InlineData("😀", "😀")]
    [InlineData("ü\u0085", "ü\\x85")]
    public void Text_WithHalfACharacter_IsVisible(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));
}

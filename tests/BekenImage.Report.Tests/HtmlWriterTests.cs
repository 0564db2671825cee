using BekenImage.Report.Html;

namespace BekenImage.Report.Tests;

public class HtmlWriterTests
{
    [Fact]
    public void Text_WithMarkup_IsEscaped() =>
        Assert.Equal("<p title=\"&quot;&#39;&lt;\">\"'&lt;b&gt;&amp;amp;\\x00\\u{202e}</p>",
            new HtmlWriter().Open("p").Attribute("title", "\"'<").Text("\"'<b>&amp;\0\u202e").Close().ToString());

    [Fact]
    public void Json_WithAnEndOfScript_CannotEndIt() =>
        Assert.Equal("<script>{\"a\":\"\\u003c/script>\\u003c!--\"}</script>", new HtmlWriter().Open("script").Json("{\"a\":\"</script><!--\"}").Close().ToString());

    [Fact]
    public void Json_WithControlCharacters_SpellsThem() =>
        Assert.Equal("<script>{\"a\":\"\\u009b\\u202e\\ufffe\\ud800 ü😀\",\n\"b\":1}</script>",
            new HtmlWriter().Open("script").Json("{\"a\":\"\u009b\u202e\ufffe\ud800 ü😀\",\n\"b\":1}").Close().ToString());

    [Fact]
    public void ToString_OfAnOpenElement_IsRefused() => Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Open("p").ToString());

    [Fact]
    public void Attribute_BehindText_IsRefused() => Assert.Throws<InvalidOperationException>(() => new HtmlWriter().Open("p").Text("x").Attribute("a", "b"));

    [Fact]
    public void Name_MayBeBrokenBetweenItsWords() =>
        Assert.Equal("<b>a_<wbr>b-<wbr>&lt;c__<wbr>d.bin</b>", new HtmlWriter().Open("b").Name("a_b-<c__d.bin").Close().ToString());
}

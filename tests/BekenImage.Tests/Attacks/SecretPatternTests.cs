using System.Diagnostics;
using System.Text;
using BekenImage.Sanitizing;

namespace BekenImage.Tests.Attacks;

/// <summary>Secrets that begin alike, nest or repeat: the longest goes, and they cost no more than their length.</summary>
public class SecretPatternTests
{
    [Theory]
    [InlineData("xx geheim1 yy", "xx 0000000 yy")]
    [InlineData("geheim12345", "00000000000")]
    [InlineData("geheim1234", "0000000234")]
    [InlineData("inner-geheim1-x", "inner-0000000-x")]
    [InlineData("geheimgeheim1", "geheim0000000")]
    [InlineData("abcabcabcabd", "abc000000000")]
    [InlineData("nothing", "nothing")]
    public void Secrets_ThatBeginAlike_TheLongestIsBlanked(string text, string expected)
    {
        var patterns = new SecretPatterns();
        foreach (string secret in new[] { "geheim1", "geheim12345", "abcabcabd", "short" })
            patterns.Add(secret);
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        patterns.BlankIn(bytes, new FlashRange(0, bytes.Length));
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void Secrets_WithOnePrefix_CostNoMoreThanTheBytes()
    {
        var patterns = new SecretPatterns();
        for (int i = 0; i < 20_000; i++)
            patterns.Add(Encoding.ASCII.GetBytes($"samesame{i:x8}"));
        byte[] bytes = Enumerable.Repeat((byte)'s', 4 << 20).ToArray();
        for (int at = 0; at + 8 <= bytes.Length; at += 8)
            "samesame"u8.CopyTo(bytes.AsSpan(at));
        byte[] before = bytes.ToArray();
        var watch = Stopwatch.StartNew();
        Assert.Empty(patterns.BlankIn(bytes, new FlashRange(0, bytes.Length)));
        // Each place compared with each secret took minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.True(before.AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public void Secrets_AtTheEdgesOfARange_AreBlankedOnlyWhollyWithinIt()
    {
        var patterns = new SecretPatterns();
        patterns.Add("secret-1"u8);
        byte[] bytes = Encoding.ASCII.GetBytes("secret-1secret-1secret-1");
        var blanked = patterns.BlankIn(bytes, new FlashRange(1, 22));
        Assert.Equal([new FlashRange(8, 8)], blanked);
        Assert.Equal("secret-100000000secret-1", Encoding.ASCII.GetString(bytes));
    }
}

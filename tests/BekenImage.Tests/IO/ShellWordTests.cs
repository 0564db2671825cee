namespace BekenImage.Tests.IO;

/// <summary>Expected texts: what cmd, PowerShell and sh each give back as the one word that went in.</summary>
public class ShellWordTests
{
    [Theory]
    [InlineData("out.bin", "out.bin")]
    [InlineData("--set", "--set")]
    [InlineData("pins.6=Rel;1", "\"pins.6=Rel;1\"")]
    [InlineData("aa:bb:cc:dd:ee:ff", "aa:bb:cc:dd:ee:ff")]
    [InlineData("0x11000+64K", "0x11000+64K")]
    [InlineData("", "\"\"")]
    [InlineData("a b.bin", "\"a b.bin\"")]
    [InlineData("net,tuya", "\"net,tuya\"")]
    [InlineData("@list", "\"@list\"")]
    [InlineData("C:\\dumps\\fan.bin", "\"C:\\dumps\\fan.bin\"")]
    [InlineData("a&b", "\"a&b\"")]
    [InlineData("größe.bin", "\"größe.bin\"")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("`rm`", "'`rm`'")]
    [InlineData("it's \"it\"", "'it'\\''s \"it\"'")]
    public void Quote_GivesAWordThatShellsGiveBack(string word, string typed) => Assert.Equal(typed, ShellWord.Quote(word));

    [Theory]
    [InlineData("-S.bin", "./-S.bin")]
    [InlineData("- S.bin", "\"./- S.bin\"")]
    [InlineData("out.bin", "out.bin")]
    public void QuoteFile_ThatBeginsWithADash_IsNoOption(string file, string typed) => Assert.Equal(typed, ShellWord.QuoteFile(file));

    [Fact]
    public void Quote_OfNothing_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => ShellWord.Quote(null!));
        Assert.Throws<ArgumentNullException>(() => ShellWord.QuoteFile(null!));
    }
}

using BekenImage.IO;
using BekenImage.Splitting;
using CsCheck;

namespace BekenImage.Tests.Splitting;

public class SafeNamesTests
{
    [Theory]
    [InlineData("app", "app.bin")]
    [InlineData("CON", "_CON.bin")]
    [InlineData("nul.txt", "_nul.txt.bin")]
    [InlineData("Com7", "_Com7.bin")]
    [InlineData("LPT0.a.b", "_LPT0.a.b.bin")]
    [InlineData("CONIN$", "CONIN.bin")]
    [InlineData("_CON", "_CON.bin")]
    [InlineData("console", "console.bin")]
    [InlineData("app. .", "app.bin")]
    [InlineData("..", "unnamed.bin")]
    [InlineData("", "unnamed.bin")]
    [InlineData("../../x", "x.bin")]
    [InlineData("C:\\x", "C__x.bin")]
    [InlineData("a:b", "a_b.bin")]
    [InlineData("\\\\host\\share", "host_share.bin")]
    [InlineData("\u202Etxt\u0000", "txt.bin")]
    public void Take_OneName_BecomesAFilesOnEverySystem(string name, string expected)
    {
        Assert.Equal(expected, new SafeNames().Take(name, ".bin"));
        Assert.True(SafeNames.IsSafe(expected));
    }

    // 'I' and 'i' are one letter to a file system without case, whatever Turkish says.
    [Fact]
    public void Take_NamesAlikeButForCase_AreMadeUnique()
    {
        var names = new SafeNames();
        Assert.Equal(
            ["INI.bin", "ini-2.bin", "Ini-3.bin", "ini-2-2.bin"],
            new[] { "INI", "ini", "Ini", "ini-2" }.Select(name => names.Take(name, ".bin")));
    }

    [Theory]
    [InlineData("CON.raw.bin")]
    [InlineData("nul")]
    [InlineData("app.bin.")]
    [InlineData(".app")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("")]
    public void IsSafe_OfWhatIsNeverGivenOut_IsFalse(string name) => Assert.False(SafeNames.IsSafe(name));

    [Fact]
    public void Take_AnyNames_AreSafeAndUnique() =>
        Gen.String[0, 90].Array[1, 20].Sample(
            names =>
            {
                var safe = new SafeNames();
                string[] taken = [.. names.Select(name => safe.Take(name, ".raw.bin"))];
                Assert.All(taken, name => Assert.True(SafeNames.IsSafe(name) && DeviceNames.IsPlain(name) && name.Length < 120));
                Assert.Equal(taken.Length, taken.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            },
            iter: 300);
}

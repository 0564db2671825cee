using BekenImage.IO;

namespace BekenImage.Tests.IO;

/// <summary>The rules of Windows for file names, as functions: they hold for what is written here and carried there.</summary>
public class DeviceNamesTests
{
    [Theory]
    [InlineData("CON")]
    [InlineData("con")]
    [InlineData("Prn.txt")]
    [InlineData("AUX.tar.gz")]
    [InlineData("nul")]
    [InlineData("NUL .txt")]
    [InlineData("COM0")]
    [InlineData("com9.raw.bin")]
    [InlineData("LPT1")]
    [InlineData("COM\u00B9")]
    [InlineData("lpt\u00B3.x")]
    [InlineData("CONIN$")]
    [InlineData("conout$.log")]
    public void Name_OfADevice_IsOne_WithAnyExtension(string name)
    {
        Assert.True(DeviceNames.IsDevice(name));
        Assert.False(DeviceNames.IsPlain(name));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("COM")]
    [InlineData("COM10")]
    [InlineData("COMA")]
    [InlineData("COM\u0661")]
    [InlineData("xCON")]
    [InlineData("_NUL")]
    [InlineData(".con")]
    [InlineData("a.nul")]
    public void Name_ThatOnlyLooksLikeOne_IsNone(string name)
    {
        Assert.False(DeviceNames.IsDevice(name));
        Assert.True(DeviceNames.IsPlain(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("app.")]
    [InlineData("app ")]
    [InlineData("..")]
    public void Name_ThatWindowsCuts_IsNotPlain(string name) => Assert.False(DeviceNames.IsPlain(name));
}

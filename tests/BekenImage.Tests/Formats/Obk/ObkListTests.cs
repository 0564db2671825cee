using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

/// <summary>What is said of roles, flags and channel types. Source: OpenBK7231T_App (http_fns.c, new_pins.h).</summary>
public class ObkListTests
{
    [Fact]
    public void MeaningOf_EveryNamedFlag_IsASentence()
    {
        for (int flag = 0; flag < ObkFlags.Count; flag++)
            Assert.Matches("^[A-Z].+: .+[.]$", ObkFlags.MeaningOf(flag));
        Assert.Empty(ObkFlags.MeaningOf(ObkFlags.Count));
        Assert.Empty(ObkFlags.MeaningOf(-1));
    }

    [Theory]
    [InlineData(2, "60 seconds")]
    [InlineData(11, "600 Hz")]
    [InlineData(12, "remembered")]
    [InlineData(26, "UART")]
    [InlineData(32, "gamma")]
    [InlineData(37, "quick connect")]
    [InlineData(41, "child lock")]
    [InlineData(51, "three quick restarts")]
    public void MeaningOf_AFlag_IsThatOfItsNumber(int flag, string says) => Assert.Contains(says, ObkFlags.MeaningOf(flag), StringComparison.Ordinal);

    [Fact]
    public void OtherNamesOf_EveryRole_AreReadAsThatRole()
    {
        for (int role = 0; role < ObkPinRoles.Count; role++)
        {
            foreach (string name in ObkPinRoles.OtherNamesOf((byte)role))
                Assert.True(ObkPinRoles.TryParse(name, out byte read) && read == role && name != ObkPinRoles.NameOf(read), name);
        }
        Assert.Equal(["Relay"], ObkPinRoles.OtherNamesOf(1));
        Assert.Equal(["BP5758_CLK"], ObkPinRoles.OtherNamesOf(24));
        Assert.Empty(ObkPinRoles.OtherNamesOf(0));
    }

    [Theory]
    [InlineData("Temperature", 1)]
    [InlineData("Temperature_div10", 10)]
    [InlineData("Temperature_div2", 2)]
    [InlineData("EnergyTotal_kWh_div1000", 1000)]
    public void DivisorOf_AType_IsThatOfItsName(string name, int divisor)
    {
        Assert.True(ObkChannelTypes.TryParse(name, out byte type));
        Assert.Equal(divisor, ObkChannelTypes.DivisorOf(type));
        Assert.Equal(1, ObkChannelTypes.DivisorOf(255));
    }
}

using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

public sealed class ObkPinTests
{
    [Theory]
    [InlineData("Btn;2", 3, 2, 0)]
    [InlineData("Btn:2", 3, 2, 0)]
    [InlineData("Btn:1:2", 3, 1, 2)]
    [InlineData("Rel:1:2", 1, 1, 2)]
    [InlineData("Btn;1:2", 3, 1, 2)]
    [InlineData("3: 1 :2", 3, 1, 2)]
    [InlineData("wifiled_n", 9, 0, 0)]
    [InlineData("", 0, 0, 0)]
    public void TryParse_WithSemicolonsOrColons_GivesRoleAndChannels(string text, int role, int channel, int channel2)
    {
        Assert.True(ObkPin.TryParse(6, text, out var pin));
        Assert.Equal(new ObkPin(6, (byte)role, (byte)channel, (byte)channel2), pin);
    }

    [Theory]
    [InlineData("Btn:")]
    [InlineData("Btn:1:2:3")]
    [InlineData("Btn:-1")]
    [InlineData("Btn:256")]
    [InlineData("Nothing:1")]
    [InlineData("Btn,2")]
    public void TryParse_OfSomethingElse_SaysNo(string text) => Assert.False(ObkPin.TryParse(6, text, out _));

    [Fact]
    public void Roles_HaveNoSeparatorInTheirNames() =>
        Assert.All(Enumerable.Range(0, ObkPinRoles.Count), role => Assert.DoesNotContain(ObkPinRoles.NameOf((byte)role), character => character is ';' or ':'));

    [Fact]
    public void ToString_WritesSemicolonsAsTemplatesDo()
    {
        Assert.True(ObkPin.TryParse(6, "Btn:1:2", out var pin));
        Assert.Equal("Btn;1;2", pin.ToString());
    }
}

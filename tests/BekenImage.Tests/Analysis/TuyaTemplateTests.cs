using BekenImage.Formats.Obk;
using BekenImage.Tests.Formats.Tuya;

namespace BekenImage.Tests.Analysis;

public class TuyaTemplateTests
{
    [Theory]
    [InlineData("{rl1_pin:26,rl1_lv:1,module:CB2S,}", "BK7231N", "CB2S", "26=Rel;1", "")]
    [InlineData("{rl1_pin:26,rl1_lv:0,module:WR3,}", "", "WR3", "26=Rel_n;1", "")]
    [InlineData("{iicscl:24,iicsda:26,iicr:1,iicg:2,iicb:0,campere:25,wampere:60,}", "", "", "24=SM2135CLK;0 26=SM2135DAT;0",
        "backlog SM2135_Current 3 10; LED_Map 2 0 1 -1 -1")]
    // Expected by the rules of the format notes, section 7, worked out by hand from the texts.
    public void Create_OfUserParameters_FollowsTheRules(string text, string chip, string board, string pins, string command)
    {
        var made = TuyaTemplate.Create(Chip("user_param_key", text));
        var template = made.Template;
        Assert.Equal((chip, board, command), (template.Chip, template.Board, template.Command));
        Assert.Equal(("Tuya", string.Empty, string.Empty), (template.Vendor, template.Name, template.Model));
        Assert.Equal(pins, string.Join(" ", template.Pins.Select(pin => pin.Number + "=" + pin)));
        Assert.Equal(1UL << 10, template.Flags);
        Assert.Equal(made.Wiring.Notes, made.Notes);
    }

    [Fact]
    public void Create_OfOneStartupCommand_NeedsNoBacklog() =>
        Assert.Equal("PWMFrequency 1000", TuyaTemplate.Create(Chip("user_param_key", "{c_pin:6,c_lv:1,pwmhz:1000,}")).Template.Command);

    [Fact]
    public void Create_OfAnImageWithoutTuya_SaysSo()
    {
        var error = Assert.Throws<BekenImageException>(() => TuyaTemplate.Create(FlashImage.Parse(new byte[100])));
        Assert.Equal((FindingCode.TuyaNothingToWrite, "there is nothing of Tuya's in it"), (error.Code, error.Message));
        Assert.Throws<ArgumentNullException>(() => TuyaTemplate.Create(null!));
    }

    [Fact]
    public void Create_GivenToAConfiguration_SetsItsPins()
    {
        var builder = new ObkConfigBuilder(ObkConfigReader.Read(Formats.Obk.ObkTestData.Minimal(), 0, ObkPinLayout.Pins32));
        TuyaTemplate.Create(Chip("user_param_key", "{rl1_pin:26,rl1_lv:1,}")).Template.ApplyTo(builder);
        Assert.Equal("Rel;1", builder.Build().Pins[26].ToString());
    }

    private static FlashImage Chip(string name, string text)
    {
        byte[] value = TuyaImages.Text(text);
        return FlashImage.Parse(TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, name, value, (0, 2, 2)).Data(2, value)));
    }
}

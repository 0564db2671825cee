using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

public class ObkDeviceTemplateTests
{
    private static readonly NamedValue[] Plug =
    [
        new("vendor", "Somebody"), new("bDetailed", "0"), new("name", "Plug"), new("model", "X1"), new("chip", "BK7231N"), new("board", "CB2S"),
        new("keywords", new object[] { "plug" }), new("unknownMember", 5L), new("flags", "1024"),
        new("pins", new Dictionary<string, object?> { ["6"] = "BL0937CF1;0", ["8"] = "WifiLED_n;0", ["10"] = "Btn;1;2", ["26"] = "Rel;1" }),
        new("command", "echo plug"),
    ];

    [Fact]
    public void FromMembers_ATemplate_KeepsEveryMemberAndGivesItsParts()
    {
        var template = ObkDeviceTemplate.FromMembers(Plug);
        Assert.Equal(("Somebody", "Plug", "X1", "BK7231N", "CB2S", "echo plug"), (template.Vendor, template.Name, template.Model, template.Chip, template.Board, template.Command));
        Assert.Equal(1024UL, template.Flags);
        Assert.Equal([new ObkPin(6, 19, 0), new ObkPin(8, 9, 0), new ObkPin(10, 3, 1, 2), new ObkPin(26, 1, 1)], template.Pins);
        Assert.Equal(Plug, template.ToMembers());
    }

    [Fact]
    public void ApplyTo_AConfig_SetsPinsFlagsAndCommandOnly()
    {
        var start = ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7231N), new MacAddress([2, 0, 0, 0, 0, 1]));
        var builder = new ObkConfigBuilder(start).Set("pins.20", "Rel;9").Set("flags", 1);
        ObkDeviceTemplate.FromMembers(Plug).ApplyTo(builder);
        var config = builder.Build();

        Assert.Equal("6=BL0937CF1;0 8=WifiLED_n;0 10=Btn;1;2 26=Rel;1", ObkConfigBuilderTests.Render(config["pins"]));
        Assert.Equal((1024UL, "echo plug"), (config.Flags, config.StartupCommand));
        string[] touched = ["pins", "startupCommand", "flags", "flagNames", "genericFlags"];
        Assert.Equal(
            start.ToFields(true).Where(pair => !touched.Contains(pair.Name)).Select(ObkConfigBuilderTests.Render),
            config.ToFields(true).Where(pair => !touched.Contains(pair.Name)).Select(ObkConfigBuilderTests.Render));
    }

    [Fact]
    public void FromConfig_AppliedToAnother_GivesTheSameWiring()
    {
        var builder = new ObkConfigBuilder(ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7252), new MacAddress([2, 0, 0, 0, 0, 1])));
        ObkDeviceTemplate.FromMembers(Plug).ApplyTo(builder);
        var config = builder.Set("pins.39", "120;7").Set("wifiSsid", "home").Set("wifiPass", "hidden").Build();

        var template = ObkDeviceTemplate.FromConfig(config, "BK7252", "module");
        Assert.Equal("1024", template.ToMembers().Single(member => member.Name == "flags").Value);
        Assert.DoesNotContain(template.ToMembers(), member => member.Value is "home" or "hidden");
        var other = new ObkConfigBuilder(ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7252N), new MacAddress([2, 0, 0, 0, 0, 2])));
        ObkDeviceTemplate.FromMembers(template.ToMembers()).ApplyTo(other);
        Assert.Equal(config.Pins, other.Build().Pins);
    }

    [Theory]
    [InlineData("48", "Rel;1")]
    [InlineData("x", "Rel;1")]
    [InlineData("6", "NoSuchRole")]
    public void FromMembers_PinsThatAreNone_AreRefused(string pin, string text) =>
        Assert.Equal(FindingCode.ObkValueRefused, Assert.Throws<BekenImageException>(() => ObkDeviceTemplate.FromMembers(
            [new("pins", new Dictionary<string, object?> { [pin] = text })])).Code);
}

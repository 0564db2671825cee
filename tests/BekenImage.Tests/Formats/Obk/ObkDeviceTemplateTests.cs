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

    [Fact]
    public void FromMembers_ARoleOpenBekenDoesNotHave_CostsThatPinAndIsSaid()
    {
        var template = ObkDeviceTemplate.FromMembers(
            [new("pins", new Dictionary<string, object?> { ["6"] = "NoSuchRole;1", ["7"] = "Buzzer", ["8"] = "Rel;2" }), new("command", "x")]);
        Assert.Equal([new ObkPin(8, 1, 2)], template.Pins);
        Assert.Equal([FindingCode.ObkRoleUnknown, FindingCode.ObkRoleUnknown], template.Findings.Select(finding => finding.Code));
        Assert.Contains("pin 7", template.Findings[1].Message, StringComparison.Ordinal);
        Assert.Contains("'Buzzer'", template.Findings[1].Message, StringComparison.Ordinal);
        var builder = new ObkConfigBuilder(ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7231N), new MacAddress([2, 0, 0, 0, 0, 1])));
        template.ApplyTo(builder);
        Assert.Equal("8=Rel;2", ObkConfigBuilderTests.Render(builder.Build()["pins"]));
    }

    // Of older firmware as OpenBeken's importer reads them, and of the firmware's source. Numbers: the firmware's list of roles.
    [Theory]
    [InlineData("Relay;1", 1)]
    [InlineData("Relay_n;1", 2)]
    [InlineData("Button;1", 3)]
    [InlineData("button_N;1", 4)]
    [InlineData("SM2135_DAT;1", 21)]
    [InlineData("SM2135_CLK;1", 22)]
    [InlineData("SM2235_DAT;1", 52)]
    [InlineData("SM2235_CLK;1", 53)]
    // Spellings that stand in OpenBeken's public device list, and that mean one role only.
    [InlineData("WiFi_LED_n;1", 9)]
    [InlineData("BP5758_DAT;1", 23)]
    [InlineData("BP5758_CLK;1", 24)]
    [InlineData("Btn_NextColour;1", 30)]
    [InlineData("WiFiLED;1", 8)]
    [InlineData("BridgeFWD ;1", 54)]
    public void FromMembers_OldNamesOfRoles_AreThoseRoles(string text, byte role)
    {
        var template = ObkDeviceTemplate.FromMembers([new("pins", new Dictionary<string, object?> { ["6"] = text })]);
        Assert.Equal([new ObkPin(6, role, 1)], template.Pins);
        Assert.Empty(template.Findings);
    }

    // Two's complement: 2^32 - 937425888, and -2^31 - 1 in 64 bits.
    [Theory]
    [InlineData("-937425888", 3357541408UL)]
    [InlineData("-1", 4294967295UL)]
    [InlineData("-2147483648", 2147483648UL)]
    [InlineData("-2147483649", 18446744071562067967UL)]
    [InlineData("1024", 1024UL)]
    public void FromMembers_SignedFlags_AreTwosComplement(string text, ulong flags)
    {
        Assert.Equal(flags, ObkDeviceTemplate.FromMembers([new("flags", text)]).Flags);
        Assert.Equal(flags, ObkDeviceTemplate.FromMembers([new("flags", text.StartsWith('-') ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : flags)]).Flags);
    }

    [Theory]
    [InlineData("-9223372036854775809")]
    [InlineData("--1")]
    [InlineData("-")]
    public void FromMembers_FlagsThatAreNoNumber_AreRefused(string flags) => Assert.Equal(
        FindingCode.ObkValueRefused, Assert.Throws<BekenImageException>(() => ObkDeviceTemplate.FromMembers([new("flags", flags)])).Code);

    // "Btn;1,2" stands in OpenBeken's public device list.
    [Theory]
    [InlineData("Btn;1,2", "'1,2' is no channel of Btn")]
    [InlineData("Rel;x", "'x' is no channel of Rel")]
    [InlineData("Rel;256", "'256' is no channel of Rel")]
    [InlineData("Btn;1;2;3", "'1;2;3' is no channel of Btn")]
    public void FromMembers_AChannelThatIsNone_CostsThatPinAndIsSaid(string text, string message)
    {
        var template = ObkDeviceTemplate.FromMembers([new("pins", new Dictionary<string, object?> { ["6"] = text, ["8"] = "Rel;2" })]);
        Assert.Equal([new ObkPin(8, 1, 2)], template.Pins);
        var finding = Assert.Single(template.Findings);
        Assert.Equal((FindingCode.ObkChannelUnread, FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Contains("pin 6: " + message, finding.Message, StringComparison.Ordinal);
    }

    // Shapes of members that OpenBeken's public device list has.
    [Fact]
    public void FromMembers_ShapesOfThePublicList_AreTaken()
    {
        Assert.Null(ObkDeviceTemplate.FromMembers([new("vendor", "x"), new("flags", string.Empty)]).Flags);
        Assert.Equal(0UL, ObkDeviceTemplate.FromMembers([new("flags", 0L)]).Flags);
        Assert.Empty(ObkDeviceTemplate.FromMembers([new("vendor", "x"), new("bDetailed", "1"), new("flag", 16L)]).Pins);
        Assert.Equal([new ObkPin(23, 9, 0)], ObkDeviceTemplate.FromMembers([new("pins", new Dictionary<string, object?> { ["23"] = "WifiLED_n" })]).Pins);
        Assert.Equal("a\r\nb", ObkDeviceTemplate.FromMembers([new("command", "a\r\nb")]).Command);
    }

    [Theory]
    [InlineData("48", "Rel;1")]
    [InlineData("x", "Rel;1")]
    public void FromMembers_PinsThatAreNone_AreRefused(string pin, string text) =>
        Assert.Equal(FindingCode.ObkValueRefused, Assert.Throws<BekenImageException>(() => ObkDeviceTemplate.FromMembers(
            [new("pins", new Dictionary<string, object?> { [pin] = text })])).Code);
}

using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

/// <summary>Limits of IEEE 802.11 and MQTT, and of the format's description, sections 3.3, 3.6 and 3.7.</summary>
public class ObkLimitsTests
{
    private static ObkConfigBuilder Builder(ObkPinLayout layout = ObkPinLayout.Pins32) =>
        new(ObkConfigReader.Read(ObkTestData.Minimal(), 0, layout));

    [Theory]
    [InlineData("pins.6", "99;1", "roles run from 0 (None) to 98 (BL0939_MISO)")]
    [InlineData("pins.6", "Btn;200", "channels run from 0 to 63")]
    [InlineData("pins.6", "Btn;1;64", "channels run from 0 to 63")]
    [InlineData("pins.29", "Rel;1", "pins 0 to 28")]
    [InlineData("channelTypes.3", "68", "types run from 0 (Default) to 67 (Frequency)")]
    [InlineData("wifiPass", "short", "8 to 63 characters")]
    [InlineData("wifiPass", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "64 hex digits")]
    [InlineData("wifiPass2", "1234567", "8 to 63 characters")]
    [InlineData("wifiSsid", "a name of more than thirty-two bytes", "up to 32 bytes")]
    [InlineData("mqttPort", "70000", "1 to 65535")]
    [InlineData("mqttPort", "-1", "1 to 65535")]
    [InlineData("mqttClientId", "lamp/#", "+ or #")]
    [InlineData("lfsSize", "5000", "multiple of 4096")]
    [InlineData("mqttUseTls", "2", "0 or 1")]
    public void Value_ThatNoFirmwareTakes_IsStoredWithAWarningThatSaysWhatIsTaken(string name, string value, string says)
    {
        var builder = Builder().Set(name, value);
        var finding = Assert.Single(builder.Findings);
        Assert.Equal((FindingCode.ObkValueUnlikely, FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Contains(name.Split('.')[0], finding.Message, StringComparison.Ordinal);
        Assert.Contains(says, finding.Message, StringComparison.Ordinal);

        // What a device has is its own affair.
        Assert.Empty(new ObkConfigBuilder(builder.Build()).Set("mqttHost", "broker").Findings);
    }

    [Theory]
    [InlineData("pins.6", "BL0939_MISO;0")]
    [InlineData("pins.28", "Btn;63;130")]
    [InlineData("channelTypes.63", "67")]
    [InlineData("wifiPass", "")]
    [InlineData("wifiPass", "12345678")]
    [InlineData("wifiPass", "123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("wifiPass", "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789ABCDEF")]
    [InlineData("wifiSsid", "a name of just thirty-two bytes.")]
    [InlineData("mqttPort", "65535")]
    [InlineData("lfsSize", "0x10000")]
    public void Value_AtItsLimit_IsTakenInSilence(string name, string value) => Assert.Empty(Builder().Set(name, value).Findings);

    [Fact]
    public void Pin_OfALargerChip_IsKnownThere()
    {
        Assert.Empty(Builder(ObkPinLayout.Pins48).Set("pins.39", "Rel;1").Findings);
        Assert.Single(Builder(ObkPinLayout.Pins48).Set("pins.40", "Rel;1").Findings);
    }

    [Fact]
    public void Finding_IsAboutTheLastValueGiven()
    {
        Assert.Empty(Builder().Set("mqttPort", 70000).Set("mqttPort", 1883).Findings);
    }

    [Theory]
    [InlineData("ssid", "did you mean wifiSsid or wifiSsid2?")]
    [InlineData("wifi_pas", "wifiPass")]
    [InlineData("initCommand", "startupCommand")]
    [InlineData("brokerhost", "The fields are genericFlags, ")]
    public void Field_ThatDoesNotExist_NamesTheNearest(string name, string says)
    {
        var error = Assert.Throws<BekenImageException>(() => Builder().Set(name, "x"));
        Assert.Equal(FindingCode.ObkUnknownField, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pins.6", "Relai;1", "did you mean Rel", "Btn, Btn_n, LED")]
    [InlineData("channelTypes.1", "Dimer", "did you mean Dimmer", "Toggle, Dimmer, LowMidHigh")]
    [InlineData("flags.MQTT_RETAIN", "1", "did you mean MQTT_RETAIN_POWER_CHANNELS", "SLOW_PWM")]
    public void Name_ThatDoesNotExist_IsRefusedWithTheListAndTheNearest(string field, string value, string nearest, string list)
    {
        var error = Assert.Throws<BekenImageException>(() => Builder().Set(field, value));
        Assert.Equal(FindingCode.ObkValueRefused, error.Code);
        Assert.Contains(nearest, error.Message, StringComparison.Ordinal);
        Assert.Contains(list, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_GivenMasked_StaysAndIsSaid()
    {
        var config = Builder().Set("wifiPass", "correct horse").Build();
        var builder = new ObkConfigBuilder(config).SetAll(config.ToFields());
        var finding = Assert.Single(builder.Findings);
        Assert.Equal(FindingCode.ObkMasked, finding.Code);
        Assert.Contains("'wifiPass'", finding.Message, StringComparison.Ordinal);
        Assert.Equal("correct horse", builder.Build().WifiPass);
        Assert.Empty(builder.Set("wifiPass", "another one").Findings);
        Assert.Equal("another one", builder.Build().WifiPass);
    }

    [Fact]
    public void Password_GivenMaskedWhereThereIsNone_IsRefused()
    {
        var builder = Builder().Set("webPassword", SecretMask.Text);
        var error = Assert.Throws<BekenImageException>(() => builder.Build());
        Assert.Equal(FindingCode.ObkMasked, error.Code);
        Assert.Contains("'webPassword'", error.Message, StringComparison.Ordinal);
        Assert.Equal("given", builder.Set("webPassword", "given").Build().WebPassword);
    }

    [Fact]
    public void StartupCommand_GivenMasked_StaysOnItsDevice_AndIsSaidOnAnother()
    {
        const string script = "backlog echo a; Password1 secretword; echo b";
        var config = Builder().Set("startupCommand", script).Build();
        object masked = config.ToFields().Single(field => field.Name == "startupCommand").Value!;
        var own = new ObkConfigBuilder(config).Set("startupCommand", masked);
        Assert.Equal(FindingCode.ObkMasked, Assert.Single(own.Findings).Code);
        Assert.Equal(script, own.Build().StartupCommand);
        var other = Builder().Set("startupCommand", masked);
        Assert.Equal(FindingCode.ObkMasked, Assert.Single(other.Findings).Code);
    }
}

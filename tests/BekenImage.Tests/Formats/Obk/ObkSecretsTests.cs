using System.Text;
using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

public class ObkSecretsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Remove_ConfigWithSecretsEverywhere_LeavesNoneAndStaysValid(int version)
    {
        byte[] bytes = ObkTestData.Minimal(version, "backlog Password1 SECRET-a; startDriver BL0942; MqttUser SECRET-b", config =>
        {
            foreach (var field in ObkFields.All.Where(field => field.IsPrivate && field.ExistsIn(config.Length)))
                Encoding.ASCII.GetBytes("SECRET-c").CopyTo(config, field.OffsetIn(ObkPinLayout.Pins32));
            // A longer text that was overwritten by a shorter one.
            Encoding.ASCII.GetBytes("host\0SECRET-d").CopyTo(config, 0x94);
        });
        ObkConfigReader.TryRead(bytes, 0, ObkPinLayout.Pins32, null, out var config);
        var clean = ObkSecrets.Remove(config!);

        Assert.Equal(-1, clean.Bytes.Span.IndexOf("SECRET"u8));
        Assert.Equal(ObkTestData.SignedCrc8(clean.Bytes.Span.Slice(4)), clean.StoredChecksum);
        Assert.Equal("host", clean["mqttHost"]);
        Assert.Equal("backlog                   ; startDriver BL0942;                  ", clean.StartupCommand);
        Assert.True(ObkConfigReader.TryRead(clean.Bytes, 0, ObkPinLayout.Pins32, null, out _));
    }

    [Theory]
    [InlineData("startDriver NTP; SetChannel 1 1", "startDriver NTP; SetChannel 1 1")]
    [InlineData("ssid1 home\r\necho hi", "          \r\necho hi")]
    [InlineData("MqttPassword \"a b\"; echo", "             \"   \"; echo")]
    [InlineData("sendGet http://h/cm?user=a&password=b", "sendGet                              ")]
    [InlineData("", "")]
    public void RemoveFromScript_AScript_BlanksCommandsWithSecrets(string script, string expected) =>
        Assert.Equal(expected, ObkSecrets.RemoveFromScript(script));
}

using System.Text;
using BekenImage.Formats.Tuya;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaSecretsTests
{
    [Theory]
    [InlineData("gw_wsm", "{\"passwd\":\"a\",\"md\":1}\0", "{\"passwd\":\"********\",\"md\":1}")]
    [InlineData("logseq_1", "joined HomeNet", "********")]
    [InlineData("wifi_log", "joined HomeNet", "********")]
    [InlineData("tuya_seed", "\u0001\u0002", "********")]
    [InlineData("x_log", "\u0001\u0002", "********")]
    [InlineData("counter", "\u0001\u0002", "0102")]
    [InlineData("logo", "text", "text")]
    public void Show_WithoutSecrets_MasksByNameAndMember(string name, string data, string expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(data);
        Assert.Equal(expected, TuyaSecrets.Show(name, bytes, showSecrets: false));
        Assert.Equal(data[0] < ' ' ? "0102" : data.TrimEnd('\0'), TuyaSecrets.Show(name, bytes.AsSpan(), showSecrets: true));
    }

    [Theory]
    [InlineData("auth_key", "********")]
    [InlineData("passwd", "********")]
    [InlineData("key", "5")]
    [InlineData("pin", "5")]
    [InlineData("random", "5")]
    [InlineData("rl1_pin", "5")]
    public void Mask_OfAParameter_KnowsItsSettingsFromSecrets(string name, string expected)
    {
        Assert.True(TuyaUserParameters.TryParse("{" + name + ":5,}", out var parameters));
        Assert.Equal(expected, TuyaSecrets.Mask(Assert.Single(parameters.Fields)));
    }
}

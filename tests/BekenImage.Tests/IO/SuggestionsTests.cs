namespace BekenImage.Tests.IO;

public class SuggestionsTests
{
    private static readonly string[] Known = ["wifiSsid", "wifiPass", "mqttHost", "mqttPort", "wifiSsid2", "pins"];

    [Theory]
    [InlineData("ssid", "did you mean wifiSsid or wifiSsid2?")]
    [InlineData("wifi_sid", "did you mean wifiSsid or wifiSsid2?")]
    [InlineData("MQTT-PROT", "did you mean mqttPort?")]
    [InlineData("pin", "did you mean pins?")]
    [InlineData("zebra", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Ask_OffersWhatIsNear(string? given, string question) => Assert.Equal(question, Suggestions.Ask(given, Known));

    [Fact]
    public void Nearest_NamesThreeAtMost_TheLikeliestFirst()
    {
        Assert.Equal(["abcd", "abcdx", "abcdxy"], Suggestions.Nearest("abcd", ["abcdxyz", "abcdxy", "abcdx", "abcd", "other"]));
    }
}

using BekenImage.Formats.Obk;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Combining;

/// <summary>A configuration as it is shown without its passwords, given back as input.</summary>
public class MaskedConfigTests
{
    [Fact]
    public void Conversion_WithMaskedPasswords_IsRefused_AndTheirFileNamed()
    {
        var plan = Plan(Synthetic.Images.TuyaN, new NamedValue("wifiSsid", "home"), new NamedValue("wifiPass", SecretMask.Text));
        Assert.False(plan.CanBuild);
        var error = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((FindingCode.ObkMasked, "obk-config"), (error.Code, error.Subject));
    }

    [Fact]
    public void Conversion_WithAMaskedPasswordThatTheDefaultsHave_IsRefusedToo()
    {
        // The default MQTT password is not the owner's.
        Assert.False(Plan(Synthetic.Images.TuyaN, new NamedValue("mqttPass", SecretMask.Text)).CanBuild);
    }

    [Fact]
    public void Update_WithMaskedPasswords_KeepsThoseOfTheDevice_AndSaysSo()
    {
        byte[] device = Plan(Synthetic.Images.TuyaN, new NamedValue("wifiSsid", "home"), new NamedValue("wifiPass", "correct horse")).ToArray();
        var plan = Plan(device, new NamedValue("wifiPass", SecretMask.Text), new NamedValue("pins", new[] { new NamedValue("6", "99;1") }));
        Assert.Equal([FindingCode.ObkMasked, FindingCode.ObkValueUnlikely], plan.Findings
            .Where(finding => finding.Severity == FindingSeverity.Warning && finding.Area == FindingArea.ObkConfig).Select(finding => finding.Code));
        Assert.Equal("correct horse", plan.ToImage().ObkConfig!.WifiPass);
    }

    private static CombinePlan Plan(byte[] device, params NamedValue[] fields) => new ImageCombiner(
        FlashImage.Parse(device), FlashImage.Parse(Synthetic.Images.ObkN),
        new CombineOptions { ObkConfigFrom = ObkConfigChoice.Changed, ObkConfigChanges = new ObkConfigDocument(fields) }).Plan();
}

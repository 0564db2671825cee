using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Combining;

/// <summary>Devices whose bootloader holds no partition table: the app and its header prove the place, or nothing does.</summary>
public class NoTableTests
{
    private static SyntheticImage Device(bool hasHeader) => new SyntheticImage
    {
        Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, Table = [], App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk, nMarker: false), HasAppHeader = hasHeader,
    }.WithRf(0x1E0000);

    private static FlashImage Firmware => FlashImage.Parse(new SyntheticImage
    {
        Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0xC010, "OpenBK7238_1.18.300", nMarker: false),
    }.Qio());

    private static CombinePlan Plan(FlashImage device, CombineOptions options) => new ImageCombiner(device, Firmware, options).Plan();

    [Fact]
    public void App_WithItsHeader_ProvesItsPlace()
    {
        var plan = Plan(FlashImage.Parse(Device(hasHeader: true).Dump()), new CombineOptions());
        Assert.True(plan.CanBuild, string.Join("\n", plan.Findings));
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.FalMissing && finding.Severity == FindingSeverity.Warning);
    }

    // Vectors show where it begins. Where its partition ends, and with it where a header belongs, nothing shows.
    [Fact]
    public void App_WithoutItsHeader_ProvesNothing()
    {
        var plan = Plan(FlashImage.Parse(Device(hasHeader: false).Dump()), new CombineOptions());
        Assert.False(plan.CanBuild);
        var refusal = Assert.Single(plan.Findings);
        Assert.Equal((FindingCode.AddressUnknown, PartitionNames.Bootloader), (refusal.Code, refusal.Subject));
        Assert.Throws<ImageGuardException>(() => plan.ToArray());
    }

    [Fact]
    public void BootloaderOfTheFirmware_BringsATable()
    {
        var plan = Plan(FlashImage.Parse(Device(hasHeader: false).Dump()), new CombineOptions { ReplaceBootloader = true });
        Assert.True(plan.CanBuild, string.Join("\n", plan.Findings));
        Assert.True(ImageVerifier.Verify(plan.ToImage()).Boots);
    }
}

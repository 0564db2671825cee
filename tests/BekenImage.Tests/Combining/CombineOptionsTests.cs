namespace BekenImage.Tests.Combining;

/// <summary>What the options say of themselves: which file a refusal is about, and whether a configuration is asked for.</summary>
public class CombineOptionsTests
{
    private static CombineOptions Named() => new()
    {
        FactoryName = "old.bin", FirmwareName = "new.bin", RfTableName = "rf.bin", ObkConfigName = "config.bin",
            BootloaderName = "boot.bin",
    };

    [Theory]
    [InlineData("factory", "old.bin")]
    [InlineData("littlefs", "old.bin")]
    [InlineData("firmware", "new.bin")]
    [InlineData("bootloader", "old.bin")]
    [InlineData("rf", "old.bin")]
    [InlineData("obk-config", "old.bin")]
    [InlineData("obk-changes", null)]
    [InlineData(null, null)]
    public void Subject_WithoutAnythingGiven_IsAnInput(string? subject, string? name) => Assert.Equal(name, Named().NameOf(subject));

    [Fact]
    public void Subject_OfWhatWasGiven_IsThatFile()
    {
        var options = Named();
        options.Rf = RfChoice.None;
        Assert.Equal("old.bin", options.NameOf("rf"));
        options.Rf = RfChoice.Given;
        Assert.Equal("rf.bin", options.NameOf("rf"));
        options.Bootloader = FlashImage.Parse(new byte[1]);
        Assert.Equal("boot.bin", options.NameOf("bootloader"));
        options.ReplaceBootloader = true;
        Assert.Equal("new.bin", options.NameOf("bootloader"));
        options.Bootloader = null;
        Assert.Equal("new.bin", options.NameOf("bootloader"));
    }

    [Theory]
    [InlineData(ObkConfigChoice.Default, "old.bin", false, false)]
    [InlineData(ObkConfigChoice.Keep, "old.bin", false, false)]
    [InlineData(ObkConfigChoice.None, "old.bin", false, false)]
    [InlineData(ObkConfigChoice.Firmware, "new.bin", false, false)]
    [InlineData(ObkConfigChoice.Given, "config.bin", false, true)]
    [InlineData(ObkConfigChoice.Changed, "config.bin", true, true)]
    public void Configuration_IsChangedOrAskedFor(ObkConfigChoice choice, string name, bool changes, bool asks)
    {
        var options = Named();
        options.ObkConfigFrom = choice;

        Assert.Equal((name, changes, asks), (options.NameOf("obk-config"), options.ChangesObkConfig, options.AsksForObkConfig));
        options.FromTuya = true;
        Assert.Equal((true, true), (options.ChangesObkConfig, options.AsksForObkConfig));
        options.FromTuya = false;
        options.ObkChanges.Add(new NamedValue("wifiSsid", "x"));
        Assert.Equal((true, true), (options.ChangesObkConfig, options.AsksForObkConfig));
    }

    [Fact]
    public void Areas_AreTheSixTheContractNames() =>
        Assert.Equal(["obk-config", "flash-vars", "littlefs", "net", "tuya", "all"], CombineOptions.AreaNames);
}

using BekenImage.Formats.Obk;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>Fields that are set, and the wiring of Tuya's data, on top of the configuration a combination would have used.</summary>
public class CombineConfigTests
{
    private const int Net = 0x1D1000;

    [Fact]
    public void Fields_OnAConversion_ChangeTheFirmwaresDefaults()
    {
        var plan = Plan(SyntheticImages.TuyaN, Set(new CombineOptions(), ("wifiSsid", "network"), ("wifiPass", "pass phrase"), ("pins.6", "Btn;2")));
        var config = ConfigOf(plan);
        Assert.Equal((Net, true), (config.Offset, config.ChecksumOk));
        Assert.Equal(("network", "pass phrase", "Btn;2"), ((string)config["wifiSsid"]!, (string)config["wifiPass"]!, config.Pins[6].ToString()));
        // The rest is what OpenBK7231N writes itself; the name ends in the last four bytes of the device's MAC.
        Assert.Equal(("OpenBK7231N_02030405", 1024UL, string.Empty), (config.LongDeviceName, config.Flags, config.StartupCommand));
        var region = Assert.Single(plan.Regions, region => region.Name == "obk-config");
        Assert.Equal((RegionOrigin.Built, null, "the firmware's defaults with 3 fields set"), (region.Origin, region.FromFile, region.Reason));
        byte[] without = Plan(SyntheticImages.TuyaN, new CombineOptions()).ToArray(), with = plan.ToArray();
        BytesAssert.Equal(without.AsSpan(0, Net), with.AsSpan(0, Net));
        BytesAssert.Equal(without.AsSpan(Net + 0x1000), with.AsSpan(Net + 0x1000));
    }

    [Fact]
    public void Fields_OnAnUpdate_ChangeTheDevicesConfigurationAndNothingElse()
    {
        byte[] device = ObkDevice();
        var plan = Plan(device, Set(new CombineOptions(), ("wifiSsid", "network")));
        Assert.Equal(CombineMode.Update, plan.Mode);
        var before = FlashImage.Parse(device).ObkConfig!.ToFields(showSecrets: true);
        string[] changed = ConfigOf(plan).ToFields(showSecrets: true).Zip(before)
            .Where(pair => !ObkPlainValueText(pair.First).Equals(ObkPlainValueText(pair.Second), StringComparison.Ordinal)).Select(pair => pair.First.Name).ToArray();
        Assert.Equal(["wifiSsid"], changed);
        Assert.Equal("the device's configuration with 1 field set", plan.Regions.Single(region => region.Name == "obk-config").Reason);
    }

    [Fact]
    public void Fields_WithoutAnyConfigurationAskedFor_StartFromTheDefaults()
    {
        var options = Set(new CombineOptions { ObkConfigFrom = ObkConfigChoice.None }, ("wifiSsid", "network"));
        Assert.Equal(string.Empty, ConfigOf(Plan(ObkDevice(), options)).StartupCommand);
    }

    [Fact]
    public void Fields_OnAGivenConfiguration_ChangeThat()
    {
        var options = Set(new CombineOptions { ObkConfigFrom = ObkConfigChoice.Given }, ("wifiSsid", "network"));
        options.ObkConfig = ObkConfigReader.Read(Formats.Obk.ObkTestData.Minimal(startupCommand: "echo given"), 0, default);
        var config = ConfigOf(Plan(ObkDevice(), options));
        Assert.Equal(("echo given", "network"), (config.StartupCommand, (string)config["wifiSsid"]!));
    }

    [Fact]
    public void Said_MostExactly_Wins()
    {
        var options = Set(new CombineOptions { ObkConfigFrom = ObkConfigChoice.Changed, FromTuya = true }, ("pins.26", "LED;9"));
        options.ObkConfigChanges = new ObkConfigDocument(
        [
            new("wifiSsid", "network"), new("startupCommand", "echo file"), new("pins", new NamedValue[] { new("26", "Btn;1"), new("7", "Btn;1") }),
        ]);
        var plan = Plan(Wired("{rl1_pin:26,rl1_lv:1,bt1_pin:10,bt1_lv:0,pwmhz:500,}"), options);
        var config = ConfigOf(plan);
        // Of the file the network stays, its pins are replaced by the wiring, and one of those by what was set.
        Assert.Equal(("network", "PWMFrequency 500"), ((string)config["wifiSsid"]!, config.StartupCommand));
        Assert.Equal("10=Btn;1 26=LED;9", PinsOf(config));
        Assert.EndsWith("with the fields of a file, pins from the device's Tuya wiring, 1 field set",
            plan.Regions.Single(region => region.Name == "obk-config").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Wiring_LeavesFlagsAndAStartupCommandThatItHasNoWordFor()
    {
        byte[] device = SyntheticWithWiring(ObkDeviceImage(), "{rl1_pin:26,rl1_lv:0,}");
        var plan = Plan(device, new CombineOptions { FromTuya = true });
        var before = FlashImage.Parse(device).ObkConfig!;
        var config = ConfigOf(plan);
        Assert.Equal((before.Flags, before.StartupCommand), (config.Flags, config.StartupCommand));
        Assert.Equal("26=Rel_n;1", PinsOf(config));
    }

    [Fact]
    public void Wiring_ThatDoesNotFit_IsSaid()
    {
        var plan = Plan(Wired("{rl1_pin:26,rl1_lv:1,rl2_pin:40,rl2_lv:1,ctrl_pin:9,count:5,}"), new CombineOptions { FromTuya = true });
        Assert.Equal("26=Rel;1", PinsOf(ConfigOf(plan)));
        string[] said = plan.Findings.Where(finding => finding.Code == FindingCode.TuyaWiringUnclear).Select(finding => finding.Message).ToArray();
        Assert.Contains(said, message => message.Contains("GPIO 40", StringComparison.Ordinal) && message.Contains("rl2_pin", StringComparison.Ordinal));
        Assert.Contains(said, message => message.Contains("P9: control pin, not mapped", StringComparison.Ordinal));
        Assert.DoesNotContain(said, message => message.Contains("count", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "there is nothing of Tuya's in it")]
    [InlineData("{count:5,module:CB2S,}", "the device's Tuya data names neither pins nor a start-up command")]
    public void Wiring_ThatIsNotThere_IsRefusedForTheDump(string? text, string says)
    {
        byte[] device = text is null ? SyntheticImages.Dreo : Wired(text);
        var plan = Plan(device, new CombineOptions { FromTuya = true });
        Assert.False(plan.CanBuild);
        var refusal = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((FindingCode.TuyaNothingToWrite, "factory", says), (refusal.Code, refusal.Subject, refusal.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Configuration_ForAFirmwareThatIsNotOpenBeken_IsRefusedForTheFirmware(bool fromTuya)
    {
        var options = new CombineOptions { FromTuya = fromTuya };
        if (!fromTuya)
            Set(options, ("wifiSsid", "network"));
        byte[] firmware = new SyntheticImage { App = SyntheticPrograms.App(0xC010, SyntheticImage.TuyaN) }.Qio();
        var plan = new ImageCombiner(FlashImage.Parse(Wired("{rl1_pin:26,}")), FlashImage.Parse(firmware), options).Plan();
        var refusal = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((FindingCode.AddressUnknown, "firmware"), (refusal.Code, refusal.Subject));
        Assert.Throws<ImageGuardException>(plan.ToArray);
    }

    [Theory]
    [InlineData("noSuchField", "1", FindingCode.ObkUnknownField)]
    [InlineData("wifiSsid", "a name of a network that is far too long, more than sixty-four bytes", FindingCode.ObkValueRefused)]
    public void Field_ThatDoesNotFit_IsRefusedWithoutItsValue(string name, string value, FindingCode code)
    {
        var plan = Plan(SyntheticImages.TuyaN, Set(new CombineOptions(), (name, value)));
        var refusal = Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal((code, "obk-changes"), (refusal.Code, refusal.Subject));
        Assert.Contains($"'{name}'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("far too long", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Qio_WithAConfiguration_HoldsTheCalibrationItReachesOver()
    {
        byte[] device = SyntheticImages.TuyaN;
        var plan = Plan(device, Set(new CombineOptions { Extent = OutputExtent.Qio }, ("wifiSsid", "network")));
        byte[] qio = plan.ToArray();
        Assert.Equal(Net + 0x1000, qio.Length);
        BytesAssert.Equal(device.AsSpan(0x1D0000, 0x1000), qio.AsSpan(0x1D0000, 0x1000));
        byte[] chip = Plan(device, Set(new CombineOptions(), ("wifiSsid", "network"))).ToArray();
        BytesAssert.Equal(chip.AsSpan(0, qio.Length), qio);
    }

    // BK7231N has 32 pins, P0 to P31.
    [Fact]
    public void Wiring_OfTheLastPinAndTheOneBehindIt()
    {
        var plan = Plan(Wired("{rl1_pin:31,rl1_lv:1,rl2_pin:32,rl2_lv:1,}"), new CombineOptions { FromTuya = true });

        Assert.Equal("31=Rel;1", PinsOf(ConfigOf(plan)));
        var said = Assert.Single(plan.Findings, finding => finding.Code == FindingCode.TuyaWiringUnclear);
        Assert.Equal(FindingSeverity.Warning, said.Severity);
        Assert.StartsWith("GPIO 32 (rl2_pin) is left out: this firmware's configuration has 32 pins", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wiring_WithFlagsOfItsOwn_LeavesTheOwnersSet()
    {
        byte[] device = SyntheticWithWiring(ObkDeviceImage(), "{cwtype:1,c_pin:8,c_lv:1,w_pin:6,w_lv:1}");
        var before = FlashImage.Parse(device).ObkConfig!;

        var config = ConfigOf(Plan(device, Set(new CombineOptions { FromTuya = true })));

        // Flags 8 and 12: brightness and temperature on channels of their own.
        Assert.Equal(before.Flags | 1UL << 8 | 1UL << 12, config.Flags);
        byte[] defaults = Plan(Wired("{cwtype:1,c_pin:8,c_lv:1,w_pin:6,w_lv:1}"), new CombineOptions { FromTuya = true }).ToArray();
        Assert.Equal(1UL << 10 | 1UL << 8 | 1UL << 12, FlashImage.Parse(defaults).ObkConfig!.Flags);
    }

    [Fact]
    public void Wiring_WhatIsToKnowOfIt_IsSaid()
    {
        var plan = Plan(Wired("{iicscl:24,iicsda:26,ehccur:0,ehwcur:5}"), new CombineOptions { FromTuya = true });

        var note = Assert.Single(plan.Findings, finding => finding is { Code: FindingCode.TuyaWiringUnclear, Severity: FindingSeverity.Info });
        Assert.StartsWith("the device's Tuya wiring: ", note.Message, StringComparison.Ordinal);
        Assert.Contains("own order applies", note.Message, StringComparison.Ordinal);
        Assert.False(note.Message.EndsWith('.'));
        Assert.Equal("SM2135_Current 0 5", ConfigOf(plan).StartupCommand);
    }

    [Fact]
    public void Wiring_WithoutPins_MayBeACommand()
    {
        var config = ConfigOf(Plan(Wired("{uart_baud:115200,}"), new CombineOptions { FromTuya = true }));

        Assert.Equal(string.Empty, PinsOf(config));
        Assert.Contains("startDriver TuyaMCU", config.StartupCommand, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_WithAWrongChecksum_IsNone()
    {
        byte[] device = ObkDevice();
        device[Net + 0x100] ^= 1;

        PlanLines.Refused(Plan(device, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Keep }), "ObkNotAConfig factory", "no valid OpenBeken configuration to keep");
    }

    // How many pins there is room for, the firmware tells.
    [Fact]
    public void Configuration_ReadAsAnotherChips_HasThePinsOfTheFirmware()
    {
        var options = new CombineOptions { ObkConfigFrom = ObkConfigChoice.Given };
        options.ObkConfig = ObkConfigReader.Read(Formats.Obk.ObkTestData.Minimal(startupCommand: "echo given"), 0, ObkPinLayout.Pins48);

        var plan = Plan(SyntheticImages.TuyaN, Set(options, ("pins.40", "Btn;1")));

        Assert.Equal("obk-changes", Assert.Single(plan.Findings, finding => finding.Severity == FindingSeverity.Error).Subject);
    }

    [Fact]
    public void Template_WithWhatIsNotKnown_IsTakenAndSaid()
    {
        var options = new CombineOptions { ObkConfigFrom = ObkConfigChoice.Changed, ObkConfigName = "template.json", FactoryName = "old.bin" };
        options.ObkConfigChanges = new ObkConfigDocument(
        [
            new("vendor", "Somebody"), new("bDetailed", "0"), new("name", "Plug"), new("model", "X1"), new("chip", "BK7231N"), new("board", "CB2S"),
            new("flags", "1024"), new("keywords", Array.Empty<object>()), new("pins", new NamedValue[] { new("8", "Rel;2"), new("7", "Buzzer;1") }), new("command", ""),
        ]);
        Assert.NotEmpty(options.ObkConfigChanges.Findings);

        var plan = Plan(SyntheticImages.TuyaN, options);

        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.ObkRoleUnknown && finding.Message.Contains("'Buzzer'", StringComparison.Ordinal));
        Assert.Equal("8=Rel;2", PinsOf(ConfigOf(plan)));
        var region = PlanLines.Region(plan, "obk-config");
        Assert.Equal(("template.json", "the firmware's defaults with the fields of a file"), (region.FromFile, region.Reason));
        // Fields on top of what the device has are of the device.
        Assert.Equal("old.bin", PlanLines.Region(Plan(ObkDevice(), Set(new CombineOptions { FactoryName = "old.bin" }, ("wifiSsid", "x"))), "obk-config").FromFile);
        options.ObkConfigChanges = null;
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, options), "ObkNotAConfig obk-config", "no OpenBeken configuration was given");
    }

    [Fact]
    public void Configuration_OfAFormerFirmware_DoesNotComeAlongUnasked()
    {
        byte[] device = SyntheticImage.TuyaNDevice().WithConfig(0x1E1000).Dump();

        Assert.DoesNotContain(Plan(device, new CombineOptions()).Regions, region => region.Name == "obk-config" && region.Origin != RegionOrigin.Erased);
        Assert.Equal(string.Empty, ConfigOf(Plan(device, Set(new CombineOptions(), ("wifiSsid", "x")))).StartupCommand);
        PlanLines.Refused(Plan(SyntheticImages.TuyaN, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Keep }), "ObkNotAConfig factory", "to keep");
        PlanLines.Refused(Plan(device, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Firmware }), "ObkNotAConfig firmware", "carries no valid");
        PlanLines.Refused(Plan(device, new CombineOptions { ObkConfigFrom = ObkConfigChoice.Given }), "ObkNotAConfig obk-config", "no OpenBeken configuration was given");
    }

    [Fact]
    public void Configuration_CarriedByTheFirmware_GivesWayToTheDevicesOwn()
    {
        byte[] firmware = SyntheticImage.ObkNFirmware().QioWithConfig(Net, "echo firmware");
        CombinePlan With(byte[] device, params (string Name, string Value)[] fields) =>
            new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(firmware), Set(new CombineOptions(), fields)).Plan();

        Assert.Equal("backlog led_enableAll 1", ConfigOf(With(ObkDevice())).StartupCommand);
        Assert.Equal("echo firmware", ConfigOf(With(SyntheticImages.TuyaN)).StartupCommand);
        Assert.StartsWith("the configuration the firmware carries with 1 field set", PlanLines.Region(With(SyntheticImages.TuyaN, ("wifiSsid", "x")), "obk-config").Reason, StringComparison.Ordinal);
    }

    // The pins by the rules of the format notes, worked out by hand from the text in the dump.
    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", "OpenBK7231N_QIO_1.18.300.bin", "6=BL0937CF1;0 7=BL0937CF;0 8=WifiLED_n;0 10=Btn;1 24=BL0937SEL;0 26=Rel;1", "")]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "OpenBK7231N_QIO_1.18.300.bin", "", "startDriver TuyaMCU")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", "OpenBK7231T_QIO_1.18.300.bin", "8=SM2135CLK;0 26=SM2135DAT;0", "backlog SM2135_Current 2 8; LED_Map 2 1 0 4 3")]
    public void Wiring_OfACorpusDump_IsTakenOver(string device, string firmware, string pins, string command)
    {
        var plan = new ImageCombiner(SyntheticImages.FromCorpus(device), SyntheticImages.FromCorpus(firmware), new CombineOptions { FromTuya = true }).Plan();
        var config = ConfigOf(plan);
        Assert.Equal((pins, command), (PinsOf(config), config.StartupCommand));
    }

    private static string ObkPlainValueText(NamedValue field) => System.Text.Json.JsonSerializer.Serialize(field);

    private static string PinsOf(ObkConfig config) =>
        string.Join(" ", config.Pins.Where(pin => !pin.IsUnused).Select(pin => $"{pin.Number}={pin}"));

    private static ObkConfig ConfigOf(CombinePlan plan) => FlashImage.Parse(plan.ToArray()).ObkConfig!;

    private static CombineOptions Set(CombineOptions options, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            options.ObkChanges.Add(new NamedValue(name, value));
        return options;
    }

    private static CombinePlan Plan(byte[] device, CombineOptions options) =>
        new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(SyntheticImages.ObkN), options).Plan();

    private static byte[] Wired(string text) => SyntheticWithWiring(new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN) }.WithRf(0x1D0000), text);

    private static byte[] SyntheticWithWiring(SyntheticImage image, string text)
    {
        byte[] value = TuyaImages.Text(text);
        byte[] chip = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "user_param_key", value, (0, 2, 2 + value.Length / 128)).Data(2, value));
        byte[] dump = image.Dump();
        chip.AsSpan(TuyaImages.KeyOffset, 0x3000).CopyTo(dump.AsSpan(TuyaImages.KeyOffset));
        return dump;
    }

    private static SyntheticImage ObkDeviceImage() =>
        new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100") }.WithRf(0x1D0000).WithConfig(Net);

    private static byte[] ObkDevice() => ObkDeviceImage().Dump();
}

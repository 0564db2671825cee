using System.Globalization;
using System.Text;
using BekenImage.Formats.Obk;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Obk;

public class ObkConfigBuilderTests
{
    /// <summary>Field, value to set, and the bytes that value must give at its 32-pin and 48-pin place: written down from the field table.</summary>
    public static TheoryData<string, object, int, int, string> Places => new()
    {
        { "genericFlags", 1024L, 0x008, 0x008, "00040000" },
        { "genericFlags2", 0x80000001L, 0x00C, 0x00C, "01000080" },
        { "changeCounter", 513L, 0x010, 0x010, "0102" },
        { "otaCounter", 7L, 0x012, 0x012, "0700" },
        { "wifiSsid", "net", 0x014, 0x014, "6E657400" },
        { "wifiPass", "pass", 0x054, 0x054, "7061737300" },
        { "mqttHost", "host", 0x094, 0x094, "686F737400" },
        { "mqttClientId", "id", 0x194, 0x194, "696400" },
        { "mqttUserName", "me", 0x1D4, 0x1D4, "6D6500" },
        { "mqttPass", "pw", 0x214, 0x214, "707700" },
        { "mqttPort", 1883L, 0x294, 0x294, "5B070000" },
        { "webappRoot", "http", 0x298, 0x298, "6874747000" },
        { "mac", "02:11:22:33:44:55", 0x2D8, 0x2D8, "021122334455" },
        { "shortDeviceName", "s", 0x2DE, 0x2DE, "7300" },
        { "longDeviceName", "l", 0x2FE, 0x2FE, "6C00" },
        { "pins.6", "Btn;2;9", 0x344, 0x344, "03" },
        { "pins.7", "Rel_n;5", 0x365, 0x375, "05" },
        { "pins.8", "Btn;2;9", 0x386, 0x3A6, "09" },
        { "channelTypes.5", "Dimmer", 0x3A3, 0x3D3, "07" },
        { "startChannelValues.3", -1L, 0x3E4, 0x414, "FFFF" },
        { "log2lfs", 40L, 0x45E, 0x48E, "28" },
        { "dgrSendFlags", -2L, 0x460, 0x490, "FEFFFFFF" },
        { "dgrRecvFlags", 1L, 0x464, 0x494, "01000000" },
        { "dgrName", "g", 0x468, 0x498, "6700" },
        { "ntpServer", "1.2.3.4", 0x478, 0x4A8, "312E322E332E3400" },
        { "cal.1", 1.5, 0x49C, 0x4CC, "0000C03F" },
        { "cal.7", "0x0000000a", 0x4B4, 0x4E4, "0A000000" },
        { "buttonShortPress", 3L, 0x4B8, 0x4E8, "03" },
        { "buttonLongPress", 10L, 0x4B9, 0x4E9, "0A" },
        { "buttonHoldRepeat", 5L, 0x4BA, 0x4EA, "05" },
        { "lfsSize", 0x8000L, 0x4BC, 0x4EC, "00800000" },
        { "loggerFlags", 2L, 0x4C0, 0x4F0, "02000000" },
        { "staticIP.2", "192.168.0.1", 0x52F, 0x52F, "C0A80001" },
        { "ledRemap.4", 4L, 0x53B, 0x53B, "04" },
        { "ledCorr.3", 2.2, 0x548, 0x548, "CDCC0C40" },
        { "mqttGroup", "grp", 0x554, 0x554, "67727000" },
        { "timeRequiredToMarkBootSuccessfull", 5L, 0x597, 0x597, "05" },
        { "pingInterval", 60L, 0x598, 0x598, "3C000000" },
        { "pingSeconds", 300L, 0x59C, 0x59C, "2C010000" },
        { "pingHost", "p", 0x5A0, 0x5A0, "7000" },
        { "startupCommand", "echo", 0x5E0, 0x5E0, "6563686F00" },
        { "wifiSsid2", "b", 0xC00, 0xC00, "6200" },
        { "wifiPass2", "c", 0xC40, 0xC40, "6300" },
        { "webPassword", "w", 0xC84, 0xC84, "7700" },
        { "mqttUseTls", 1L, 0xCA5, 0xCA5, "01" },
        { "mqttVerifyTlsCert", true, 0xCA6, 0xCA6, "01" },
        { "mqttCertFile", "ca.crt", 0xCA7, 0xCA7, "63612E63727400" },
        { "disableWebServer", 1L, 0xCBB, 0xCBB, "01" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Set_AnyField_WritesItsPlaceInBothLayouts(string name, object value, int offset32, int offset48, string bytes)
    {
        byte[] expected = Convert.FromHexString(bytes);
        foreach (var (layout, offset) in new[] { (ObkPinLayout.Pins32, offset32), (ObkPinLayout.Pins48, offset48) })
        {
            var start = Start(layout);
            var changed = new ObkConfigBuilder(start).Set(name, value).Build();
            BytesAssert.Equal(expected, changed.Bytes.Span.Slice(offset, expected.Length));
            Assert.Equal(ObkTestData.SignedCrc8(changed.Bytes.Span.Slice(4)), changed.StoredChecksum);

            string field = name.Split('.')[0];
            Assert.Equal(
                start.ToFields(true).Where(pair => pair.Name is not ("flags" or "flagNames") && pair.Name != field).Select(Render),
                changed.ToFields(true).Where(pair => pair.Name is not ("flags" or "flagNames") && pair.Name != field).Select(Render));
            Assert.NotEqual(Render(start[field]), Render(changed[field]));
        }
    }

    [Fact]
    public void Places_EveryFieldOfTheTable_IsAmongThem() =>
        Assert.Equal(
            ObkFields.All.Select(field => field.Name).OrderBy(name => name, StringComparer.Ordinal),
            Places.Select(row => row.Data.Item1.Split('.')[0]).Distinct().OrderBy(name => name, StringComparer.Ordinal));

    [Theory]
    [InlineData(ObkPinLayout.Pins32)]
    [InlineData(ObkPinLayout.Pins48)]
    public void All_Fields_DoNotOverlapAndEndInsideTheStruct(ObkPinLayout layout)
    {
        int end = 8;
        foreach (var field in ObkFields.All)
        {
            Assert.True(field.OffsetIn(layout) >= end, field.Name);
            end = field.OffsetIn(layout) + field.SizeIn(layout, ObkConfig.CurrentLength);
        }
        Assert.Equal(0xCBC, end);
    }

    [Fact]
    public void Set_PinsOfTheWorkedExample_GivesItsChecksum()
    {
        var config = new ObkConfigBuilder(Start(ObkPinLayout.Pins32, ObkTestData.Minimal()))
            .Set("pins", new Dictionary<string, string> { ["6"] = "Btn;2", ["28"] = "Rel;5" }).Build();
        Assert.Equal(0xF9, config.StoredChecksum);
        Assert.Equal((3, 2, 1, 5), (config.Bytes.Span[0x33E + 6], config.Bytes.Span[0x35E + 6], config.Bytes.Span[0x33E + 28], config.Bytes.Span[0x35E + 28]));
        Assert.Equal("6=Btn;2 28=Rel;5", Render(config["pins"]));
    }

    [Fact]
    public void Build_NothingSet_GivesTheSameBytesAlsoUnknownOnes()
    {
        foreach (int version in new[] { 3, 4, 5 })
        {
            var random = new Random(version);
            byte[] noise = ObkTestData.Minimal(version, change: bytes => random.NextBytes(bytes.AsSpan(8)));
            var config = Start(ObkPinLayout.Pins32, noise);
            BytesAssert.Equal(noise, new ObkConfigBuilder(config).Build().Bytes.Span);
            Assert.NotEmpty(config.ToFields());
        }
    }

    [Theory]
    [InlineData(ObkPinLayout.Pins32)]
    [InlineData(ObkPinLayout.Pins48)]
    public void SetAll_OwnFieldsOfNoise_ChangesNoByte(ObkPinLayout layout)
    {
        var random = new Random(7);
        byte[] noise = ObkTestData.Minimal(5, change: bytes => random.NextBytes(bytes.AsSpan(8)));
        // A role of noise is a number without a name, a text of noise no UTF-8: both must survive.
        var config = Start(layout, noise);
        foreach (bool showSecrets in new[] { false, true })
            BytesAssert.Equal(noise, new ObkConfigBuilder(config).SetAll(config.ToFields(showSecrets)!).Build().Bytes.Span);
    }

    [Fact]
    public void SetAll_OneFieldChanged_ChangesThatFieldOnly()
    {
        var config = ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7231N), new MacAddress([2, 0x11, 0x22, 0x33, 0x44, 0x55]));
        var fields = config.ToFields().ToDictionary(pair => pair.Name, pair => (object?)pair.Value);
        fields["mqttPort"] = 8883L;
        byte[] expected = config.Bytes.ToArray();
        expected[0x294] = 0xB3;
        expected[0x295] = 0x22;
        expected[3] = ObkTestData.SignedCrc8(expected.AsSpan(4));
        var changes = fields.Select(pair => new NamedValue(pair.Key, pair.Value));
        BytesAssert.Equal(expected, new ObkConfigBuilder(config).SetAll(changes).Build().Bytes.Span);
    }

    [Fact]
    public void ToFields_Passwords_AreMaskedUnlessAskedFor()
    {
        var config = new ObkConfigBuilder(Start(ObkPinLayout.Pins32)).Set("wifiPass", "hidden1").Set("mqttPass", "hidden2")
            .Set("wifiPass2", "hidden3").Set("webPassword", "hidden4").Build();
        Assert.DoesNotContain("hidden", string.Join("|", config.ToFields().Select(Render)), StringComparison.Ordinal);
        Assert.Equal(4, config.ToFields().Count(pair => Equals(pair.Value, SecretMask.Text)));
        Assert.Equal(4, config.ToFields(true).Count(pair => Render(pair.Value).StartsWith("hidden", StringComparison.Ordinal)));
        Assert.Equal("hidden1", new ObkConfigBuilder(config).Set("wifiPass", SecretMask.Text).Build()["wifiPass"]);
        Assert.Equal("", new ObkConfigBuilder(config).Set("wifiPass", "").Build()["wifiPass"]);
    }

    [Fact]
    public void Set_Flags_ByNumberNameListAndPrefix()
    {
        var builder = new ObkConfigBuilder(Start(ObkPinLayout.Pins32));
        builder.Set("flags.10", true).Set("flags.OBK_FLAG_WIFI_FAST_CONNECT", "1").Set("flags.led_rawchannelsmode", 1).Set("flags.63", "on");
        var config = builder.Build();
        Assert.Equal(1UL << 10 | 1UL << 37 | 1UL << 3 | 1UL << 63, config.Flags);
        Assert.Equal("9223372174293730312", config.ToFields().Single(pair => pair.Name == "flags").Value);
        Assert.Equal((1032L, 0x80000020L), (config["genericFlags"], config["genericFlags2"]));
        Assert.Equal(["LED_RAWCHANNELSMODE", "MQTT_BROADCASTSELFSTATEONCONNECT", "WIFI_FAST_CONNECT", "63"], ObkFlags.NamesOf(config.Flags));
        Assert.Equal(1UL << 31 | 1UL << 60, builder.Set("flagNames", new object[] { "CMD_ACCEPT_UART_COMMANDS", 60L }).Build().Flags);
        Assert.Equal(0UL, builder.Set("flags.31", false).Set("flags.60", 0).Build().Flags);
    }

    [Fact]
    public void SetAll_FlagsAndTheirNames_TheChangedOneCounts()
    {
        var config = new ObkConfigBuilder(Start(ObkPinLayout.Pins32)).Set("flags", 1024).Build();
        ulong Apply(object flags, params object[] names) => new ObkConfigBuilder(config)
            .SetAll([new("flags", flags), new("flagNames", names)]).Build().Flags;
        Assert.Equal(1UL, Apply(1L, "MQTT_BROADCASTSELFSTATEONCONNECT"));
        Assert.Equal(2UL, Apply(1024L, "MQTT_BROADCASTLEDFINALCOLOR"));
        Assert.Equal(1024UL, Apply("1024", "10"));
        Assert.Equal(FindingCode.ObkValueRefused, Assert.Throws<BekenImageException>(() => Apply(1L, "MQTT_BROADCASTLEDFINALCOLOR")).Code);

        ulong Words(params NamedValue[] fields) => new ObkConfigBuilder(config).SetAll(fields).Build().Flags;
        Assert.Equal(5UL | 6UL << 32, Words(new("flags", 1024L), new("genericFlags", 5L), new("genericFlags2", 6L)));
        Assert.Equal(5UL, Words(new("flags", 5L), new("genericFlags", 1024L), new("genericFlags2", 0L)));
        Assert.Equal(FindingCode.ObkValueRefused, Assert.Throws<BekenImageException>(() => Words(new("flags", 1L), new("genericFlags", 5L))).Code);
    }

    [Theory]
    [InlineData("noSuchField", "1", FindingCode.ObkUnknownField)]
    [InlineData("mqttPort", "many", FindingCode.ObkValueRefused)]
    [InlineData("mqttPort", "2147483648", FindingCode.ObkValueRefused)]
    [InlineData("buttonShortPress", "256", FindingCode.ObkValueRefused)]
    [InlineData("buttonShortPress", "-1", FindingCode.ObkValueRefused)]
    [InlineData("pins.32", "Rel;1", FindingCode.ObkValueRefused)]
    [InlineData("pins.6", "NoSuchRole;1", FindingCode.ObkValueRefused)]
    [InlineData("pins.6", "Rel;256", FindingCode.ObkValueRefused)]
    [InlineData("pins.6", "Rel;1;2;3", FindingCode.ObkValueRefused)]
    [InlineData("pins", "Rel;1", FindingCode.ObkValueRefused)]
    [InlineData("channelTypes.64", "Toggle", FindingCode.ObkValueRefused)]
    [InlineData("channelTypes.1", "NoSuchType", FindingCode.ObkValueRefused)]
    [InlineData("startChannelValues.1", "32768", FindingCode.ObkValueRefused)]
    [InlineData("flags.64", "1", FindingCode.ObkValueRefused)]
    [InlineData("flags.10", "maybe", FindingCode.ObkValueRefused)]
    [InlineData("mac", "02:11", FindingCode.ObkValueRefused)]
    [InlineData("staticIP.0", "1.2.3", FindingCode.ObkValueRefused)]
    [InlineData("staticIP.0", "1.2.3.256", FindingCode.ObkValueRefused)]
    [InlineData("ledRemap", "1,2,3", FindingCode.ObkValueRefused)]
    [InlineData("cal.8", "1", FindingCode.ObkValueRefused)]
    [InlineData("cal.0", "1e99", FindingCode.ObkValueRefused)]
    [InlineData("cal.0", "NaN", FindingCode.ObkValueRefused)]
    [InlineData("mqttHost.0", "1", FindingCode.ObkValueRefused)]
    [InlineData("wifiSsid", "a\0b", FindingCode.ObkValueRefused)]
    [InlineData("version", "4", FindingCode.ObkValueRefused)]
    public void Set_WhatDoesNotFit_IsRefusedAndNothingChanges(string name, string value, FindingCode code)
    {
        var start = Start(ObkPinLayout.Pins32);
        var builder = new ObkConfigBuilder(start);
        Assert.Equal(code, Assert.Throws<BekenImageException>(() => builder.Set(name, value)).Code);
        Assert.Equal(code, Assert.Throws<BekenImageException>(() => builder.SetAll([new("mqttPort", 1L), new(name, value)])).Code);
        BytesAssert.Equal(start.Bytes.Span, builder.Build().Bytes.Span);
    }

    // What is wrong is said, and not something else: with a colon the channel, too.
    [Theory]
    [InlineData("pins.6", "Btn;256", "pin 6 needs a role by name or number and up to two channels from 0 to 255, like Btn;2")]
    [InlineData("pins.6", "Btn:256", "pin 6 needs a role by name or number and up to two channels from 0 to 255, like Btn;2")]
    [InlineData("pins.6", "Qwxyz:1", "there is no role for pin 6 of that name or number. There are, from 0 to")]
    [InlineData("qwxyz", "1", "OpenBeken config has no field 'qwxyz'. The fields are")]
    public void Set_WhatDoesNotFit_SaysWhatIsWrong(string name, string value, string said) => Assert.Contains(
        said, Assert.Throws<BekenImageException>(() => new ObkConfigBuilder(Start(ObkPinLayout.Pins32)).Set(name, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Set_TextAtItsLimit_FitsAndOneMoreByteDoesNot()
    {
        foreach (var field in ObkFields.All.Where(field => field.Type == ObkFieldType.Text))
        {
            // The firmware reads the first pass phrase without needing a NUL: 64 hex digits of a PSK fit.
            int longest = field.SizeIn(ObkPinLayout.Pins32, 3584) - (field.Name == "wifiPass" ? 0 : 1);
            string fits = string.Concat(Enumerable.Repeat("ä", longest / 2)) + (longest % 2 == 1 ? "x" : "");
            Assert.Equal(longest, Encoding.UTF8.GetByteCount(fits));
            var builder = new ObkConfigBuilder(Start(ObkPinLayout.Pins32)).Set(field.Name, fits);
            Assert.Equal(fits, builder.Build()[field.Name]);
            var refusal = Assert.Throws<BekenImageException>(() => builder.Set(field.Name, fits + "y"));
            Assert.DoesNotContain("ä", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Set_ShorterText_LeavesNothingOfTheLongerOne()
    {
        var config = new ObkConfigBuilder(Start(ObkPinLayout.Pins32)).Set("wifiPass", "long-pass-phrase").Set("wifiPass", "ab").Build();
        Assert.Equal(-1, config.Bytes.Span.IndexOf("pass-phrase"u8));
    }

    [Fact]
    public void Set_FieldOfALaterVersion_IsRefusedUntilTheVersionIsSet()
    {
        byte[] old = ObkTestData.Minimal(2, "echo old", bytes =>
        {
            "short"u8.CopyTo(bytes.AsSpan(0x2DE));
            "client"u8.CopyTo(bytes.AsSpan(0x194));
        });
        var builder = new ObkConfigBuilder(Start(ObkPinLayout.Pins32, old));
        Assert.Equal(FindingCode.ObkFieldNotInVersion, Assert.Throws<BekenImageException>(() => builder.Set("wifiSsid2", "x")).Code);
        Assert.Throws<BekenImageException>(() => builder.Set("startupCommand", new string('x', 512)));

        var upgraded = new ObkConfigBuilder(Start(ObkPinLayout.Pins32, old)).SetAll([new("wifiSsid2", "x"), new("webPassword", "w"), new("version", 5L)]).Build();
        Assert.Equal(("x", "w", "echo old"), (upgraded["wifiSsid2"], upgraded["webPassword"], upgraded.StartupCommand));

        var current = builder.Set("version", 5).Set("wifiSsid2", "x").Set("startupCommand", new string('x', 1567)).Build();
        Assert.Equal((5, 3584, true, "short", "x"), ((int)current.Version, current.Length, current.IsAcceptedByFirmware, current["mqttClientId"], current["wifiSsid2"]));
    }

    [Fact]
    public void Names_EveryRoleTypeAndFlag_RoundTripAlsoInOtherSpellings()
    {
        for (int number = 0; number < 256; number++)
        {
            Assert.True(ObkPinRoles.TryParse(ObkPinRoles.NameOf((byte)number).ToUpperInvariant(), out byte role));
            Assert.True(ObkChannelTypes.TryParse(ObkChannelTypes.NameOf((byte)number).ToUpperInvariant(), out byte type));
            Assert.Equal((number, number), (role, type));
        }
        Assert.Equal((99, 68, 52), (ObkPinRoles.Count, ObkChannelTypes.Count, ObkFlags.Count));
        foreach (var (text, number) in new[] { (" ", 0), ("", 0), ("None", 0), ("Button_pd", 89), ("CHT8305_SDA", 46), ("BL0939_MISO", 98), ("ToggleChannelOnToggle_pd", 91) })
        {
            Assert.True(ObkPinRoles.TryParse(text, out byte role));
            Assert.Equal(number, role);
        }
        Assert.Equal([0, 2, 1, 1], new byte[] { 8, 3, 1, 200 }.Select(ObkPinRoles.ChannelCount));
        Assert.False(ObkPinRoles.TryParse("256", out _));
        Assert.False(ObkFlags.TryParse("64", out _));
    }

    [Theory]
    [InlineData(BekenChip.BK7231N, "OpenBK7231N_22334455", "bekens_n", ObkPinLayout.Pins32)]
    [InlineData(BekenChip.BK7231M, "OpenBK7231N_22334455", "bekens_n", ObkPinLayout.Pins32)]
    [InlineData(BekenChip.BK7238, "OpenBK7238_22334455", "bekens_8s", ObkPinLayout.Pins32)]
    [InlineData(BekenChip.BK7252N, "OpenBK7252N_22334455", "bekens_52n", ObkPinLayout.Pins48)]
    public void Defaults_OfAChip_AreThoseOfItsFirmware(BekenChip chip, string longName, string group, ObkPinLayout layout)
    {
        var config = ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(chip), new MacAddress([2, 0x11, 0x22, 0x33, 0x44, 0x55]), 0x1D1000);
        Assert.True(config.IsAcceptedByFirmware);
        Assert.Equal((5, layout, 0x1D1000, 1024UL), ((int)config.Version, config.Layout, config.Offset, config.Flags));
        Assert.Equal((longName, "obk22334455", "obk22334455", group), (config["longDeviceName"], config["shortDeviceName"], config["mqttClientId"], config["mqttGroup"]));
        Assert.Equal("1 1 1 2.2 0.1 0.1", Render(config["ledCorr"]));
        Assert.Equal(("homeassistant", "qqqqqqqqqq", 1883L, "192.168.0.1", "217.147.223.78"), (config["mqttUserName"], config["mqttPass"], config["mqttPort"], config["pingHost"], config["ntpServer"]));
        Assert.Equal(FindingCode.ObkChipUnknown, Assert.Throws<BekenImageException>(() => ObkConfigDefaults.Create(BekenChips.ObkFirmwareOf(BekenChip.BK7231Q), default)).Code);
    }

    [Fact]
    public void Build_CorpusConfigWithOneFieldChanged_DiffersThereOnly()
    {
        byte[] image = Corpus.Read("OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin");
        byte[] sector = image.AsSpan(0x1D1000, 4096).ToArray();
        var config = ObkConfigReader.Read(sector, 0x1D1000, ObkPinLayout.Pins32);
        BytesAssert.Equal(sector, config.ToSector());
        BytesAssert.Equal(sector.AsSpan(0, 3584), new ObkConfigBuilder(config).Build().Bytes.Span);
        BytesAssert.Equal(sector.AsSpan(0, 3584), new ObkConfigBuilder(config).SetAll(config.ToFields()!).Build().Bytes.Span);
        var changed = ObkConfigReader.Read(new ObkConfigBuilder(config).Set("startupCommand", "echo hello").Build().ToSector(), 0x1D1000, ObkPinLayout.Pins32);
        Assert.Equal("echo hello", changed.StartupCommand);
        Assert.Equal([3], Enumerable.Range(0, 0x5E0).Where(i => changed.Bytes.Span[i] != config.Bytes.Span[i]));
    }

    internal static string Render(NamedValue pair) => pair.Name + ":" + Render(pair.Value);

    internal static string Render(object? value) => value switch
    {
        IEnumerable<NamedValue> map => string.Join(" ", map.Select(pair => pair.Name + "=" + pair.Value)),
        IReadOnlyList<object> list => string.Join(" ", list.Select(Render)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static ObkConfig Start(ObkPinLayout layout, byte[]? bytes = null)
    {
        Assert.True(ObkConfigReader.TryRead(bytes ?? ObkTestData.Minimal(), 0x1D1000, layout, null, out var config));
        return config!;
    }
}

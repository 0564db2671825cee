using System.Collections;
using System.Globalization;
using BekenImage.Formats.Obk;

namespace BekenImage.Tests.Formats.Obk;

/// <summary>The properties are the fields: each named field has one, and it reads the same bytes.</summary>
public class ObkConfigPropertyTests
{
    // Every byte of the configuration is set, so that two fields can hardly be taken for one another.
    private static readonly Lazy<ObkConfig> Full = new(() =>
    {
        byte[] bytes = ObkTestData.Minimal(change: config =>
        {
            for (int i = 8; i < config.Length; i++)
                config[i] = (byte)(0x41 + i * 7 % 25);
        });
        Assert.True(ObkConfigReader.TryRead(ObkTestData.Sector(bytes), 0x1D1000, ObkPinLayout.Pins32, null, out var config));
        return config;
    });

    public static TheoryData<string> Names => [.. ObkFields.All.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Property_OfAField_ReadsWhatTheNamedFieldReads(string name)
    {
        var property = typeof(ObkConfig).GetProperty(char.ToUpperInvariant(name[0]) + name[1..]);
        Assert.NotNull(property);
        Assert.Equal(Text(Full.Value[name]), Text(Plain(name, property.GetValue(Full.Value))));
    }

    [Fact]
    public void Property_OfAFieldTheVersionDoesNotHave_IsNull()
    {
        byte[] bytes = ObkTestData.Minimal(version: 3, startupCommand: "backlog");
        Assert.True(ObkConfigReader.TryRead(ObkTestData.Sector(bytes), 0, ObkPinLayout.Pins32, null, out var config));
        Assert.Equal("backlog", config.StartupCommand);
        Assert.Null(config.WifiSsid2);
        Assert.Null(config.WifiPass2);
        Assert.Null(config.WebPassword);
        Assert.Null(config.MqttUseTls);
        Assert.Null(config.MqttVerifyTlsCert);
        Assert.Null(config.MqttCertFile);
        Assert.Null(config.DisableWebServer);
    }

    [Fact]
    public void Text_OfAConfiguration_HoldsNoneOfItsTexts()
    {
        var builder = new ObkConfigBuilder(Full.Value);
        var texts = ObkFields.All.Where(field => field.Type == ObkFieldType.Text).ToList();
        foreach (var field in texts)
            builder.Set(field.Name, "Zq" + field.Name[..2]);
        string printed = builder.Build().ToString();
        Assert.DoesNotContain("Zq", printed);
        Assert.Contains("version 5", printed);
    }

    [Fact]
    public void Text_OfANamedValue_IsItsNameOnly() => Assert.Equal("wifiPass", new NamedValue("wifiPass", "Zq").ToString());

    private static object? Plain(string name, object? value) => (ObkFields.Find(name)!.Type, value) switch
    {
        (_, bool truth) => truth ? Full.Value[name] : 0L,
        (ObkFieldType.Pins, IEnumerable pins) => pins.Cast<ObkPin>().Where(pin => !pin.IsUnused).Select(pin => $"{pin.Number}={pin}"),
        (ObkFieldType.ChannelTypes, IEnumerable types) =>
            types.Cast<byte>().Select((type, channel) => $"{channel}={ObkChannelTypes.NameOf(type)}"),
        (ObkFieldType.ChannelValues, IEnumerable numbers) => numbers.Cast<short>().Select((number, channel) => $"{channel}={number}"),
        (ObkFieldType.Floats, IEnumerable numbers) =>
            numbers.Cast<float>().Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        _ => value,
    };

    private static string Text(object? value) => value switch
    {
        string text => text,
        double number => ((float)number).ToString("R", CultureInfo.InvariantCulture),
        NamedValue pair => $"{pair.Name}={pair.Value}",
        IEnumerable list => string.Join(" ", list.Cast<object?>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };
}

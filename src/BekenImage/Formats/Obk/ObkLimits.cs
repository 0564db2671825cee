using System.Text;

namespace BekenImage.Formats.Obk;

/// <summary>
/// What fits a field but no firmware or network takes. Judged is only what was changed: what a device has is its own affair, and a newer
/// firmware may know more. Source: FORMAT.md; for networks IEEE 802.11 and MQTT.
/// </summary>
internal static class ObkLimits
{
    private const int LongestSsid = 32;
    private const int ShortestPassPhrase = 8;
    private const int KeyDigits = 64;
    private const int FirstLedChannel = 129;
    private const int LastLedChannel = 138;
    private const int FirstFlashVariable = 200;

    // GPIO numbers that the firmware shows; the arrays are larger.
    private const int Gpios32 = 29;
    private const int Gpios48 = 40;

    /// <summary>What is unlikely about a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="before">The configuration as it was.</param>
    /// <param name="after">As it is now.</param>
    /// <param name="layout">The pin layout.</param>
    /// <returns>Sentences that begin with the name; nothing where it did not change, or where all is well.</returns>
    public static IEnumerable<string> Judge(ObkField field, byte[] before, byte[] after, ObkPinLayout layout)
    {
        object old = ObkFieldCodec.Read(field, before, layout), value = ObkFieldCodec.Read(field, after, layout);
        if (ObkPlainValue.AreEqual(old, value))
            return [];
        return (field.Type, value) switch
        {
            (ObkFieldType.Pins, _) => Pins(before, after, field, layout),
            (ObkFieldType.ChannelTypes, _) => ChannelTypes(before, after, field, layout),
            (_, string text) => About(field.Name, JudgeText(field.Name, text)),
            (_, long number) => About(field.Name, JudgeNumber(field.Name, number)),
            _ => [],
        };
    }

    private static string[] About(string name, string? what) => what is null ? [] : [$"'{name}': {what}"];

    private static string? JudgeText(string name, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        return name switch
        {
            "wifiSsid" or "wifiSsid2" when length > LongestSsid =>
                FormattableString.Invariant($"the name of a network has up to {LongestSsid} bytes, this one has {length}"),
            "wifiPass" or "wifiPass2" when length > 0 && !IsPassPhrase(text, length) => FormattableString.Invariant(
                $"a WPA pass phrase has {ShortestPassPhrase} to {KeyDigits - 1} characters, or is {KeyDigits} hex digits; this one has {length}"),
            "mqttClientId" or "mqttGroup" when text.IndexOfAny(['+', '#']) >= 0 => "a topic may not contain + or #",
            _ => null,
        };
    }

    private static bool IsPassPhrase(string text, int length) =>
        length is >= ShortestPassPhrase and < KeyDigits || length == KeyDigits && text.All(Uri.IsHexDigit);

    private static string? JudgeNumber(string name, long number) => name switch
    {
        "mqttPort" when number is < 1 or > ushort.MaxValue => FormattableString.Invariant($"a port is a number from 1 to {ushort.MaxValue}, not {number}"),
        "lfsSize" when number % FlashGeometry.SectorSize != 0 =>
            FormattableString.Invariant($"a size is a multiple of {FlashGeometry.SectorSize} bytes, or 0 for the default; {number} is not"),
        "mqttUseTls" or "mqttVerifyTlsCert" or "disableWebServer" when number > 1 => FormattableString.Invariant($"it is 0 or 1, not {number}"),
        _ => null,
    };

    private static IEnumerable<string> Pins(byte[] before, byte[] after, ObkField field, ObkPinLayout layout)
    {
        int offset = field.OffsetIn(layout), size = field.SizeIn(layout, after.Length);
        var old = ObkFieldCodec.ReadPins(before.AsSpan(offset, size));
        int gpios = layout == ObkPinLayout.Pins48 ? Gpios48 : Gpios32;
        foreach (var pin in ObkFieldCodec.ReadPins(after.AsSpan(offset, size)).Where(pin => pin != old[pin.Number] && !pin.IsUnused))
        {
            string name = FormattableString.Invariant($"'pins.{pin.Number}'");
            if (pin.Number >= gpios)
                yield return FormattableString.Invariant($"{name}: the firmware knows pins 0 to {gpios - 1} on this chip");
            if (pin.Role >= ObkPinRoles.Count)
            {
                yield return FormattableString.Invariant(
                    $"{name}: role {pin.Role} is not known; roles run from 0 (None) to {ObkPinRoles.Count - 1} ({ObkPinRoles.NameOf((byte)(ObkPinRoles.Count - 1))})");
            }
            foreach (byte channel in new[] { pin.Channel, pin.Channel2 }.Where(channel => !IsChannel(channel)))
            {
                yield return FormattableString.Invariant(
                    $"{name}: channel {channel} is none of a pin; channels run from 0 to {ObkFields.Channels - 1}, {FirstLedChannel} to {LastLedChannel} are the LED driver's, and from {FirstFlashVariable} on they are flash variables");
            }
        }
    }

    private static bool IsChannel(byte channel) => channel is < ObkFields.Channels or (>= FirstLedChannel and <= LastLedChannel);

    private static IEnumerable<string> ChannelTypes(byte[] before, byte[] after, ObkField field, ObkPinLayout layout)
    {
        int offset = field.OffsetIn(layout);
        for (int channel = 0; channel < ObkFields.Channels; channel++)
        {
            byte type = after[offset + channel];
            if (type >= ObkChannelTypes.Count && type != before[offset + channel])
            {
                yield return FormattableString.Invariant(
                    $"'channelTypes.{channel}': type {type} is not known; types run from 0 (Default) to {ObkChannelTypes.Count - 1} ({ObkChannelTypes.NameOf((byte)(ObkChannelTypes.Count - 1))})");
            }
        }
    }
}

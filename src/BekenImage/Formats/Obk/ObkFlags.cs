using System.Buffers.Binary;
using System.Collections;
using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>OpenBeken's 64 generic flags: numbers and names. Flags from 32 on are stored in the second word. Source: FORMAT.md, "Flags".</summary>
public static class ObkFlags
{
    /// <summary>How many flags there is room for.</summary>
    public const int Capacity = 64;

    private static readonly ObkNameTable Table = new(
    [
        "MQTT_BROADCASTLEDPARAMSTOGETHER", "MQTT_BROADCASTLEDFINALCOLOR", "MQTT_BROADCASTSELFSTATEPERMINUTE",
        "LED_RAWCHANNELSMODE", "LED_FORCESHOWRGBCWCONTROLLER", "CMD_ENABLETCPRAWPUTTYSERVER",
        "BTN_INSTANTTOUCH", "MQTT_ALWAYSSETRETAIN", "LED_ALTERNATE_CW_MODE",
        "SM2135_SEPARATE_MODES", "MQTT_BROADCASTSELFSTATEONCONNECT", "SLOW_PWM",
        "LED_REMEMBERLASTSTATE", "HTTP_PINMONITOR", "IR_PUBLISH_RECEIVED",
        "IR_ALLOW_UNKNOWN", "LED_BROADCAST_FULL_RGBCW", "LED_AUTOENABLE_ON_WWW_ACTION",
        "LED_SMOOTH_TRANSITIONS", "TUYAMCU_ALWAYSPUBLISHCHANNELS", "LED_FORCE_MODE_RGB",
        "MQTT_RETAIN_POWER_CHANNELS", "IR_PUBLISH_RECEIVED_IN_JSON", "LED_AUTOENABLE_ON_ANY_ACTION",
        "LED_EMULATE_COOL_WITH_RGB", "POWER_ALLOW_NEGATIVE", "USE_SECONDARY_UART",
        "AUTOMAIC_HASS_DISCOVERY", "LED_SETTING_WHITE_RGB_ENABLES_CW", "USE_SHORT_DEVICE_NAME_AS_HOSTNAME",
        "DO_TASMOTA_TELE_PUBLISHES", "CMD_ACCEPT_UART_COMMANDS", "LED_USE_OLD_LINEAR_MODE",
        "PUBLISH_MULTIPLIED_VALUES", "MQTT_HASS_ADD_RELAYS_AS_LIGHTS", "NOT_PUBLISH_AVAILABILITY",
        "DRV_DISABLE_AUTOSTART", "WIFI_FAST_CONNECT", "POWER_FORCE_ZERO_IF_RELAYS_OPEN",
        "MQTT_PUBLISH_ALL_CHANNELS", "MQTT_ENERGY_IN_KWH", "BUTTON_DISABLE_ALL",
        "DOORSENSOR_INVERT_STATE", "TUYAMCU_USE_QUEUE", "HTTP_DISABLE_AUTH_IN_SAFE_MODE",
        "DISCOVERY_DONT_MERGE_LIGHTS", "TUYAMCU_STORE_RAW_DATA", "TUYAMCU_STORE_ALL_DATA",
        "POWER_INVERT_AC", "HTTP_NO_ONOFF_WORDS", "MQTT_NEVERAPPENDGET",
        "WIFI_ENHANCED_FAST_CONNECT",
    ]);

    /// <summary>How many flags have names; their numbers run from 0.</summary>
    public static int Count => Table.Count;

    /// <summary>The name of a flag, without the firmware's prefix OBK_FLAG_; its number as text where it has none.</summary>
    /// <param name="flag">Flag number, 0 to 63.</param>
    public static string NameOf(int flag) => Table.NameOf(flag);

    /// <summary>What a flag does, in a sentence; empty for one without a name.</summary>
    /// <param name="flag">Flag number, 0 to 63.</param>
    public static string MeaningOf(int flag) => flag >= 0 && flag < ObkFlagMeanings.All.Count ? ObkFlagMeanings.All[flag] : string.Empty;

    /// <summary>Finds a flag by its name, in any case and with or without OBK_FLAG_, or by its number.</summary>
    /// <param name="text">Name or decimal number.</param>
    /// <param name="flag">The flag number, or 0.</param>
    /// <returns>False when the text is neither.</returns>
    public static bool TryParse(string? text, out int flag)
    {
        const string prefix = "OBK_FLAG_";
        if (text is not null && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            text = text.Substring(prefix.Length);
        return Table.TryParse(text, Capacity - 1, out flag);
    }

    internal const string Name = "flags";
    internal const string NamesName = "flagNames";

    // Both words lie at the same place in both layouts, one behind the other.
    private const int Offset = 0x008;

    internal static ulong Read(ReadOnlySpan<byte> config) => BinaryPrimitives.ReadUInt64LittleEndian(config.Slice(Offset));

    internal static void Write(Span<byte> config, ulong flags) => BinaryPrimitives.WriteUInt64LittleEndian(config.Slice(Offset), flags);

    /// <summary>All flags as one plain value: a long, or decimal text when flag 63 is set.</summary>
    internal static object ToPlainValue(ulong flags) =>
        flags <= long.MaxValue ? (long)flags : flags.ToString(CultureInfo.InvariantCulture);

    /// <summary>All flags from a number, from text with a number, or from a list of names and numbers.</summary>
    internal static ulong FromPlainValue(string name, object? value)
    {
        if (value is string or IFormattable or null)
            return ObkPlainValue.ToBits(name, value);
        if (value is not IEnumerable items)
            throw ObkPlainValue.Refused(name, "a number or a list of flag names is expected");
        ulong flags = 0;
        foreach (object? item in items)
            flags |= 1UL << ToNumber(name, ObkPlainValue.ToText(name, item));
        return flags;
    }

    internal static int ToNumber(string name, string text) =>
        TryParse(text, out int flag) ? flag : throw ObkPlainValue.NotAmong(name, "flag", text, Table.Names);

    /// <summary>The names of the flags that are set, lowest first.</summary>
    /// <param name="flags">All flags; bit n is flag n.</param>
    public static IReadOnlyList<string> NamesOf(ulong flags) =>
        Enumerable.Range(0, Capacity).Where(flag => (flags >> flag & 1) != 0).Select(NameOf).ToArray();
}

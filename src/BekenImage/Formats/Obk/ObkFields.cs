namespace BekenImage.Formats.Obk;

/// <summary>Every field of OpenBeken's configuration in stored order: the one table that reader, builder and FORMAT.md share.</summary>
public static class ObkFields
{
    internal const string StartupCommandNativeName = "initCommandLine";
    internal const int OldStartupCommandSize = 512;
    internal const int FirstBehindPins = 0x39E;
    internal const int FirstCommonAgain = 0x527;
    internal const int Pins48Shift = 0x30;
    internal const int Channels = 64;

    /// <summary>The fields in stored order, with offsets of the 32-pin layout.</summary>
    public static IReadOnlyList<ObkField> All { get; } =
    [
        new("genericFlags", "genericFlags", ObkFieldType.UInt32, 0x008, 4, "flags 0 to 31"),
        new("genericFlags2", "genericFlags2", ObkFieldType.UInt32, 0x00C, 4, "flags 32 to 63"),
        new("changeCounter", "changeCounter", ObkFieldType.UInt16, 0x010, 2, "saves so far"),
        new("otaCounter", "otaCounter", ObkFieldType.UInt16, 0x012, 2, "updates so far"),
        new("wifiSsid", "wifi_ssid", ObkFieldType.Text, 0x014, 64, "empty: open access point") { IsPrivate = true },
        new("wifiPass", "wifi_pass", ObkFieldType.Text, 0x054, 64, "pass phrase") { IsSecret = true, IsPrivate = true, MayFill = true },
        new("mqttHost", "mqtt_host", ObkFieldType.Text, 0x094, 256, "broker"),
        new("mqttClientId", "mqtt_clientId", ObkFieldType.Text, 0x194, 64, "MQTT topic base"),
        new("mqttUserName", "mqtt_userName", ObkFieldType.Text, 0x1D4, 64, "broker login") { IsPrivate = true },
        new("mqttPass", "mqtt_pass", ObkFieldType.Text, 0x214, 128, "broker password") { IsSecret = true, IsPrivate = true },
        new("mqttPort", "mqtt_port", ObkFieldType.Int32, 0x294, 4, "broker port"),
        new("webappRoot", "webappRoot", ObkFieldType.Text, 0x298, 64, "address of the web application"),
        new("mac", "mac", ObkFieldType.Mac, 0x2D8, 6, "copy made with the defaults; Beken chips do not use it"),
        new("shortDeviceName", "shortDeviceName", ObkFieldType.Text, 0x2DE, 32, ""),
        new("longDeviceName", "longDeviceName", ObkFieldType.Text, 0x2FE, 64, ""),
        new("pins", "pins", ObkFieldType.Pins, 0x33E, 96, "role and channels per GPIO"),
        new("channelTypes", "channelTypes", ObkFieldType.ChannelTypes, 0x39E, Channels, "type per channel"),
        new("startChannelValues", "startChannelValues", ObkFieldType.ChannelValues, 0x3DE, 2 * Channels, "value at boot; -1 = remember"),
        new("log2lfs", "log2lfs", ObkFieldType.UInt8, 0x45E, 1, "start-up logging to LittleFS: seconds modulo 31, starts in the quotient"),
        new("dgrSendFlags", "dgr_sendFlags", ObkFieldType.Int32, 0x460, 4, "Tasmota device groups: what is sent"),
        new("dgrRecvFlags", "dgr_recvFlags", ObkFieldType.Int32, 0x464, 4, "Tasmota device groups: what is received"),
        new("dgrName", "dgr_name", ObkFieldType.Text, 0x468, 16, "Tasmota device group"),
        new("ntpServer", "ntpServer", ObkFieldType.Text, 0x478, 32, ""),
        new("cal", "cal", ObkFieldType.Floats, 0x498, 32, "power metering: voltage, current, power, power max, then four HLW8112 values"),
        new("buttonShortPress", "buttonShortPress", ObkFieldType.UInt8, 0x4B8, 1, "0.1 s"),
        new("buttonLongPress", "buttonLongPress", ObkFieldType.UInt8, 0x4B9, 1, "0.1 s"),
        new("buttonHoldRepeat", "buttonHoldRepeat", ObkFieldType.UInt8, 0x4BA, 1, "0.1 s"),
        new("lfsSize", "LFS_Size", ObkFieldType.UInt32, 0x4BC, 4, "LittleFS size in bytes; 0 = default 0x8000"),
        new("loggerFlags", "loggerFlags", ObkFieldType.Int32, 0x4C0, 4, "bits: 1 MQTT deduper, 2 power save, 3 every second, 4 Wi-Fi info"),
        new("staticIP", "staticIP", ObkFieldType.Addresses, 0x527, 16, "address, mask, gateway, DNS; all 0 = DHCP"),
        new("ledRemap", "ledRemap", ObkFieldType.Bytes, 0x537, 5, "channels of r, g, b, cool, warm"),
        new("ledCorr", "led_corr", ObkFieldType.Floats, 0x53C, 24, "red, green, blue factor, gamma, rgb minimum %, cw minimum %"),
        new("mqttGroup", "mqtt_group", ObkFieldType.Text, 0x554, 64, "topic of the device group"),
        new("timeRequiredToMarkBootSuccessfull", "timeRequiredToMarkBootSuccessfull", ObkFieldType.UInt8, 0x597, 1, "seconds"),
        new("pingInterval", "ping_interval", ObkFieldType.Int32, 0x598, 4, "seconds"),
        new("pingSeconds", "ping_seconds", ObkFieldType.Int32, 0x59C, 4, "seconds without an answer until restart"),
        new("pingHost", "ping_host", ObkFieldType.Text, 0x5A0, 64, ""),
        new("startupCommand", StartupCommandNativeName, ObkFieldType.Text, 0x5E0, 1568, "executed at start"),
        new("wifiSsid2", "wifi_ssid2", ObkFieldType.Text, 0xC00, 64, "second network") { IsPrivate = true },
        new("wifiPass2", "wifi_pass2", ObkFieldType.Text, 0xC40, 68, "its pass phrase") { IsSecret = true, IsPrivate = true },
        new("webPassword", "webPassword", ObkFieldType.Text, 0xC84, 33, "empty = no login") { IsSecret = true, IsPrivate = true },
        new("mqttUseTls", "mqtt_use_tls", ObkFieldType.UInt8, 0xCA5, 1, "1 = TLS"),
        new("mqttVerifyTlsCert", "mqtt_verify_tls_cert", ObkFieldType.UInt8, 0xCA6, 1, "1 = check the certificate"),
        new("mqttCertFile", "mqtt_cert_file", ObkFieldType.Text, 0xCA7, 20, "file in LittleFS"),
        new("disableWebServer", "disable_web_server", ObkFieldType.UInt8, 0xCBB, 1, "1 = no web server"),
    ];

    /// <summary>Finds a field by its name here or in the firmware's struct; case and underscores do not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The field, or null.</returns>
    public static ObkField? Find(string? name)
    {
        if (name is not null && Named.TryGetValue(name, out var named))
            return named;
        return Simplified.TryGetValue(Simplify(name), out var found) ? found : null;
    }

    /// <summary>The names of fields that may have been meant by one that does not exist.</summary>
    internal static IReadOnlyList<string> Nearest(string name) =>
        Suggestions.Nearest(name, All.SelectMany(field => new[] { field.Name, field.NativeName }))
            .Select(found => Find(found)!.Name).Distinct().ToArray();

    // By name as it is spelled here, which is what nearly everybody gives, and by either name without case and underscores; the first counts.
    private static readonly Dictionary<string, ObkField> Named = All.ToDictionary(field => field.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, ObkField> Simplified = All
        .SelectMany(field => new[] { (Name: Simplify(field.Name), Field: field), (Name: Simplify(field.NativeName), Field: field) })
        .GroupBy(pair => pair.Name, StringComparer.Ordinal).ToDictionary(pairs => pairs.Key, pairs => pairs.First().Field, StringComparer.Ordinal);

    internal static int PinsIn(ObkPinLayout layout) => layout == ObkPinLayout.Pins48 ? 48 : 32;

    private static string Simplify(string? name) => (name ?? string.Empty).Replace("_", string.Empty).ToUpperInvariant();
}

namespace BekenImage.Formats.Net;

/// <summary>The tags of NET_PARAM items. Source: FORMAT.md, "NET_PARAM".</summary>
public static class NetParamTags
{
    /// <summary>The root: bytes <c>54 4C 56 00</c>, "TLV" and NUL. RF tables have the same.</summary>
    public const uint Root = 0x00564C54;

    /// <summary>The MAC: six bytes and two of padding. Only builds that keep the MAC here read it.</summary>
    public const uint Mac = 0x44444444;

    /// <summary>Network name (32 bytes) and key (64).</summary>
    public const uint SsidAndKey = 0x55555555;

    /// <summary>Early OpenBeken: network name (32) and pass phrase (64).</summary>
    public const uint EarlyWiFi = 0x2DDDDDDD;

    /// <summary>Early OpenBeken: broker (64), user (64), port (4), host (64), password (128).</summary>
    public const uint EarlyMqtt = 0x2EEEEEEE;

    /// <summary>The name of an item; the tag in hex where it is not known.</summary>
    /// <param name="tag">The tag.</param>
    public static string NameOf(uint tag) => tag switch
    {
        0x11111111 => "auto connect",
        0x22222222 => "Wi-Fi mode",
        0x33333333 => "DHCP mode",
        Mac => "MAC",
        SsidAndKey => "SSID and key",
        0x66666666 => "IP, mask and gateway",
        0x77777777 => "TSSI threshold g",
        0x88888888 => "RF distance table",
        0x99999999 => "RF mode",
        0xAAAAAAAA => "charger calibration",
        0xBBBBBBBB => "TSSI threshold b",
        0xCCCCCCCC => "TSSI threshold n20",
        0xDDDDDDDD => "TSSI threshold n40",
        0x2CCCCCCC => "OpenBeken pins",
        EarlyWiFi => "OpenBeken Wi-Fi",
        EarlyMqtt => "OpenBeken MQTT",
        _ => FormattableString.Invariant($"0x{tag:x8}"),
    };

    internal static bool IsKnown(uint tag) => !NameOf(tag).StartsWith("0x", StringComparison.Ordinal);

    internal static bool IsSecret(uint tag) => tag is SsidAndKey or EarlyWiFi or EarlyMqtt;

    /// <summary>Sizes of the text fields an item begins with; of the broker only address and user.</summary>
    internal static int[] TextSizes(uint tag) => tag switch
    {
        SsidAndKey or EarlyWiFi => [32, 64],
        0x66666666 => [16, 16, 16],
        EarlyMqtt => [64, 64],
        _ => [],
    };
}

using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>The configuration that the firmware writes itself when it finds none. Source: FORMAT.md, "Defaults".</summary>
public static class ObkConfigDefaults
{
    private static readonly Dictionary<string, (string Prefix, string Group, ObkPinLayout Layout)> Chips = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BK7231N"] = ("OpenBK7231N", "bekens_n", ObkPinLayout.Pins32),
        ["BK7231M"] = ("OpenBK7231N", "bekens_n", ObkPinLayout.Pins32),
        ["BL2028N"] = ("OpenBK7231N", "bekens_n", ObkPinLayout.Pins32),
        ["BK7231T"] = ("OpenBK7231T", "bekens_t", ObkPinLayout.Pins32),
        ["BK7231U"] = ("OpenBK7231U", "bekens_u", ObkPinLayout.Pins32),
        ["BK7238"] = ("OpenBK7238", "bekens_8s", ObkPinLayout.Pins32),
        ["BK7252"] = ("OpenBK7252", "bekens_52s", ObkPinLayout.Pins48),
        ["BK7252N"] = ("OpenBK7252N", "bekens_52n", ObkPinLayout.Pins48),
    };

    /// <summary>The pin layout of a chip.</summary>
    /// <param name="chip">A chip's name, in any case; null or another name gives the 32-pin layout.</param>
    public static ObkPinLayout LayoutOf(string? chip) =>
        chip is not null && Chips.TryGetValue(chip, out var found) ? found.Layout : ObkPinLayout.Pins32;

    /// <summary>The MAC that the firmware of a chip uses when there is no RF table: the same on every device.</summary>
    /// <param name="chip">A chip's name, in any case.</param>
    public static MacAddress MacOf(string? chip) => (chip ?? string.Empty).ToUpperInvariant() switch
    {
        "BK7231N" or "BK7231M" or "BL2028N" or "BK7231T" => new MacAddress([0xC8, 0x47, 0x8C, 0x00, 0x00, 0x00]),
        _ => new MacAddress([0xC8, 0x47, 0x8C, 0x42, 0x88, 0x48]),
    };

    /// <summary>The defaults of the firmware for a chip.</summary>
    /// <param name="chip">BK7231N, BK7231M, BL2028N (runs the N firmware), BK7231T, BK7231U, BK7238, BK7252 or BK7252N, in any case.</param>
    /// <param name="mac">The device's MAC; its last four bytes make the names.</param>
    /// <param name="offset">Physical offset it is meant for.</param>
    /// <exception cref="BekenImageException">There is no such firmware (<see cref="FindingCode.ObkChipUnknown"/>).</exception>
    public static ObkConfig Create(string chip, MacAddress mac, long offset = 0)
    {
        if (!Chips.TryGetValue(chip ?? throw new ArgumentNullException(nameof(chip)), out var firmware))
        {
            throw new BekenImageException(FindingCode.ObkChipUnknown,
                $"there is no OpenBeken firmware for '{chip}' whose defaults are known; the chips are {string.Join(", ", Chips.Keys)}");
        }
        var bytes = new byte[ObkConfig.CurrentLength];
        "CFG"u8.CopyTo(bytes);
        bytes[ObkConfig.VersionOffset] = ObkConfig.CurrentVersion;
        string digits = string.Concat(mac.ToArray().Skip(2).Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));
        return new ObkConfigBuilder(new ObkConfig(bytes, offset, firmware.Layout))
            .Set("flags.10", true)
            .Set("mqttClientId", "obk" + digits)
            .Set("mqttUserName", "homeassistant")
            .Set("mqttPass", "qqqqqqqqqq")
            .Set("mqttPort", 1883)
            .Set("webappRoot", "https://openbekeniot.github.io/webapp/")
            .Set("mac", mac.ToString())
            .Set("shortDeviceName", "obk" + digits)
            .Set("longDeviceName", firmware.Prefix + "_" + digits)
            .Set("ntpServer", "217.147.223.78")
            .Set("buttonShortPress", 3)
            .Set("buttonLongPress", 10)
            .Set("buttonHoldRepeat", 5)
            .Set("ledCorr", "1,1,1,2.2,0.1,0.1")
            .Set("mqttGroup", firmware.Group)
            .Set("timeRequiredToMarkBootSuccessfull", 5)
            .Set("pingHost", "192.168.0.1")
            .Build();
    }
}

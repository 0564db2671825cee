using System.Globalization;

namespace BekenImage.Images;

/// <summary>Which field of a user_param_key is which role of OpenBeken.</summary>
internal static class TuyaPinRules
{
    /// <summary>When a role of a field takes its inverted form.</summary>
    internal enum Inversion
    {
        Never,

        /// <summary>Active low outputs: the level field is 0.</summary>
        WhenLow,

        /// <summary>Buttons: OpenBeken's plain one is active low already, so the level field is 1.</summary>
        WhenHigh,

        /// <summary>The Wi-Fi LED: inverted unless the level field is 1.</summary>
        UnlessHigh,
    }

    // '#' stands for a number, which is the channel unless one is given. "_lv" takes the place of the last "_pin", or is appended.
    private static readonly (string Field, string Role, int Channel, Inversion Inversion)[] Rules =
    [
        ("rl#_pin", "Rel", -1, Inversion.WhenLow), ("rl", "Rel", 0, Inversion.WhenLow),
        ("bt#_pin", "Btn", -1, Inversion.WhenHigh), ("k#pin_pin", "Btn", -1, Inversion.WhenHigh), ("bt_pin", "Btn", 0, Inversion.WhenHigh),
        ("bt", "Btn", 0, Inversion.WhenHigh), ("reset_pin", "Btn", 0, Inversion.WhenHigh), ("total_bt_pin", "Btn_Tgl_All", 0, Inversion.WhenHigh),
        ("onoff#", "TglChanOnTgl", -1, Inversion.Never),
        ("led#_pin", "LED", -1, Inversion.WhenLow), ("backlit_io_pin", "LED", 0, Inversion.WhenLow),
        ("netled_pin", "WifiLED", 0, Inversion.UnlessHigh), ("netled#_pin", "WifiLED", 0, Inversion.UnlessHigh),
        ("wfst", "WifiLED", 0, Inversion.UnlessHigh), ("wfst_pin", "WifiLED", 0, Inversion.UnlessHigh), ("status_led_pin", "WifiLED", 0, Inversion.UnlessHigh),
        ("ele_pin", "BL0937CF", 0, Inversion.Never), ("epin", "BL0937CF", 0, Inversion.Never), ("vi_pin", "BL0937CF1", 0, Inversion.Never),
        ("ivpin", "BL0937CF1", 0, Inversion.Never), ("sel_pin_pin", "BL0937SEL", 0, Inversion.Never), ("ivcpin", "BL0937SEL", 0, Inversion.Never),
        ("r_pin", "PWM", 0, Inversion.WhenLow), ("g_pin", "PWM", 1, Inversion.WhenLow), ("b_pin", "PWM", 2, Inversion.WhenLow),
        ("c_pin", "PWM", 3, Inversion.WhenLow), ("w_pin", "PWM", 4, Inversion.WhenLow),
        ("firstpin_pin", "PWM", 1, Inversion.WhenLow), ("secpin_pin", "PWM", 2, Inversion.WhenLow),
        ("irpin", "IRRecv", 0, Inversion.Never), ("infrr", "IRRecv", 0, Inversion.Never), ("ir", "IRRecv", 0, Inversion.Never),
        ("infre", "IRSend", 0, Inversion.Never), ("door#_magt_pin", "dInput", -1, Inversion.Never),
        ("gate_sensor_pin_pin", "dInput", 0, Inversion.Never), ("basic_pin_pin", "dInput", 0, Inversion.Never),
        ("mic", "ADC", 0, Inversion.Never), ("micpin", "ADC", 0, Inversion.Never),
        ("samp_sw_pin", "BAT_Relay", 0, Inversion.Never), ("samp_pin", "BAT_ADC", 0, Inversion.Never), ("remote_io", "RCRecv", 0, Inversion.Never),
        ("mosi", "SM16703P_DIN", 0, Inversion.Never),
    ];

    // What a pin without a role is for. A field that is not here and ends in "_pin" is said with its name.
    private static readonly (string Field, string Meaning)[] Meanings =
    [
        ("ctrl_pin", "control pin"), ("rl_on#_pin", "on coil of latching relay #"), ("rl_off#_pin", "off coil of latching relay #"),
        ("ele_rx", "RX of the energy meter's UART"), ("ele_tx", "TX of the energy meter's UART"),
        ("buzzer_io", "buzzer"), ("bz_pin_pin", "buzzer"), ("i2c_scl_pin", "I2C clock"), ("i2c_sda_pin", "I2C data"),
        ("iicscl", "clock of an LED driver"), ("iicsda", "data of an LED driver"), ("alt_pin_pin", "alert pin of a sensor"), ("one_wire_pin", "one-wire bus"),
        ("pirsense_pin", "sensitivity of the motion sensor"), ("pirin_pin", "input of the motion sensor"), ("miso", "SPI data in"), ("SCL", "SPI clock"),
        ("CS", "SPI chip select"), ("key_pin", "button"), ("total_bt_pin", "button for all"),
        ("i_dctr#_pin", "other switch # of a three-way circuit"), ("led_pin", "LED"),
    ];

    /// <summary>The role of a field; null where it is none of the usual ones.</summary>
    public static (string Role, int Channel, Inversion Inversion)? Find(string field)
    {
        foreach (var rule in Rules)
        {
            if (TryMatch(rule.Field, field, out int number))
                return (rule.Role, rule.Channel < 0 ? number : rule.Channel, rule.Inversion);
        }
        return null;
    }

    /// <summary>What a field that names a pin is for, in words; null where it names none.</summary>
    public static string? MeaningOf(string field)
    {
        foreach (var (name, meaning) in Meanings)
        {
            if (TryMatch(name, field, out int number))
                return meaning.Replace("#", number.ToString(CultureInfo.InvariantCulture));
        }
        return field.EndsWith("_pin", StringComparison.Ordinal) || Find(field) is not null ? field : null;
    }

    /// <summary>The field that tells the level of a pin's field.</summary>
    public static string LevelFieldOf(string name) =>
        (name.EndsWith("_pin", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name) + "_lv";

    /// <summary>Matches a name against a pattern in which '#' stands for a number of one or two digits.</summary>
    public static bool TryMatch(string pattern, string name, out int number)
    {
        number = 0;
        int hole = pattern.IndexOf('#');
        if (hole < 0)
            return pattern == name;
        string tail = pattern.Substring(hole + 1);
        int digits = name.Length - hole - tail.Length;
        return digits is 1 or 2 && name.StartsWith(pattern.Substring(0, hole), StringComparison.Ordinal) && name.EndsWith(tail, StringComparison.Ordinal) &&
            int.TryParse(name.Substring(hole, digits), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

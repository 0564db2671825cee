using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <content>Lights: the I2C LED driver, PWM, brightness and colour temperature, and the button of a light.</content>
internal sealed partial class TuyaWiringMapper
{
    // OpenBeken's numbers: ObkFlags.
    private const int FlagAlternateCwMode = 8;
    private const int FlagRememberLastState = 12;

    /// <summary>The I2C LED driver: which current field exists tells which it is.</summary>
    private void MapLedDriver()
    {
        if (Field("iicscl") is not { } clock || Field("iicsda") is not { } data)
            return;
        string? driver = null;
        if (Has("ehccur") || Has("wampere") || Has("iicccur"))
            driver = "SM2135";
        else if (Has("dccur"))
            driver = "BP5758D_";
        else if (Has("cjwcur"))
            driver = "BP1658CJ_";
        else if (Has("2235ccur"))
            driver = "SM2235";
        else if (Has("kp58wcur"))
            driver = "KP18058_";
        if (driver is null)
        {
            _notes.Add("iicscl and iicsda name an I2C LED driver, but no current field tells which one.");
            return;
        }
        AddPin(data, driver + "DAT", 0);
        AddPin(clock, driver + "CLK", 0);
        AddCurrentCommand(driver);
        AddOutputOrder();
    }

    /// <summary>
    /// iicr and its kin say on which output a colour is; LED_Map wants for each output the colour that is on it (the drivers write
    /// rgbcw[ledRemap.ar[output]]), so the order is turned round. -1: nothing is on that output. An output named twice has the first colour:
    /// a lamp with one white names it as cold and as warm.
    /// </summary>
    private void AddOutputOrder()
    {
        var colours = new[] { "iicr", "iicg", "iicb", "iicc", "iicw" };
        int[] colourOf = [-1, -1, -1, -1, -1];
        for (int colour = 0; colour < colours.Length; colour++)
        {
            if (Use(colours[colour]) is { } output && output >= 0 && output < colourOf.Length && colourOf[output] < 0)
                colourOf[output] = colour;
        }
        if (colourOf.Any(colour => colour >= 0))
            _commands.Add("LED_Map " + string.Join(" ", colourOf.Select(Text)));
        else
            _notes.Add("No field tells which output of the LED driver has which colour; the driver's own order applies.");
    }

    private void AddCurrentCommand(string driver)
    {
        (string Command, int? First, int? Second) current = driver switch
        {
            "SM2135" => ("SM2135_Current", Sm2135Code("ehccur", "iicccur", "campere"), Sm2135Code("ehwcur", "iicwcur", "wampere")),
            "BP5758D_" => ("BP5758D_Current", Use("drgbcur"), Larger(Use("dwcur"), Use("dccur"))),
            "BP1658CJ_" => ("BP1658CJ_Current", Use("cjccur"), Use("cjwcur")),
            "SM2235" => ("SM2235_Current", Use("2235ccur"), Use("2235wcur")),
            _ => ("KP18058_Current", Use("kp58wcur"), Use("kp58ccur")),
        };
        if (current is { First: { } first, Second: { } second })
            _commands.Add(current.Command + " " + Text(first) + " " + Text(second));
        else
            _notes.Add(current.Command + " is missing one of its two currents in the text; the chip's defaults apply.");
    }

    /// <summary>The command takes the driver's code; campere and wampere are in mA, and a code means 10 + 5 x code mA.</summary>
    private int? Sm2135Code(string first, string second, string inMilliamperes) =>
        Use(first) ?? Use(second) ?? (Use(inMilliamperes) is { } current ? Math.Max(0, (current - 10) / 5) : null);

    private static int? Larger(int? one, int? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    private void MapPwmFrequency()
    {
        if (Use("pwmhz") is { } frequency)
            _commands.Add("PWMFrequency " + Text(frequency));
    }

    /// <summary>A device's only button: it toggles every relay; where LEDs are the load, OpenBeken has a button for lights.</summary>
    private void MapKeyPin()
    {
        if (Field("key_pin") is not { } key)
            return;
        bool isLight = _pins.Values.Any(pin => IsLight(pin.Role)) && !_pins.Values.Any(pin => IsRelay(pin.Role));
        if (!isLight && IsCurtain)
            _whyNot[key.Name] = OneButtonForAMotor;
        else
            AddPin(key, WithInversion(isLight ? "Btn_SmartLED" : "Btn_Tgl_All", TuyaPinRules.Inversion.WhenHigh, key.Name), 0);
    }

    private static bool IsLight(string role) =>
        role.StartsWith("PWM", StringComparison.Ordinal) || role.EndsWith("DAT", StringComparison.Ordinal) || role == "SM16703P_DIN";

    private static bool IsRelay(string role) => role is "Rel" or "Rel_n" or "BridgeFWD" or "BridgeREV";

    /// <summary>
    /// cwtype 1: c_pin sets the brightness and w_pin the colour temperature. OpenBeken's alternate mode has the temperature on the first of the two
    /// channels and the brightness on the second, so they change places. Its temperature grows with warmth; w_pin's duty grows with coldness, so it
    /// is inverted, as in every published template of such a lamp.
    /// </summary>
    private void MapColourTemperature()
    {
        if (Use("cwtype") != 1)
            return;
        var (cold, warm) = (PinOf("c_pin"), PinOf("w_pin"));
        if (cold is null || warm is null)
        {
            _notes.Add("cwtype 1: one output sets the brightness and one the colour temperature; which ones, the pins do not tell.");
            return;
        }
        _pins[cold.Gpio] = new TuyaPin(cold.Gpio, cold.Role, warm.Channel, cold.Field);
        _pins[warm.Gpio] = new TuyaPin(warm.Gpio, Inverted(warm.Role), cold.Channel, warm.Field);
        _flags |= 1UL << FlagAlternateCwMode | 1UL << FlagRememberLastState;
        _notes.Add("cwtype 1: c_pin sets the brightness and w_pin the colour temperature; their channels are swapped, w_pin is inverted and " +
                   "flags 8 and 12 are set.");
    }

    private static string Inverted(string role) => role.EndsWith("_n", StringComparison.Ordinal) ? role.Substring(0, role.Length - 2) : role + "_n";

    private TuyaPin? PinOf(string field) => _pins.Values.FirstOrDefault(pin => pin.Field == field);
}

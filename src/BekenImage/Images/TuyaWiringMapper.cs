using System.Globalization;
using BekenImage.Chips;
using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>Turns the fields of a user_param_key into OpenBeken's roles, channels and commands.</summary>
internal sealed class TuyaWiringMapper
{
    private const int GpioLimit = 64;

    /// <summary>When a role of a field takes its inverted form.</summary>
    private enum Inversion
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
        ("rl_on#_pin", "Rel", -1, Inversion.Never), ("rl_off#_pin", "Rel_n", -1, Inversion.Never),
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
        ("irpin", "IRRecv", 0, Inversion.Never), ("infrr", "IRRecv", 0, Inversion.Never), ("ir", "IRRecv", 0, Inversion.Never),
        ("infre", "IRSend", 0, Inversion.Never), ("door#_magt_pin", "dInput", -1, Inversion.Never),
        ("gate_sensor_pin_pin", "dInput", 0, Inversion.Never), ("basic_pin_pin", "dInput", 0, Inversion.Never),
        ("samp_sw_pin", "BAT_Relay", 0, Inversion.Never), ("samp_pin", "BAT_ADC", 0, Inversion.Never), ("remote_io", "RCRecv", 0, Inversion.Never),
        ("mosi", "SM16703P_DIN", 0, Inversion.Never),
    ];

    private readonly IReadOnlyList<TuyaUserParameter> _fields;
    private readonly Dictionary<string, TuyaUserParameter> _byName = new(StringComparer.Ordinal);
    private readonly TuyaStorage? _storage;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "module", "crc" };
    private readonly SortedDictionary<int, TuyaPin> _pins = [];
    private readonly List<string> _commands = [];
    private readonly List<string> _notes = [];

    public TuyaWiringMapper(TuyaUserParameters? parameters, TuyaStorage? storage)
    {
        _fields = parameters?.Fields ?? [];
        _storage = storage;
        foreach (var field in _fields)
        {
            if (!_byName.ContainsKey(field.Name))
                _byName.Add(field.Name, field);
        }
    }

    public TuyaWiring Map()
    {
        foreach (var field in _fields)
            MapField(field);
        MapLedDriver();
        MapPwmFrequency();
        AddNotes();
        bool isTuyaMcu = _pins.Count == 0 && MapTuyaMcu();
        string? module = _byName.TryGetValue("module", out var moduleField) ? moduleField.Value : null;
        string? chip = ChipRegistry.NameOfTuyaModule(module) ?? ChipRegistry.NameOfTuyaPlatform(_storage?.Find("em_sys_env")?.Text);
        var unused = _fields.Where(field => !_used.Contains(field.Name)).ToList();
        return new TuyaWiring(_pins.Values.ToList(), _commands, unused, _notes, module, chip, isTuyaMcu);
    }

    private void MapField(TuyaUserParameter field)
    {
        foreach (var rule in Rules)
        {
            if (!TryMatch(rule.Field, field.Name, out int number))
                continue;
            string role = IsInverted(rule.Inversion, LevelFieldOf(field.Name)) ? rule.Role + "_n" : rule.Role;
            AddPin(field, role, rule.Channel < 0 ? number : rule.Channel);
            return;
        }
    }

    private void AddPin(TuyaUserParameter field, string role, int channel)
    {
        if (field.Number is not (>= 0 and < GpioLimit))
            return;
        int gpio = field.Number.Value;
        if (_pins.TryGetValue(gpio, out var other))
        {
            if (other.Field != field.Name)
                _notes.Add(FormattableString.Invariant($"GPIO {gpio} is named by {other.Field} and by {field.Name}; the first counts."));
            return;
        }
        _pins.Add(gpio, new TuyaPin(gpio, role, channel, field.Name));
        _used.Add(field.Name);
    }

    private bool IsInverted(Inversion inversion, string levelField)
    {
        if (inversion == Inversion.Never)
            return false;
        int? level = Use(levelField);
        return inversion switch
        {
            Inversion.WhenLow => level == 0,
            Inversion.WhenHigh => level == 1,
            _ => level != 1,
        };
    }

    private static string LevelFieldOf(string name) =>
        (name.EndsWith("_pin", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name) + "_lv";

    /// <summary>Matches a name against a pattern in which '#' stands for a number of one or two digits.</summary>
    private static bool TryMatch(string pattern, string name, out int number)
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

    /// <summary>The number of a field, which counts as used; null where there is none.</summary>
    private int? Use(string name)
    {
        if (!_byName.TryGetValue(name, out var field) || field.Number is not { } number)
            return null;
        _used.Add(name);
        return number;
    }

    private bool Has(string name) => _byName.TryGetValue(name, out var field) && field.Number is not null;

    /// <summary>The I2C LED driver: which current field exists tells which it is.</summary>
    private void MapLedDriver()
    {
        if (!_byName.TryGetValue("iicscl", out var clock) || !_byName.TryGetValue("iicsda", out var data))
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
        string map = string.Join(" ", new[] { "iicr", "iicg", "iicb", "iicc", "iicw" }.Select(name => Text(Use(name) ?? -1)));
        _commands.Add("LED_Map " + map);
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

    private void AddNotes()
    {
        if (Has("key_pin"))
            _notes.Add("key_pin is probably button 1; it is left out because OpenBeken's flasher leaves it out.");
        if (Use("cwtype") == 1)
            _notes.Add("cwtype 1: c_pin sets the brightness and w_pin the colour temperature.");
        if (_byName.TryGetValue("netled_reuse", out var reuse) && reuse.Number == 1)
            _notes.Add("netled_reuse 1: the Wi-Fi LED also shows the relay's state.");
        if (_pins.Values.Any(pin => pin.Role.StartsWith("BL0937", StringComparison.Ordinal)))
            AddMeterNote();
        if (_fields.Any(field => field.Name.StartsWith("rl_on", StringComparison.Ordinal) && field.Name.EndsWith("_pin", StringComparison.Ordinal)))
            _notes.Add("rl_onN_pin and rl_offN_pin drive a bistable relay with pulses; BridgeFWD and BridgeREV may be what it needs.");
    }

    private void AddMeterNote()
    {
        switch (Use("chip_type"))
        {
            case 1:
                _notes.Add("chip_type 1: the energy meter is an HLW8012, which OpenBeken reads as a BL0937.");
                break;
            case 2:
                _notes.Add("chip_type 2: the energy meter is an HLW8032 on the UART; the BL0937 roles do not fit it.");
                break;
            case 3:
                _notes.Add("chip_type 3: the energy meter is a BL0942 on the UART at 4800 baud; the BL0937 roles do not fit it.");
                break;
        }
    }

    /// <summary>A device with baud_cfg and no pins of its own.</summary>
    private bool MapTuyaMcu()
    {
        string? configuration = _storage?.Find("baud_cfg")?.Text;
        int? baud = Use("uart_baud");
        if (configuration is not null && TuyaUserParameters.TryParse(configuration, out var fields))
            baud = fields.Fields.FirstOrDefault(field => field.Name == "baud")?.Number ?? baud;
        if (configuration is null && baud is null)
            return false;
        _commands.Add("startDriver TuyaMCU");
        if (baud is { } rate && rate > 0 && rate != 9600)
            _commands.Add("tuyaMcu_setBaudRate " + Text(rate));
        return true;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

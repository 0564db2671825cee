using System.Globalization;
using BekenImage.Chips;
using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>Turns the fields of a user_param_key into OpenBeken's roles, channels, flags and commands.</summary>
internal sealed partial class TuyaWiringMapper
{
    private const int GpioLimit = 64;

    private readonly IReadOnlyList<TuyaUserParameter> _fields;
    private readonly Dictionary<string, TuyaUserParameter> _byName = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _valueOf;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "module", "crc" };
    private readonly SortedDictionary<int, TuyaPin> _pins = [];
    private readonly Dictionary<string, string> _whyNot = new(StringComparer.Ordinal);
    private readonly List<string> _commands = [];
    private readonly List<string> _notes = [];
    private ulong _flags;

    /// <param name="parameters">The user_param_key, or null.</param>
    /// <param name="valueOf">The text of another stored value, such as baud_cfg; null where there is none of that name.</param>
    public TuyaWiringMapper(TuyaUserParameters? parameters, Func<string, string?> valueOf)
    {
        _fields = parameters?.Fields ?? [];
        _valueOf = valueOf;
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
        MapLatchingRelays();
        MapLedDriver();
        MapPwmFrequency();
        MapKeyPin();
        MapColourTemperature();
        SeparateChannels();
        bool hasUartMeter = MapMeter();
        AddNotes();
        bool isTuyaMcu = _pins.Count == 0 && !hasUartMeter && MapTuyaMcu();
        string? module = _byName.TryGetValue("module", out var moduleField) ? moduleField.Value : null;
        string? chip = ChipRegistry.NameOfTuyaModule(module) ?? ChipRegistry.NameOfTuyaPlatform(_valueOf("em_sys_env"));
        var unmapped = FindUnmapped();
        var unused = _fields.Where(field => !_used.Contains(field.Name)).ToList();
        return new TuyaWiring(_pins.Values.ToList(), unmapped, _commands, unused, _notes, _flags, module, chip, isTuyaMcu);
    }

    private void MapField(TuyaUserParameter field)
    {
        if (TuyaPinRules.Find(field.Name) is not { } rule)
            return;
        if (rule.Role == "Btn_Tgl_All" && IsCurtain)
            _whyNot[field.Name] = OneButtonForAMotor;
        else
            AddPin(field, WithInversion(rule.Role, rule.Inversion, field.Name), rule.Channel);
    }

    private string WithInversion(string role, TuyaPinRules.Inversion inversion, string field) =>
        IsInverted(inversion, TuyaPinRules.LevelFieldOf(field)) ? role + "_n" : role;

    private void AddPin(TuyaUserParameter field, string role, int channel)
    {
        if (GpioOf(field) is not { } gpio)
            return;
        if (_pins.TryGetValue(gpio, out var other))
        {
            if (other.Field != field.Name)
            {
                _notes.Add(FormattableString.Invariant($"GPIO {gpio} is named by {other.Field} and by {field.Name}; the first counts."));
                _whyNot[field.Name] = FormattableString.Invariant($"{other.Field} names this pin too");
            }
            return;
        }
        _pins.Add(gpio, new TuyaPin(gpio, role, channel, field.Name));
        _used.Add(field.Name);
    }

    private bool IsInverted(TuyaPinRules.Inversion inversion, string levelField)
    {
        if (inversion == TuyaPinRules.Inversion.Never)
            return false;
        int? level = Use(levelField);
        return inversion switch
        {
            TuyaPinRules.Inversion.WhenLow => level == 0,
            TuyaPinRules.Inversion.WhenHigh => level == 1,
            _ => level != 1,
        };
    }

    private static int? GpioOf(TuyaUserParameter? field) => field?.Number is >= 0 and < GpioLimit ? field.Number : null;

    /// <summary>The number of a field, which counts as used; null where there is none.</summary>
    private int? Use(string name)
    {
        if (!_byName.TryGetValue(name, out var field) || field.Number is not { } number)
            return null;
        _used.Add(name);
        return number;
    }

    private TuyaUserParameter? Field(string name) => _byName.TryGetValue(name, out var field) ? field : null;

    private bool Has(string name) => Field(name)?.Number is not null;

    // Pins that are named and got no role: nobody should have to find them in the list of unused fields.
    private List<TuyaUnmappedPin> FindUnmapped()
    {
        var unmapped = new List<TuyaUnmappedPin>();
        foreach (var field in _byName.Values)
        {
            if (_used.Contains(field.Name) || GpioOf(field) is not { } gpio || TuyaPinRules.MeaningOf(field.Name) is not { } meaning)
                continue;
            if (field.Name == "buzzer_io" && Use("buzzer_pwm") is { } frequency)
                meaning = FormattableString.Invariant($"{meaning} at {frequency} Hz");
            unmapped.Add(new TuyaUnmappedPin(gpio, field.Name, meaning, _whyNot.TryGetValue(field.Name, out string? why) ? why : null));
        }
        return unmapped.OrderBy(pin => pin.Gpio).ToList();
    }

    private void AddNotes()
    {
        if (IsCurtain && _pins.Values.Count(pin => IsRelay(pin.Role)) > 1)
            _notes.Add("The relays turn a curtain's motor one way and the other: see that OpenBeken never has both on.");
        if (_byName.TryGetValue("netled_reuse", out var reuse) && reuse.Number == 1)
            _notes.Add("netled_reuse 1: the Wi-Fi LED also shows the relay's state.");
    }

    /// <summary>A device with baud_cfg and no pins of its own.</summary>
    private bool MapTuyaMcu()
    {
        string? configuration = _valueOf("baud_cfg");
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

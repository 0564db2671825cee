namespace BekenImage.Images;

/// <content>Latching relays: two coils, each driven for a moment only. Curtains: two relays, of which one may be on.</content>
internal sealed partial class TuyaWiringMapper
{
    private const string OneButtonForAMotor = "toggling every relay would turn the motor both ways at once";

    private static readonly string[] CurtainFields = ["percent_ctrl#", "travel_calibra#", "reverse_ctrl#"];

    private bool IsCurtain =>
        _byName.Keys.Any(name => CurtainFields.Any(pattern => TuyaPinRules.TryMatch(pattern, name, out _)));

    /// <summary>
    /// Rel and Rel_n would hold a coil energised for good. BridgeFWD and BridgeREV give pulses, and rest low: a coil that is energised by low,
    /// or one without its opposite, is left alone and said.
    /// </summary>
    private void MapLatchingRelays()
    {
        var mapped = new List<(int Relay, int On, int Off)>();
        foreach (int relay in LatchingRelays())
        {
            string onName = "rl_on" + Text(relay) + "_pin", offName = "rl_off" + Text(relay) + "_pin";
            var (on, off) = (Field(onName), Field(offName));
            if (GpioOf(on) is not { } onPin || GpioOf(off) is not { } offPin || onPin == offPin)
                Refuse("its other coil is not named", onName, offName);
            else if (Level(onName) == 0 || Level(offName) == 0)
                Refuse("it is energised by a low level, at which OpenBeken's bridge rests", onName, offName);
            else if (_pins.ContainsKey(onPin) || _pins.ContainsKey(offPin))
                Refuse("another field names one of its pins", onName, offName);
            else
            {
                AddPin(on!, "BridgeFWD", relay);
                AddPin(off!, "BridgeREV", relay);
                Use(TuyaPinRules.LevelFieldOf(onName));
                Use(TuyaPinRules.LevelFieldOf(offName));
                mapped.Add((relay, onPin, offPin));
            }
        }
        if (mapped.Count > 0)
            AddPulse(mapped);
    }

    private IEnumerable<int> LatchingRelays()
    {
        var relays = new SortedSet<int>();
        foreach (var field in _fields)
        {
            bool isCoil = TuyaPinRules.TryMatch("rl_on#_pin", field.Name, out int relay) || TuyaPinRules.TryMatch("rl_off#_pin", field.Name, out relay);
            if (isCoil && GpioOf(field) is not null)
                relays.Add(relay);
        }
        return relays;
    }

    private int? Level(string pinField) => Field(TuyaPinRules.LevelFieldOf(pinField))?.Number;

    private void Refuse(string why, params string[] fields)
    {
        foreach (string field in fields)
            _whyNot[field] = why;
    }

    private void AddPulse(List<(int Relay, int On, int Off)> relays)
    {
        int[] times = relays.Select(relay => Use("rl" + Text(relay.Relay) + "_drvtime") ?? Use("rl_drvtime") ?? 0).Where(time => time > 0).ToArray();
        if (times.Length > 0)
        {
            _commands.Add("BridgePulseLength " + Text(times.Max()));
            _notes.Add(FormattableString.Invariant(
                $"The latching relay wants pulses of {times.Max()} ms. OpenBeken counts BridgePulseLength in its quick ticks: see that no coil gets warm."));
        }
        else
        {
            _notes.Add("No drvtime says how long a pulse of the latching relay is; OpenBeken's own length applies: see that no coil gets warm.");
        }
        if (times.Distinct().Count() > 1)
            _notes.Add("The latching relays have pulses of different lengths; OpenBeken has one for all, the longest is taken.");
        // drv_bridge_driver.c pairs the lowest forward pin with the lowest reverse pin, and so on; the channel is the forward pin's.
        if (!relays.OrderBy(relay => relay.On).Select(relay => relay.Relay).SequenceEqual(relays.OrderBy(relay => relay.Off).Select(relay => relay.Relay)))
        {
            _notes.Add("OpenBeken pairs the coils of several latching relays by the order of their pins, which would pair these wrongly: " +
                       "do not switch them before that is settled.");
        }
    }
}

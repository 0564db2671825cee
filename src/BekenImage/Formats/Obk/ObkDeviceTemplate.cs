using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>
/// A device template as people exchange it (devices.json of OpenBeken's web application): vendor, name, pins, flags, start-up command.
/// Immutable; members that are not known are kept. JSON text itself is the caller's: members go in and out as plain values.
/// </summary>
/// <remarks>Source: FORMAT.md, "Device templates".</remarks>
public sealed class ObkDeviceTemplate
{
    private readonly IReadOnlyList<NamedValue> _members;

    private ObkDeviceTemplate(IReadOnlyList<NamedValue> members, IReadOnlyList<ObkPin> pins, ulong? flags, IReadOnlyList<Finding> findings)
    {
        _members = members;
        Pins = pins;
        Flags = flags;
        Findings = findings;
    }

    /// <summary>Who sells the device; empty when not said.</summary>
    public string Vendor => TextOf("vendor");

    /// <summary>The device's name; empty when not said.</summary>
    public string Name => TextOf("name");

    /// <summary>The device's model; empty when not said.</summary>
    public string Model => TextOf("model");

    /// <summary>The chip, such as BK7231N; empty when not said.</summary>
    public string Chip => TextOf("chip");

    /// <summary>The module, such as CB2S; empty when not said.</summary>
    public string Board => TextOf("board");

    /// <summary>The start-up command; empty when there is none.</summary>
    public string Command => TextOf("command");

    /// <summary>The flags; null when the template does not name any.</summary>
    public ulong? Flags { get; }

    /// <summary>The pins that have a role of OpenBeken's, in the template's order.</summary>
    public IReadOnlyList<ObkPin> Pins { get; }

    /// <summary>
    /// What of the template could not be taken: pins whose role OpenBeken does not have (<see cref="FindingCode.ObkRoleUnknown"/>) or whose channel
    /// is none (<see cref="FindingCode.ObkChannelUnread"/>).
    /// </summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>True when a JSON object with these members is a template rather than fields of a configuration.</summary>
    /// <param name="names">The members' names.</param>
    public static bool IsTemplate(IEnumerable<string> names) =>
        (names ?? throw new ArgumentNullException(nameof(names))).Any(name => name is "vendor" or "bDetailed" or "board" or "command");

    /// <summary>Reads a template from the members of its JSON object.</summary>
    /// <param name="members">Names and plain values; <c>pins</c> is a map from GPIO number to <c>ROLE;CHANNEL</c>.</param>
    /// <param name="known">What is odd about the text they were read of; null for nothing.</param>
    /// <exception cref="BekenImageException">Pin numbers or flags are not what a template holds (<see cref="FindingCode.ObkValueRefused"/>).</exception>
    public static ObkDeviceTemplate FromMembers(IEnumerable<NamedValue> members, IEnumerable<Finding>? known = null)
    {
        if (members is null)
            throw new ArgumentNullException(nameof(members));
        var kept = members.ToArray();
        var pins = new List<ObkPin>();
        var findings = new List<Finding>(known ?? []);
        ulong? flags = null;
        foreach (var member in kept)
        {
            if (member.Name == "pins")
                ReadPins(member.Value, pins, findings);
            else if (member.Name == "flags" && ObkPlainValue.ToText("flags", member.Value).Trim().Length > 0)
                flags = ObkPlainValue.ToBits("flags", member.Value);
        }
        return new ObkDeviceTemplate(kept, pins, flags, findings);
    }

    // A role of another firmware or of a newer one, or a channel that nobody can read, costs its pin and not the device.
    private static void ReadPins(object? value, List<ObkPin> pins, List<Finding> findings)
    {
        foreach (var entry in ObkPlainValue.ToMap("pins", value, ObkFields.PinsIn(ObkPinLayout.Pins48)))
        {
            string text = ObkPlainValue.ToText("pins", entry.Value);
            string[] parts = text.Split([';'], 2);
            string role = parts[0].Trim();
            if (ObkPin.TryParse(entry.Key, text, out var pin))
            {
                pins.Add(pin);
            }
            else if (!ObkPinRoles.TryParse(role, out _))
            {
                findings.Add(new(FindingSeverity.Warning, FindingCode.ObkRoleUnknown,
                    FormattableString.Invariant($"pin {entry.Key}: OpenBeken has no role '{role}'; the pin is left out")));
            }
            else
            {
                findings.Add(new(FindingSeverity.Warning, FindingCode.ObkChannelUnread,
                    FormattableString.Invariant($"pin {entry.Key}: '{parts[parts.Length - 1]}' is no channel of {role}; the pin is left out")));
            }
        }
    }

    /// <summary>Makes the template of a configuration: its pins, flags and start-up command. Names are left empty, they are the user's.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="chip">The chip, such as BK7231N; may be empty.</param>
    /// <param name="board">The module, such as CB2S; may be empty.</param>
    /// <param name="showSecrets">False to have blanks in place of commands that carry passwords in the start-up command.</param>
    public static ObkDeviceTemplate FromConfig(ObkConfig config, string chip = "", string board = "", bool showSecrets = false)
    {
        if (config is null)
            throw new ArgumentNullException(nameof(config));
        var pins = config.Pins.Where(pin => pin.Role != ObkPinRoles.None)
            .Select(pin => new NamedValue(pin.Number.ToString(CultureInfo.InvariantCulture), pin.ToString())).ToArray();
        return FromMembers(new NamedValue[]
        {
            new("vendor", string.Empty), new("bDetailed", "0"), new("name", string.Empty), new("model", string.Empty),
            new("chip", chip), new("board", board), new("flags", config.Flags.ToString(CultureInfo.InvariantCulture)),
            new("keywords", Array.Empty<object>()), new("pins", pins), new("command", showSecrets ? config.StartupCommand : ObkSecrets.RemoveFromScript(config.StartupCommand)),
            new("image", string.Empty), new("wiki", string.Empty),
        });
    }

    /// <summary>Every member with its plain value, in order, ready to be rendered as JSON.</summary>
    public IReadOnlyList<NamedValue> ToMembers() => _members;

    /// <summary>Sets pins, flags and start-up command of a configuration, as far as the template names them.</summary>
    /// <param name="builder">What receives them.</param>
    /// <exception cref="BekenImageException">A pin number or text does not fit the configuration.</exception>
    public void ApplyTo(ObkConfigBuilder builder)
    {
        if (builder is null)
            throw new ArgumentNullException(nameof(builder));
        var fields = new List<NamedValue>();
        foreach (var member in _members)
        {
            if (member.Name == "pins")
                fields.Add(new("pins", Pins.Select(pin => new NamedValue(pin.Number.ToString(CultureInfo.InvariantCulture), pin.ToString())).ToArray()));
            else if (member.Name == "command")
                fields.Add(new("startupCommand", member.Value));
        }
        if (Flags is { } flags)
            fields.Add(new("flags", flags));
        builder.SetAll(fields);
    }

    private string TextOf(string name) => _members.FirstOrDefault(member => member.Name == name).Value as string ?? string.Empty;
}

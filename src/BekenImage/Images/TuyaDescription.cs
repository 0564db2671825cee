namespace BekenImage.Formats.Tuya;

/// <summary>A value that a file in JSON holds of a Tuya device.</summary>
public sealed class TuyaDescribedValue
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">Its bytes: those of its text where it is one.</param>
    public TuyaDescribedValue(string name, byte[] data)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Data = data ?? throw new ArgumentNullException(nameof(data));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The text, or null where the bytes are none.</summary>
    public string? Text => TuyaText.Decode(Data.Span);
}

/// <summary>
/// What a file other than an image tells of a Tuya device: the values of its storage as tools export them, or the fields of its user_param_key
/// alone. Immutable.
/// </summary>
public sealed class TuyaDescription
{
    /// <summary>Makes one.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="parameters">Its user_param_key; null where it has none.</param>
    /// <param name="vendor">Who sells the device; empty when not said.</param>
    /// <param name="name">The device's name; empty when not said.</param>
    /// <param name="chip">The chip; empty when not said.</param>
    public TuyaDescription(
        IEnumerable<TuyaDescribedValue> values, TuyaUserParameters? parameters, string vendor = "", string name = "", string chip = "")
    {
        Values = (values ?? throw new ArgumentNullException(nameof(values))).ToArray();
        UserParameters = parameters;
        Vendor = vendor ?? throw new ArgumentNullException(nameof(vendor));
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Chip = chip ?? throw new ArgumentNullException(nameof(chip));
        Wiring = TuyaWiring.CreateFrom(parameters, wanted => Find(wanted)?.Text);
    }

    /// <summary>The values, in the file's order.</summary>
    public IReadOnlyList<TuyaDescribedValue> Values { get; }

    /// <summary>The user_param_key; null where the file has none.</summary>
    public TuyaUserParameters? UserParameters { get; }

    /// <summary>Who sells the device; empty when not said.</summary>
    public string Vendor { get; }

    /// <summary>The device's name; empty when not said.</summary>
    public string Name { get; }

    /// <summary>The chip as the file spells it; empty when not said.</summary>
    public string Chip { get; }

    /// <summary>What its pins mean.</summary>
    public TuyaWiring Wiring { get; }

    /// <summary>What is odd about the file.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>The same with findings about the file it was read of.</summary>
    /// <param name="findings">The findings.</param>
    public TuyaDescription With(IEnumerable<Finding> findings) =>
        new(Values, UserParameters, Vendor, Name, Chip) { Findings = (findings ?? throw new ArgumentNullException(nameof(findings))).ToArray() };

    /// <summary>The value of a name, or null.</summary>
    /// <param name="name">Its name, case-sensitive.</param>
    public TuyaDescribedValue? Find(string name) => Values.FirstOrDefault(value => value.Name == name);
}

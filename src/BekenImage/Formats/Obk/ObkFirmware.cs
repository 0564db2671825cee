namespace BekenImage.Formats.Obk;

/// <summary>What differs between OpenBeken's builds, as far as their configuration shows it. Immutable.</summary>
public sealed class ObkFirmware
{
    /// <summary>Describes a build.</summary>
    /// <param name="name">Its name, such as <c>OpenBK7231N</c>.</param>
    /// <param name="mqttGroup">Its MQTT group, such as <c>bekens_n</c>.</param>
    /// <param name="pinLayout">How many pins its configuration has room for.</param>
    /// <param name="defaultMac">The MAC it uses when there is no RF table.</param>
    public ObkFirmware(string name, string mqttGroup, ObkPinLayout pinLayout, MacAddress defaultMac)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        MqttGroup = mqttGroup ?? throw new ArgumentNullException(nameof(mqttGroup));
        PinLayout = pinLayout;
        DefaultMac = defaultMac;
    }

    /// <summary>Its name, such as <c>OpenBK7231N</c>: what the long device name begins with.</summary>
    public string Name { get; }

    /// <summary>The MQTT group of a device that was not configured.</summary>
    public string MqttGroup { get; }

    /// <summary>How many pins its configuration has room for.</summary>
    public ObkPinLayout PinLayout { get; }

    /// <summary>The MAC it uses when there is no RF table: the same on every device.</summary>
    public MacAddress DefaultMac { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

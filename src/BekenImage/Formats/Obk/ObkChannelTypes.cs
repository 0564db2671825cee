using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>What a channel shows: OpenBeken's channel type numbers and names. Source: FORMAT.md, "Pins".</summary>
public static class ObkChannelTypes
{
    private static readonly ObkNameTable Table = new(
    [
        "Default", "Error", "Temperature", "Humidity", "Humidity_div10",
        "Temperature_div10", "Toggle", "Dimmer", "LowMidHigh", "TextField",
        "ReadOnly", "OffLowMidHigh", "OffLowestLowMidHighHighest", "LowestLowMidHighHighest", "Dimmer256",
        "Dimmer1000", "Frequency_div100", "Voltage_div10", "Power", "Current_div100",
        "ActivePower", "PowerFactor_div1000", "ReactivePower", "EnergyTotal_kWh_div1000", "EnergyExport_kWh_div1000",
        "EnergyToday_kWh_div1000", "Current_div1000", "EnergyTotal_kWh_div100", "OpenClosed", "OpenClosed_Inv",
        "BatteryLevelPercent", "OffDimBright", "LowMidHighHighest", "OffLowMidHighHighest", "Custom",
        "Power_div10", "ReadOnlyLowMidHigh", "SmokePercent", "Illuminance", "Toggle_Inv",
        "OffOnRemember", "Voltage_div100", "Temperature_div2", "TimerSeconds", "Frequency_div10",
        "PowerFactor_div100", "Pressure_div100", "Temperature_div100", "LeakageCurrent_div1000", "Power_div100",
        "Motion", "ReadOnly_div10", "ReadOnly_div100", "ReadOnly_div1000", "Ph",
        "Orp", "Tds", "Motion_n", "Frequency_div1000", "OpenStopClose",
        "Percent", "StopUpDown", "EnergyImport_kWh_div1000", "Enum", "ReadOnlyEnum",
        "Current_div10", "Illuminance_div10", "Frequency",
    ]);

    /// <summary>How many types have names; their numbers run from 0.</summary>
    public static int Count => Table.Count;

    internal static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The name of a channel type; its number as text where it has none.</summary>
    /// <param name="type">Type number.</param>
    public static string NameOf(byte type) => Table.NameOf(type);

    /// <summary>By what the firmware divides the channel's number before it shows it; 1 for a type without a divisor in its name.</summary>
    /// <param name="type">Type number.</param>
    public static int DivisorOf(byte type)
    {
        const string mark = "_div";
        string name = NameOf(type);
        int at = name.IndexOf(mark, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(name.Substring(at + mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int divisor) ? divisor : 1;
    }

    /// <summary>Finds a channel type by its name, in any case, or by its number.</summary>
    /// <param name="text">Name or decimal number.</param>
    /// <param name="type">The type number, or 0.</param>
    /// <returns>False when the text is neither.</returns>
    public static bool TryParse(string? text, out byte type)
    {
        bool found = Table.TryParse(text, byte.MaxValue, out int number);
        type = (byte)number;
        return found;
    }
}

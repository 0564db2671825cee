using System.Buffers.Binary;

namespace BekenImage.Formats.FlashVars;

/// <summary>
/// OpenBeken's flash variables (FLASH_VARS_STRUCTURE): what must survive a restart but is written too often for the configuration. Immutable.
/// </summary>
/// <remarks>Source: FORMAT.md, "The structure".</remarks>
public sealed class FlashVariables
{
    /// <summary>Size of the structure, in bytes.</summary>
    public const int Size = 64;

    /// <summary>How many channel values are retained.</summary>
    public const int SavedValueCount = 12;

    private const int SavedValuesOffset = 4;
    private const int EnergyOffset = 28;
    private const int RgbOffset = 60;

    private FlashVariables(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
    }

    /// <summary>The structure's bytes, 64 of them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>How often the device started.</summary>
    public int BootCount => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.Span);

    /// <summary>The number of the last start that was completed; the firmware enters safe mode when it lags behind.</summary>
    public int BootSuccessCount => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.Span.Slice(2));

    /// <summary>The retained channels; the last four double as the state of the light: on, mode, temperature, brightness.</summary>
    public IReadOnlyList<int> SavedValues => Enumerable.Range(0, SavedValueCount)
        .Select(index => (int)BinaryPrimitives.ReadInt16LittleEndian(Bytes.Span.Slice(SavedValuesOffset + 2 * index))).ToArray();

    /// <summary>Energy counters: total, today, yesterday.</summary>
    public IReadOnlyList<double> Energy => [Float(EnergyOffset), Float(EnergyOffset + 4), Float(EnergyOffset + 8)];

    /// <summary>How often the energy counters were saved.</summary>
    public long EnergySaveCount => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span.Slice(EnergyOffset + 12));

    /// <summary>Energy of the two days before yesterday.</summary>
    public IReadOnlyList<double> EnergyHistory => [Float(EnergyOffset + 16), Float(EnergyOffset + 20)];

    /// <summary>When the energy counters were reset, in seconds since 1970.</summary>
    public long EnergyResetTime => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span.Slice(EnergyOffset + 24));

    /// <summary>Day of the month to which "today" belongs.</summary>
    public int EnergyDay => Bytes.Span[EnergyOffset + 31];

    /// <summary>Colour of the light: red, green, blue.</summary>
    public IReadOnlyList<int> Rgb => [Bytes.Span[RgbOffset], Bytes.Span[RgbOffset + 1], Bytes.Span[RgbOffset + 2]];

    /// <summary>Every variable as name and plain value (long, double, lists of these), ready to be rendered as JSON.</summary>
    public IReadOnlyList<NamedValue> ToFields() =>
    [
        new("bootCount", (long)BootCount),
        new("bootSuccessCount", (long)BootSuccessCount),
        new("savedValues", SavedValues.Select(value => (object)(long)value).ToArray()),
        new("energy", Energy.Cast<object>().ToArray()),
        new("energySaveCount", EnergySaveCount),
        new("energyHistory", EnergyHistory.Cast<object>().ToArray()),
        new("energyResetTime", EnergyResetTime),
        new("energyDay", (long)EnergyDay),
        new("rgb", Rgb.Select(value => (object)(long)value).ToArray()),
    ];

    /// <summary>Reads the structure.</summary>
    /// <returns>Null when there are not 64 bytes.</returns>
    internal static FlashVariables? TryDecode(ReadOnlyMemory<byte> bytes) => bytes.Length == Size ? new FlashVariables(bytes) : null;

    /// <summary>A float as the shortest double that gives it again; 0 for words that are no number, which JSON could not hold.</summary>
    private double Float(int offset)
    {
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span.Slice(offset));
        float value = BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
        if (float.IsNaN(value) || float.IsInfinity(value))
            return 0;
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return double.Parse(value.ToString("R", culture), culture);
    }
}

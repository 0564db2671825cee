namespace BekenImage.Formats.Rf;

/// <summary>One row of a comparison: the same element in two tables, or in only one of them. Immutable.</summary>
public sealed class RfDifference
{
    internal RfDifference(RfItem? first, RfItem? second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The element in the first table; null when it has none.</summary>
    public RfItem? First { get; }

    /// <summary>The element in the second table; null when it has none.</summary>
    public RfItem? Second { get; }

    /// <summary>The element's tag.</summary>
    public uint Tag => Either.Tag;

    /// <summary>Tag of its group.</summary>
    public uint GroupTag => Either.GroupTag;

    /// <summary>The element's name in the SDK, or its tag in hex.</summary>
    public string Name => Either.Name;

    /// <summary>True when both tables have it with the same bytes.</summary>
    public bool IsEqual => First is not null && Second is not null && First.Data.Span.SequenceEqual(Second.Data.Span);

    /// <summary>How the value depends on the device.</summary>
    public RfItemNature Nature => Either.Nature;

    /// <summary>True for the MAC and for everything that is measured: a difference between two devices is normal, equality is suspicious.</summary>
    public bool IsDeviceSpecific => Nature is RfItemNature.Identity or RfItemNature.Calibration or RfItemNature.PowerTable;

    /// <summary>What the difference means, in a few words; empty when the two are equal.</summary>
    public string Remark
    {
        get
        {
            if (IsEqual)
                return string.Empty;
            if (First is null || Second is null)
                return First is null ? "only in the second table" : "only in the first table";
            return Nature switch
            {
                RfItemNature.Identity => "another device",
                RfItemNature.PowerTable => GainRemark(First, Second),
                RfItemNature.Calibration => "measured on each device",
                RfItemNature.Model => "another chip type or firmware",
                RfItemNature.Constant => "should be the same in every table",
                _ => string.Empty,
            };
        }
    }

    private RfItem Either => First ?? Second!;

    /// <summary>Name and both values.</summary>
    public override string ToString() => $"{Name}: {First?.ValueText ?? "absent"} | {Second?.ValueText ?? "absent"}";

    private static string GainRemark(RfItem first, RfItem second)
    {
        if (!RfPowerTable.TryRead(first, out var left) || !RfPowerTable.TryRead(second, out var right) ||
            left.Gains.Count != right.Gains.Count)
            return "measured on each device";
        int[] differences = left.Gains.Zip(right.Gains, (a, b) => b - a).ToArray();
        return FormattableString.Invariant($"gain of the second differs by {differences.Min():+0;-0;0} to {differences.Max():+0;-0;0}");
    }
}

namespace BekenImage.Formats.RF;

/// <summary>One row of a comparison: the same element in two tables, or in only one of them. Immutable.</summary>
public sealed class RFDifference
{
    internal RFDifference(RFItem? first, RFItem? second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The element in the first table; null when it has none.</summary>
    public RFItem? First { get; }

    /// <summary>The element in the second table; null when it has none.</summary>
    public RFItem? Second { get; }

    /// <summary>The element's tag.</summary>
    public uint Tag => Either.Tag;

    /// <summary>Tag of its group.</summary>
    public uint GroupTag => Either.GroupTag;

    /// <summary>The element's name in the SDK, or its tag in hex.</summary>
    public string Name => Either.Name;

    /// <summary>True when both tables have it with the same bytes.</summary>
    public bool IsEqual => First is not null && Second is not null && First.Data.Span.SequenceEqual(Second.Data.Span);

    /// <summary>How the value depends on the device.</summary>
    public RFItemNature Nature => Either.Nature;

    /// <summary>True for the MAC and for everything that is measured: a difference between two devices is normal, equality is suspicious.</summary>
    public bool IsDeviceSpecific => Nature is RFItemNature.Identity or RFItemNature.Calibration or RFItemNature.PowerTable;

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
                RFItemNature.Identity => "another device",
                RFItemNature.PowerTable => GainRemark(First, Second),
                RFItemNature.Calibration => "measured on each device",
                RFItemNature.Model => "another chip type or firmware",
                RFItemNature.Constant => "should be the same in every table",
                _ => string.Empty,
            };
        }
    }

    private RFItem Either => First ?? Second!;

    private static string GainRemark(RFItem first, RFItem second)
    {
        if (!RFPowerTable.TryRead(first, out var left) || !RFPowerTable.TryRead(second, out var right) ||
            left!.Gains.Count != right!.Gains.Count)
            return "measured on each device";
        int[] differences = left.Gains.Zip(right.Gains, (a, b) => b - a).ToArray();
        return FormattableString.Invariant($"gain of the second differs by {differences.Min():+0;-0;0} to {differences.Max():+0;-0;0}");
    }
}

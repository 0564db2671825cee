using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Rf;

/// <summary>A transmit power table: one gain per channel, and which of them were measured. Immutable.</summary>
internal sealed class RfPowerTable
{
    /// <summary>Gain bits of an entry on N, M, BL2028N and BK7252N; bit 7 tells measured (0) from interpolated (1).</summary>
    public const byte WideGainMask = 0x7F;

    /// <summary>Gain bits of an entry on T, U, Q, BK7251 and BK7252.</summary>
    public const byte NarrowGainMask = 0x1F;

    private const byte InterpolatedFlag = 0x80;

    private RfPowerTable(IReadOnlyList<int> gains, IReadOnlyList<int> measuredIndexes)
    {
        Gains = gains;
        MeasuredIndexes = measuredIndexes;
    }

    /// <summary>The gain of every entry: index 0 is channel 1 of Wi-Fi, or channel 0 of BLE.</summary>
    public IReadOnlyList<int> Gains { get; }

    /// <summary>Indexes of the entries that were measured; the others were interpolated.</summary>
    public IReadOnlyList<int> MeasuredIndexes { get; }

    /// <summary>Reads the power table in an element.</summary>
    /// <param name="item">The element.</param>
    /// <param name="table">The table, or null.</param>
    /// <param name="gainMask">Which bits of an entry are the gain; by chip, <see cref="WideGainMask"/> or <see cref="NarrowGainMask"/>.</param>
    /// <returns>False when the element is no power table of one-byte entries.</returns>
    public static bool TryRead(RfItem item, [NotNullWhen(true)] out RfPowerTable? table, byte gainMask = WideGainMask)
    {
        table = null;
        if (item is null || item.Nature != RfItemNature.PowerTable)
            return false;
        var gains = new List<int>();
        var measured = new List<int>();
        foreach (byte entry in item.Data.ToArray())
        {
            if ((entry & InterpolatedFlag) == 0)
                measured.Add(gains.Count);
            gains.Add(entry & gainMask);
        }
        table = new RfPowerTable(gains, measured);
        return true;
    }
}

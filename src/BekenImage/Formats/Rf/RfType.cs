namespace BekenImage.Formats.Rf;

/// <summary>Which chips a calibration is of, as far as the table itself tells.</summary>
internal enum RfType
{
    /// <summary>It does not tell.</summary>
    Unknown,

    /// <summary>BK7231N, BK7231M, BL2028N: gains have seven bits.</summary>
    N,

    /// <summary>BK7231T, BK7231Q, and the chips of their time: gains have five bits.</summary>
    T,
}

/// <summary>
/// Tells the type from what the SDK of a chip writes the same on every device: the offset of n20 against g, and the room of the power
/// group. Measured on 46 tables; where the two do not agree nothing is said. Source: FORMAT.md, "Types".
/// </summary>
internal static class RfTypes
{
    // TXPWR_TAB_DIF_GN20_ID.
    private const uint OffsetN20 = 0x22222205;

    public static RfType Of(RfTable table)
    {
        int? power = table.Groups.FirstOrDefault(group => group.Tag == RfTags.PowerGroup)?.Length;
        return (table.GetUInt32(OffsetN20), power) switch
        {
            (4, 184) => RfType.N,
            (2, 162 or 102) => RfType.T,
            _ => RfType.Unknown,
        };
    }
}

namespace BekenImage.Formats.Rf;

/// <summary>
/// All tables that flashers write. Source: RFPartitionUtil.cs of BK7231GUIFlashTool, "Restore RF part"; of the tables only their hashes are
/// here. That for BK7231N is the SDK's chip information under a MAC of Tuya's: it calibrates nothing.
/// </summary>
internal static class RfGenericTables
{
    private static readonly RfGenericTable[] Known =
    [
        new("84e342", "7fab492f6dedbe19bb02060dba20b74b1fe5d48c392c390979db88e63c7c91d4", 488, "BK7231T", "BK7231U", "BK7252"),
        new("381f8d", "7e5359062b2f0aed054872706796a1e207533c36f8b885acd14247998774fb9a", 106, "BK7231N", "BK7231M", "BK7258"),
        new("3c0b59", "379fc0f531120c54d6efbca087465b5423228a29c741024a083e36c589f14304", 488, "BK7238", "BK7252N"),
        new("4ca919", "77573295d60250141504faf1a5aff701d7115f5fdef28c5c29dde360e75a741b", 504, "BK7236"),
    ];

    private static readonly AsyncLocal<RfGenericTable[]?> Scope = new();

    public static IReadOnlyList<RfGenericTable> All => Scope.Value ?? Known;

    /// <summary>Which of them a table is; null for one of a device's own.</summary>
    public static RfGenericTable? Find(RfTable table) => All.FirstOrDefault(known => known.Matches(table));

    /// <summary>
    /// Adds a table for the running flow of control, until disposed: the real ones are nobody's to hand on, tests make their own.
    /// </summary>
    public static IDisposable With(RfGenericTable table)
    {
        var addition = new Addition(Scope.Value);
        Scope.Value = [.. All, table];
        return addition;
    }

    private sealed class Addition(RfGenericTable[]? before) : IDisposable
    {
        public void Dispose() => Scope.Value = before;
    }
}

namespace BekenImage.Formats.Tuya;

/// <summary>Names of modules and platforms, and the chips they mean. The case varies: "wb2l" occurs.</summary>
internal static class TuyaChips
{
    // The longer name first: T34 is no T3.
    private static readonly (string Prefix, string Chip)[] Modules =
    [
        ("WB", "BK7231T"), ("CB", "BK7231N"), ("T34", "BK7231N"), ("T1", "BK7238"), ("T2", "BK7231N"), ("T3", "BK7236"), ("T4", "BK7252N"), ("T5", "BK7258"),
    ];

    private static readonly (string Name, string Chip)[] Platforms =
    [
        ("bk7231n", "BK7231N"), ("BK7231NL", "BK7231N"), ("t2", "BK7231N"), ("bk7231t", "BK7231T"), ("BK7231S_2M", "BK7231T"), ("bk7231", "BK7231Q"),
        ("T1", "BK7238"), ("bk7238", "BK7238"),
    ];

    public static string? OfModule(string? module) =>
        module is null ? null : Modules.FirstOrDefault(entry => module.StartsWith(entry.Prefix, StringComparison.OrdinalIgnoreCase)).Chip;

    public static string? OfPlatform(string? platform) =>
        platform is null ? null : Platforms.FirstOrDefault(entry => platform.Equals(entry.Name, StringComparison.OrdinalIgnoreCase)).Chip;
}

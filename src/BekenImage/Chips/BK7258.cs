namespace BekenImage.Chips;

/// <summary>BK7258, in Tuya's modules T5: known by name only.</summary>
internal static class BK7258
{
    public static ChipFamily Family { get; } = new("BK7258") { Signs = new ChipSigns { TuyaModules = ["T5"] } };
}

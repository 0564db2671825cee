namespace BekenImage.Chips;

/// <summary>BK7236, in Tuya's modules T3: known by name only.</summary>
internal static class BK7236
{
    public static ChipFamily Family { get; } = new("BK7236") { Signs = new ChipSigns { TuyaModules = ["T3"] } };
}

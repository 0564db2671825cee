using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>How classes of regions are called and drawn: a colour that the style names, and a pattern where colour may not be enough.</summary>
internal static class RegionLook
{
    public static string Css(RegionClass region) => "k-" + region.ToString().ToLowerInvariant();

    public static string Name(RegionClass region) => region switch
    {
        RegionClass.Bootloader => "bootloader",
        RegionClass.App => "program",
        RegionClass.Update => "update",
        RegionClass.Calibration => "calibration",
        RegionClass.Network => "network",
        RegionClass.Settings => "settings",
        RegionClass.Vendor => "Tuya's data",
        RegionClass.Files => "files",
        RegionClass.Other => "other",
        _ => "unclaimed",
    };

    /// <summary>The pattern over the colour; null for a plain one.</summary>
    public static string? Pattern(RegionClass region) => region switch
    {
        RegionClass.Update => "p-lines",
        RegionClass.Network => "p-dots",
        RegionClass.Settings => "p-back",
        RegionClass.Vendor => "p-grid",
        RegionClass.Gap => "p-gap",
        _ => null,
    };
}

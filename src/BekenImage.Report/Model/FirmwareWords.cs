namespace BekenImage.Report.Model;

/// <summary>Firmwares as people call them.</summary>
internal static class FirmwareWords
{
    public static string Of(FirmwareFlavor flavor, string? version) => (Of(flavor) + " " + version).TrimEnd();

    private static string Of(FirmwareFlavor flavor) => flavor switch
    {
        FirmwareFlavor.Tuya => "Tuya's firmware",
        FirmwareFlavor.OpenBeken => "OpenBeken",
        FirmwareFlavor.BekenFreeRtos => "a Beken SDK firmware",
        FirmwareFlavor.LibreTiny => "LibreTiny",
        FirmwareFlavor.BekenArmino => "an Armino firmware",
        _ => "unknown",
    };
}

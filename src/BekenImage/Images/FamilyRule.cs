using BekenImage.Chips;

namespace BekenImage.Images;

/// <summary>
/// Which program runs on which chip, by what stands in the program: the marker at logical 0x100 and the names in its texts. Reading,
/// linting, combining, editing, merging and building ask here. A reason means that a sign contradicts; null means that none does, which
/// proves nothing. A chip that was named by the caller counts for what an image does not tell, and for nothing else.
/// </summary>
internal static class FamilyRule
{
    private const string Other = "it is for another chip than this device's";

    /// <summary>Why an app does not run on a chip; null where nothing in it contradicts.</summary>
    public static string? AppOn(BekenChip chip, AppIdentity app)
    {
        if (chip == BekenChip.Unknown)
            return null;
        if (app.Chip != BekenChip.Unknown && !BekenChips.AreSameFamily(app.Chip, chip))
            return $"the firmware is for {app.Chip}, the device is a {chip}";
        var signs = ChipRegistry.FamilyOf(chip)?.Signs;
        if (app.Marker is { } marker)
        {
            return marker == signs?.OwnAppMarker || marker == signs?.SharedAppMarker ? null
                : $"the firmware's app carries '{marker}' at logical 0x100, which apps of {chip} do not; {Other}";
        }
        return app.CanTellMarker && signs?.OwnAppMarker is { } own
            ? $"the firmware's app has no '{own}' at logical 0x100, where every app of {chip} and its family carries it; {Other}"
            : null;
    }

    /// <summary>Why a bootloader does not run on a chip; null where nothing in it contradicts.</summary>
    public static string? BootloaderOn(BekenChip chip, BootloaderIdentity bootloader)
    {
        if (bootloader.Foreign is { } foreign && chip != BekenChip.Unknown)
            return $"the bootloader is for {foreign}, the device is a {chip}";
        // What prints no name is told by signs that do not forbid.
        bool tells = bootloader is { Chip: not BekenChip.Unknown, Version: not null };
        return tells && chip != BekenChip.Unknown && !BekenChips.AreSameFamily(bootloader.Chip, chip)
            ? $"the bootloader is for {bootloader.Chip}, the device is a {chip}"
            : null;
    }

    /// <summary>Why bootloader and app are not of one family; null where nothing contradicts.</summary>
    public static string? Together(BootloaderIdentity bootloader, AppIdentity app)
    {
        // Tuya's bootloaders of some families name themselves: before an app that names such a family a silent one is none of theirs.
        bool isOfTalkers = ChipRegistry.FamilyOf(app.Chip)?.Signs.TuyaBootPrefix is not null;
        bool names = bootloader.Version is not null || app.Marker is not null || isOfTalkers;
        return names && AppOn(bootloader.Chip, app) is not null
            ? $"the bootloader is for {bootloader.Chip} and its family, the app {Describe(app)}; no chip runs both"
            : null;
    }

    /// <summary>Why an image is not of a chip that was named: every program that tells anything contradicts.</summary>
    public static string? Named(BekenChip chip, ImageContent image)
    {
        string? byBootloader = image.Bootloader is { } bootloader ? BootloaderOn(chip, bootloader) : null;
        string? byApp = image.App is { } app ? AppOn(chip, app) : null;
        bool bootloaderAgrees = byBootloader is null && image.Bootloader is { Chip: not BekenChip.Unknown };
        bool appAgrees = byApp is null && image.App is { Chip: not BekenChip.Unknown };
        if ((byBootloader ?? byApp) is null || bootloaderAgrees || appAgrees)
            return null;
        string sign = byBootloader is not null ? $"the bootloader is for {image.Bootloader!.Foreign ?? image.Bootloader.Chip.ToString()}" : $"the app {Describe(image.App!)}";
        return $"the chip that was named is {chip}, but {sign}";
    }

    /// <summary>The chip: what signs tell, refined or replaced where they are silent by the one that was named.</summary>
    public static BekenChip Resolve(BekenChip told, BekenChip named) =>
        named != BekenChip.Unknown && (told == BekenChip.Unknown || BekenChips.AreSameFamily(told, named)) ? named : told;

    private static string Describe(AppIdentity app) =>
        app.Chip != BekenChip.Unknown ? $"is for {app.Chip}"
        : app.Marker is { } marker ? $"carries '{marker}' at logical 0x100"
        : "lacks the family's marker at logical 0x100";
}

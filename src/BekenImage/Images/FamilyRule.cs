using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Programs;

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
        if (OtherGeneration(ChipRegistry.FamilyOf(chip)?.Generation, app.Generation) is { } other)
            return $"{other}; the device is a {chip}";
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

    /// <summary>The generation a plain program is for, by its vectors; null where it shows none.</summary>
    public static ChipGeneration? GenerationOf(ReadOnlySpan<byte> plain) =>
        CortexVectors.Match(plain) ? ChipGeneration.Armino : ArmVectors.Match(plain) ? ChipGeneration.Bk72xx : null;

    /// <summary>The generation a file is for: by its program's vectors, in pages or not, or by the mark of its loader. Null where it shows none.</summary>
    public static ChipGeneration? GenerationOfFile(ReadOnlySpan<byte> file)
    {
        if (!PagedFile.IsPaged(file))
            return GenerationOf(file) ?? (ArminoSigns.StartOfFile(file) != ImageStart.Other ? ChipGeneration.Armino : null);
        return GenerationOf(ProgramPages.Strip(file, FlashPages.PageSize)) ??
            (ArminoSigns.StartOfPages(file) != ImageStart.Other ? ChipGeneration.Armino : null);
    }

    /// <summary>Why a file's program is for another generation of chips than one that was named; null where nothing contradicts.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="file">A plain program, its pages, or an image that begins with one.</param>
    public static string? FileOn(BekenChip chip, ReadOnlySpan<byte> file) =>
        OtherGeneration(ChipRegistry.FamilyOf(chip)?.Generation, GenerationOfFile(file));

    /// <summary>What a generation is called.</summary>
    public static string NameOf(ChipGeneration generation) =>
        generation == ChipGeneration.Armino ? "the family of BK7236 (BK7236, BK7258, BK7239N)" : "the BK72xx";

    /// <summary>
    /// The chip of an image: by its own signs, else the one that was named. A mark that several chips share gives way to the caller's word,
    /// where that names one of them.
    /// </summary>
    public static BekenChip ChipOf(FlashImage image, BekenChip named)
    {
        bool givesWay = image.Content.IsChipLikely && ChipRegistry.FamilyOf(named)?.Generation == ChipGeneration.Armino;
        return givesWay || image.Chip == BekenChip.Unknown ? named : image.Chip;
    }

    /// <summary>Why two images are of different generations of chips; null where both are of one, or one does not tell.</summary>
    /// <param name="device">The device's image.</param>
    /// <param name="firmware">What is to run there, or the image it is taken out of.</param>
    public static string? OtherGeneration(FlashImage device, FlashImage firmware) =>
        OtherGeneration(GenerationOf(device), GenerationOf(firmware));

    /// <summary>The generation an image is of, by what begins it or, in a file that is there for another, by what that holds.</summary>
    public static ChipGeneration? GenerationOf(FlashImage image) =>
        image.Contained is { } inside ? GenerationOf(inside) : image.Origin.ToldGeneration;

    /// <summary>
    /// Why a program made for one generation of chips does not run on the other, whatever either calls itself: another core, another flash
    /// cipher, other tables. Null where both are of one, or one is not told.
    /// </summary>
    /// <param name="device">The device's generation.</param>
    /// <param name="program">The program's.</param>
    public static string? OtherGeneration(ChipGeneration? device, ChipGeneration? program) => device is null || program is null || device == program
        ? null
        : device == ChipGeneration.Armino
            ? "the program is for the ARM968E-S of the BK72xx, the device is of the family of BK7236, with another core and another flash cipher"
            : "the program is for the family of BK7236 (BK7236, BK7258, BK7239N), the device is a BK72xx, with another core and another flash cipher";

    /// <summary>Why a bootloader does not run on a chip; null where nothing in it contradicts.</summary>
    public static string? BootloaderOn(BekenChip chip, BootloaderIdentity bootloader)
    {
        if (bootloader.Foreign is { } foreign && chip != BekenChip.Unknown)
            return $"the bootloader is for {foreign}, the device is a {chip}";
        if (OtherGeneration(ChipRegistry.FamilyOf(chip)?.Generation, bootloader.Generation) is { } other)
            return other;
        if (bootloader is { IsLikely: false, Generation: ChipGeneration.Armino, Chip: not BekenChip.Unknown } && chip != BekenChip.Unknown && chip != bootloader.Chip)
            return $"the bootloader is for {bootloader.Chip}, the device is a {chip}";
        // What prints no name is told by signs that do not forbid.
        bool tells = bootloader is { Chip: not BekenChip.Unknown, Version: not null };
        return tells && chip != BekenChip.Unknown && !BekenChips.AreSameFamily(bootloader.Chip, chip)
            ? $"the bootloader is for {bootloader.Chip}, the device is a {chip}"
            : null;
    }

    /// <summary>Why bootloader and app are not of one family; null where nothing contradicts.</summary>
    public static string? Together(BootloaderIdentity bootloader, AppIdentity app)
    {
        if (OtherGeneration(bootloader.Generation, app.Generation) is { } other)
            return other;
        // Those of the family of BK7236 print no name, and a mark that the loaders of four chips carry tells nothing of an app that names one.
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
        told == BekenChip.Unknown || BekenChips.AreSameFamily(told, named) ? named : told;

    /// <summary>
    /// The chip by whose flash map a firmware is taken: an app that comes without a bootloader tells its family and no more; which chip of it,
    /// the device tells.
    /// </summary>
    /// <param name="firmware">The firmware file.</param>
    /// <param name="told">Its chip, as far as it tells.</param>
    /// <param name="device">The device's; unknown where nothing tells it.</param>
    public static BekenChip MappedAs(FlashImage firmware, BekenChip told, BekenChip device) =>
        firmware.Content.Bootloader is null && BekenChips.AreSameFamily(told, device) ? device : told;

    /// <summary>Why a program is not for the chips that the file around it states; null where nothing contradicts, or nothing is stated.</summary>
    /// <param name="stated">The chips; none of any where the file contradicts itself.</param>
    /// <param name="app">The program; null where it cannot be read.</param>
    public static string? AgainstStated(IReadOnlyList<BekenChip>? stated, AppIdentity? app)
    {
        if (stated is null)
            return null;
        if (stated.Count == 0)
            return "the file's board is of another family of chips than its family id";
        return app is not null && stated.All(chip => AppOn(chip, app) is not null)
            ? $"the file is for {string.Join(" or ", stated)}, the app in it {Describe(app)}"
            : null;
    }

    /// <summary>The chip by its own signs and by what the file around it states; unknown where the two contradict.</summary>
    /// <param name="stated">The chips the file around it states.</param>
    /// <param name="told">The chip by its own signs.</param>
    /// <param name="app">The program that shows them.</param>
    public static BekenChip Agreed(IReadOnlyList<BekenChip>? stated, BekenChip told, AppIdentity? app)
    {
        if (AgainstStated(stated, app) is not null)
            return BekenChip.Unknown;
        return told == BekenChip.Unknown && stated is { Count: 1 } ? stated[0] : told;
    }

    private static string Describe(AppIdentity app) =>
        app.Chip != BekenChip.Unknown ? $"is for {app.Chip}"
        : app.Marker is { } marker ? $"carries '{marker}' at logical 0x100"
        : "lacks the family's marker at logical 0x100";
}

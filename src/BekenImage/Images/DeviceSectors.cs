using BekenImage.Chips;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Images;

/// <summary>
/// What a device keeps in the two sectors where the firmware of some chip looks for calibration and network parameters. It tells that bytes
/// are the flash of a device, and where its physical 0 lies, though no bootloader does.
/// </summary>
internal static class DeviceSectors
{
    private static readonly IReadOnlyList<ChipLayout> Layouts = ChipRegistry.Families
        .SelectMany(family => family.Chips)
        .SelectMany(chip => chip.Layouts.Values)
        .ToArray();

    private static readonly long[] RfHomes = Layouts.Select(layout => layout.Rf.Start).Distinct().ToArray();

    private static readonly long[] NetHomes = Layouts.Select(layout => layout.Net.Start).Distinct().ToArray();

    /// <summary>True when an RF table, network parameters or an OpenBeken configuration lies where firmware looks for one.</summary>
    /// <param name="bytes">A chip's flash.</param>
    /// <param name="start">The physical address of its first byte.</param>
    public static bool AreAtHome(ReadOnlyMemory<byte> bytes, long start = 0) =>
        RfHomes.Any(home => Sector(bytes, home - start) is { } sector && RfReader.TryRead(sector, home, null, out _)) ||
        NetHomes.Any(home => Sector(bytes, home - start) is { } sector &&
            (NetParamReader.TryRead(sector, home, null, out _) ||
             ObkConfigReader.TryRead(sector, home, ObkPinLayout.Pins32, null, out var config) && config.ChecksumOk));

    /// <summary>The chips, one for each family, some firmware of which looks for calibration at an address.</summary>
    public static IEnumerable<BekenChip> FamiliesAt(long rf) => ChipRegistry.Families
        .Where(family => family.Chips.Any(chip => chip.Layouts.Values.Any(layout => layout.Rf.Start == rf)))
        .Select(family => family.Head);

    /// <summary>True when some firmware of a chip's family looks for calibration at an address.</summary>
    public static bool IsRfHomeOf(BekenChip chip, long offset) => FamiliesAt(offset).Any(head => BekenChips.AreSameFamily(head, chip));

    private static ReadOnlyMemory<byte>? Sector(ReadOnlyMemory<byte> bytes, long offset) =>
        offset >= 0 && offset + FlashGeometry.SectorSize <= bytes.Length ? bytes.Slice((int)offset, FlashGeometry.SectorSize) : null;
}

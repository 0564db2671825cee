using BekenImage.Chips;
using BekenImage.Formats.Rf;

namespace BekenImage.Images;

/// <summary>Whether an RF table is a device's: of a chip of its family, and with its MAC.</summary>
internal static class DeviceRf
{
    /// <summary>
    /// The MAC a device has of its own, and where it stands: of its RF tables or its network parameters, if they are its own.
    /// Null where it is lost: a placeholder and what flashers make up are nobody's.
    /// </summary>
    public static (MacAddress Mac, long Offset)? MacOf(FlashImage device)
    {
        var table = ImageAreas.SelectRf(
            device.RfTables.Where(table => !table.IsGeneric && IsOwn(table.Mac)), device.Content.OffsetOf(device.Content.Map?.Rf.Start));
        if (table is not null)
            return (table.Mac!.Value, table.Offset);
        return device.NetParamTables.FirstOrDefault(net => IsOwn(net.Mac)) is { } network ? (network.Mac!.Value, network.Offset) : null;
    }

    /// <summary>Whether a table is of a chip of another family; null unless that is certain.</summary>
    /// <param name="table">The table.</param>
    /// <param name="from">The chip of the image it was taken out of; unknown where that does not tell, or it came alone.</param>
    /// <param name="chip">The device's chip.</param>
    public static Finding? OtherChip(RfTable table, BekenChip from, BekenChip chip)
    {
        if (ChipRegistry.FamilyOf(chip) is not { } family)
            return null;
        if (from != BekenChip.Unknown && !BekenChips.AreSameFamily(from, chip))
            return Finding($"it comes from a {from}");
        if (table.Generic is { } generic)
        {
            return generic.Chips.Any(name => BekenChips.TryParse(name, out var known) && BekenChips.AreSameFamily(known, chip))
                ? null
                : Finding($"flashers write it to {string.Join(", ", generic.Chips)}");
        }
        var type = RfTypes.Of(table);
        bool isKnown = type != RfType.Unknown && family.RfType != RfType.Unknown;
        return isKnown && type != family.RfType ? Finding($"it is of BK7231{type} type") : null;

        Finding Finding(string why) => new(FindingSeverity.Warning, FindingCode.RfOtherChip,
            $"RF table is of a chip of another family than {chip}: {why}; its calibration means nothing to this chip", table.Offset);
    }

    /// <summary>The tables of an image that calibrate a device.</summary>
    public static IEnumerable<RfTable> OwnTables(FlashImage image) => image.RfTables.Where(table => table is { IsCalibrated: true, IsGeneric: false });

    /// <summary>Tables of another image that are the device's own: its calibration, perhaps under another MAC; or another one under its MAC.</summary>
    public static IEnumerable<RfTable> Kept(FlashImage device, FlashImage other) =>
        OwnTables(other).Where(table => OwnTables(device).Any(own => IsSameDevice(own, table)));

    private static bool IsSameDevice(RfTable own, RfTable table) =>
        IsOwn(own.Mac) && table.Mac == own.Mac || WithoutMac(own).SequenceEqual(WithoutMac(table));

    private static IEnumerable<(uint, string)> WithoutMac(RfTable table) => table.Items
        .Where(item => item.Tag != RfTags.Mac)
        .Select(item => (item.Tag, Convert.ToBase64String(item.Data.ToArray())));

    private static bool IsOwn(MacAddress? mac) => mac is { IsStation: true, IsPlaceholder: false };
}

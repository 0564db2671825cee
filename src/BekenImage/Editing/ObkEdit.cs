using BekenImage.Chips;
using BekenImage.Formats.Obk;

namespace BekenImage.Editing;

/// <summary>OpenBeken's configuration.</summary>
internal static class ObkEdit
{
    public static void Set(DraftEdit edit, Action<ObkConfigBuilder> change, bool fromDefaults)
    {
        var image = edit.Image;
        RequireKnownPins(image.Chip);
        if (image.ObkConfig is { } present && !fromDefaults)
        {
            if (!present.ChecksumOk)
            {
                throw new BekenImageException(FindingCode.ObkChecksum,
                    "the checksum of the OpenBeken configuration is wrong: its firmware ignores it, and a change would make the damage look right; " +
                    "start from the firmware's defaults", present.Offset);
            }
            Put(edit, Change(present, change, isDefault: false, edit.Findings));
            return;
        }
        if (image.Content.OffsetOf(image.Content.Map?.ConfigHome.Start) is not (>= 0 and var home) || image.Flavor != FirmwareFlavor.OpenBeken)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "there is no OpenBeken configuration in it, and it is not known where its firmware would look for one; there is no default address");
        }
        Put(edit, Change(Defaults(image.Chip, image.Rf?.Mac, home), change, isDefault: true, edit.Findings));
    }

    /// <summary>Refuses to change a configuration whose pins are counted in a way that is not known: the fields behind them lie elsewhere.</summary>
    /// <exception cref="ImageGuardException">It is one of those chips (<see cref="FindingCode.NotForArmino"/>).</exception>
    public static void RequireKnownPins(BekenChip chip)
    {
        if (ChipRegistry.FamilyOf(chip)?.Generation == ChipGeneration.Armino && !BekenChips.TryGetObkFirmware(chip, out _))
        {
            throw new ImageGuardException(FindingCode.NotForArmino,
                $"how many pins OpenBeken's configuration has on {chip} is not known, so changing it is not supported; a whole one can be put in its place");
        }
    }

    /// <summary>The configuration the firmware of a chip writes when it finds none, for the place where it looks.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="mac">The device's MAC, where it is known.</param>
    /// <param name="home">Where the configuration goes.</param>
    public static ObkConfig Defaults(BekenChip chip, MacAddress? mac, long home)
    {
        var firmware = BekenChips.ObkFirmwareOf(chip);
        return ObkConfigDefaults.Create(firmware, mac is { IsStation: true } own ? own : firmware.DefaultMac, home);
    }

    /// <param name="config">Where it starts.</param>
    /// <param name="change">Sets fields.</param>
    /// <param name="isDefault">True where the firmware's defaults are the start.</param>
    /// <param name="findings">Receives what is to be said about the values.</param>
    public static ObkConfig Change(ObkConfig config, Action<ObkConfigBuilder> change, bool isDefault, ICollection<Finding> findings)
    {
        var builder = new ObkConfigBuilder(config) { IsOfDefaults = isDefault };
        change(builder);
        var changed = builder.Build();
        foreach (var finding in builder.Findings)
            findings.Add(finding);
        return changed;
    }

    // In place of a configuration its bytes are replaced; a new one gets the whole sector.
    private static void Put(DraftEdit edit, ObkConfig config)
    {
        const string why = "OpenBeken's configuration with the values asked for";
        if (edit.Image.Content.Sectors.ObkConfigs.Any(present => present.Offset == config.Offset && present.Length == config.Length))
            edit.ReplaceData(config.Offset, config.Bytes.Span, PartitionNames.ObkConfig, why);
        else if (config.Offset >= edit.Image.Length)
            edit.Append(config.Offset, config.ToSector(), PartitionNames.ObkConfig, why);
        else
            edit.Put(config.Offset, config.ToSector(), PartitionNames.ObkConfig, why, PartitionNames.ObkConfig, PartitionNames.Net);
    }
}

using System.Globalization;
using BekenImage.Editing;
using BekenImage.Formats.Obk;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Combining;

/// <summary>Step 6 of a combination: which OpenBeken configuration the result starts from, and what is changed in it.</summary>
internal sealed class ObkConfigStep(CombineInputs inputs, CombineOptions options, CombineMode mode, MacAddress? mac, List<Finding> findings)
{
    /// <summary>Where a configuration comes from; its place there is null where the caller gave it or it is the firmware's default.</summary>
    private sealed record Start(ObkConfig? Config, string? File, long? From, string What)
    {
        public static Start None { get; } = new(null, null, null, "the firmware's defaults");
    }

    /// <summary>The region of the configuration; null where there will be none.</summary>
    /// <exception cref="BekenImageException">What was asked for is not there, or a change does not fit.</exception>
    /// <exception cref="ImageGuardException">It is not known where this firmware keeps a configuration.</exception>
    public ImageRegion? Plan()
    {
        var start = SelectStart();
        if (start.Config is null && !options.ChangesObkConfig)
            return null;
        if (inputs.Map is not { } map || inputs.Identity.Flavor != FirmwareFlavor.OpenBeken)
            throw AddressUnknown();
        if (options.ChangesObkConfig)
        {
            var (changed, reason) = Change(start, map);
            return new ImageRegion(PartitionNames.ObkConfig, map.ConfigHome, RegionOrigin.Built, Sector(changed), FileOfChanges(start), null, reason);
        }
        bool stays = start.From == map.ConfigHome.Start && start.File == options.FactoryName;
        var sector = stays ? map.ConfigHome.Of(inputs.Factory.Bytes) : Sector(start.Config!);
        var origin = stays ? RegionOrigin.Factory : start.From is null ? RegionOrigin.Built : RegionOrigin.Moved;
        return new ImageRegion(PartitionNames.ObkConfig, map.ConfigHome, origin, sector, start.File, start.From,
            stays ? "the device's configuration stays" : "configuration where this firmware looks");
    }

    private string? FileOfChanges(Start start) => options.ObkConfigFrom == ObkConfigChoice.Changed ? options.ObkConfigName : start.File;

    private static byte[] Sector(ObkConfig config) => ByteRuns.Erased(FlashGeometry.SectorSize, config.Bytes.Span);

    // ---- what it starts from -----------------------------------------------------------------------------------------------------

    private Start SelectStart()
    {
        var kept = Valid(inputs.Factory);
        var carried = Valid(inputs.Firmware);
        switch (options.ObkConfigFrom)
        {
            case ObkConfigChoice.None:
                return Start.None;
            case ObkConfigChoice.Given:
                return new Start(CheckGiven(options.ObkConfig), options.ObkConfigName, null, "the given configuration");
            case ObkConfigChoice.Keep:
                return kept is null
                    ? throw new BekenImageException(FindingCode.ObkNotAConfig, "the dump holds no valid OpenBeken configuration to keep").About(Blame.Factory)
                    : OfDevice(kept);
            case ObkConfigChoice.Firmware:
                return carried is null
                    ? throw new BekenImageException(FindingCode.ObkNotAConfig, "the firmware image carries no valid OpenBeken configuration").About(Blame.Firmware)
                    : OfFirmware(carried);
        }
        bool keep = options.Keep.Contains(PartitionNames.ObkConfig);
        bool erase = options.Erase.Contains(PartitionNames.ObkConfig) || options.Erase.Contains(DeviceData.All);
        if ((mode == CombineMode.Update && !erase || keep) && kept is not null)
            return OfDevice(kept);
        // Unasked, one that another firmware merely lies beside stays behind: a configuration written to 0, or what a former firmware left.
        return carried is null || erase || inputs.Identity.Flavor != FirmwareFlavor.OpenBeken ? Start.None : OfFirmware(carried);
    }

    private Start OfDevice(ObkConfig config) => new(config, options.FactoryName, config.Offset, "the device's configuration");

    private Start OfFirmware(ObkConfig config) => new(config, options.FirmwareName, config.Offset, "the configuration the firmware carries");

    private ObkConfig? Valid(FlashImage image) =>
        ImageAreas.SelectObkConfig(image.Content.Sectors.ObkConfigs.Where(config => config.ChecksumOk), inputs.Map?.ConfigHome.Start);

    private static ObkConfig CheckGiven(ObkConfig? config) => config switch
    {
        null => throw NotGiven(),
        { ChecksumOk: false } => throw new BekenImageException(FindingCode.ObkChecksum, "the checksum of the given OpenBeken configuration is wrong").About(PartitionNames.ObkConfig),
        _ => config,
    };

    private static BekenImageException NotGiven() =>
        new BekenImageException(FindingCode.ObkNotAConfig, "no OpenBeken configuration was given").About(PartitionNames.ObkConfig);

    private static ImageGuardException AddressUnknown() => new ImageGuardException(FindingCode.AddressUnknown,
        "an OpenBeken configuration was asked for, but it is not known where this firmware keeps one; there is no default address").About(Blame.Firmware);

    // ---- what is changed in it ---------------------------------------------------------------------------------------------------

    // The document first, then the wiring, then single fields: what was said most exactly wins. All in one go, so that a password that is
    // masked in the document may stand among the fields.
    private (ObkConfig Config, string Reason) Change(Start start, ChipLayout map)
    {
        Blame.On(PartitionNames.ObkConfig, () => ObkEdit.RequireKnownPins(inputs.FirmwareChip));
        var changes = new List<string>();
        bool isDefault = start.Config is null;
        var config = InLayout(start.Config ?? Blame.On(Blame.Firmware, () => ObkEdit.Defaults(inputs.FirmwareChip, mac, map.ConfigHome.Start)));
        var changed = Blame.On(PartitionNames.ObkConfig, () => ObkEdit.Change(config, ChangeFields, isDefault, findings));
        return (changed, $"{start.What} with {string.Join(", ", changes)}");

        void ChangeFields(ObkConfigBuilder builder)
        {
            if (options.ObkConfigFrom == ObkConfigChoice.Changed)
            {
                var document = options.ObkConfigChanges ?? throw NotGiven();
                findings.AddRange(document.Findings);
                document.ApplyTo(builder);
                changes.Add("the fields of a file");
            }
            if (options.FromTuya)
            {
                Blame.On(Blame.Factory, () => builder.SetAll(WiringOf(config)));
                changes.Add("pins from the device's Tuya wiring");
            }
            if (options.ObkChanges.Count > 0)
            {
                Blame.On(Blame.ObkChanges, () => builder.SetAll(options.ObkChanges));
                changes.Add(options.ObkChanges.Count == 1 ? "1 field set" : FormattableString.Invariant($"{options.ObkChanges.Count} fields set"));
            }
        }
    }

    // How many pins there is room for, the dump need not tell; the firmware does.
    private ObkConfig InLayout(ObkConfig config)
    {
        var layout = BekenChips.PinLayoutOf(inputs.FirmwareChip);
        return config.Layout == layout ? config : ObkConfigReader.Read(config.Bytes, config.Offset, layout);
    }

    // Of the flags only those that the wiring needs are set; the others are the owner's, unlike when a whole template is taken over.
    private List<NamedValue> WiringOf(ObkConfig config)
    {
        var template = TuyaTemplate.Create(inputs.Factory);
        var wiring = template.Wiring;
        if (wiring.Pins.Count == 0 && wiring.StartupCommands.Count == 0)
            throw new BekenImageException(FindingCode.TuyaNothingToWrite, "the device's Tuya data names neither pins nor a start-up command");
        int room = config.Pins.Count;
        foreach (var pin in wiring.Pins.Where(pin => pin.Gpio >= room))
            Say(FindingSeverity.Warning, FormattableString.Invariant($"GPIO {pin.Gpio} ({pin.Field}) is left out: this firmware's configuration has {room} pins"));
        foreach (var pin in wiring.UnmappedPins)
            Say(FindingSeverity.Warning, "the device's Tuya wiring: " + pin);
        foreach (string note in wiring.Notes)
            Say(FindingSeverity.Info, "the device's Tuya wiring: " + note.TrimEnd('.'));
        var fields = new List<NamedValue>
        {
            new("pins", wiring.Pins.Where(pin => pin.Gpio < room)
                .Select(pin => new NamedValue(pin.Gpio.ToString(CultureInfo.InvariantCulture), pin.ToString())).ToArray()),
        };
        if (!string.IsNullOrEmpty(template.Template.Command))
            fields.Add(new NamedValue("startupCommand", template.Template.Command));
        fields.Add(new NamedValue(ObkFlags.Name, (config.Flags | wiring.Flags).ToString(CultureInfo.InvariantCulture)));
        return fields;
    }

    private void Say(FindingSeverity severity, string message) =>
        findings.Add(new Finding(severity, FindingCode.TuyaWiringUnclear, message) { Subject = Blame.Factory });
}

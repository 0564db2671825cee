using BekenImage.Addressing;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Images;
using BekenImage.Verifying;

namespace BekenImage.Analysis;

/// <summary>
/// Would this firmware run on that device, where one of the two is of the family of BK7236? The same questions as for the BK72xx, but that
/// there is no header, and that the device's table has a place for each program, which it is linked for.
/// </summary>
internal sealed class ArminoLint
{
    private readonly FlashImage _firmware;
    private readonly LintTarget _target;

    private ArminoLint(FlashImage firmware, LintTarget target)
    {
        _firmware = firmware;
        _target = target;
    }

    /// <summary>The answers; null where both are, as far as they tell, of the BK72xx.</summary>
    /// <param name="firmware">The firmware file.</param>
    /// <param name="target">The device.</param>
    /// <param name="keptFiles">Which of the device's files stay; null for what a combination keeps.</param>
    /// <exception cref="BekenImageException">There is no program in the firmware.</exception>
    public static IReadOnlyList<VerifyCheck>? Judge(FlashImage firmware, LintTarget target, IReadOnlyList<FlashRange>? keptFiles)
    {
        var own = FamilyRule.GenerationOf(firmware);
        if (FamilyRule.OtherGeneration(target.Generation, own) is { } reason)
            return [new(FindingCode.ChipsDiffer, "chip", CheckStatus.Fail, reason)];
        if ((own ?? target.Generation) != ChipGeneration.Armino)
            return null;
        var lint = new ArminoLint(firmware, target);
        return lint.Closed() is { Length: > 0 } closed ? closed : lint.Checks(keptFiles).ToArray();
    }

    // Signed or enciphered, nothing more can be said of it; what is enciphered alike on both sides may well run.
    private VerifyCheck[] Closed()
    {
        if (ArminoFirmware.Closed(_firmware, "the firmware") is not { } own)
        {
            return _target.Dump is { } device && ArminoFirmware.Closed(device, "the device") is { } theirs
                ? [new(theirs.Code, "programs", CheckStatus.Fail, theirs.Message, theirs.Offset)] : [];
        }
        bool isSame = _target.Dump is { } dump && ArminoFirmware.Closed(dump, "the device")?.Code == own.Code && dump.Key.Aes is { } key && key.Equals(_firmware.Key.Aes);
        return isSame || _firmware.Sha256 == _target.Dump?.Sha256
            ? [new(FindingCode.KeyUnknown, "programs", CheckStatus.Warn, $"{own.Message}; whether it runs there is not known", own.Offset)]
            : [new(own.Code, "programs", CheckStatus.Fail, own.Message, own.Offset)];
    }

    private IEnumerable<VerifyCheck> Checks(IReadOnlyList<FlashRange>? keptFiles)
    {
        var programs = ArminoFirmware.TakeFrom(_firmware, _target.Dump);
        var app = programs.Identity;
        var chip = _firmware.Chip != BekenChip.Unknown ? _firmware.Chip : app.Chip;
        var map = ChipLayout.For(chip, app.Flavor);
        yield return Chip(chip, app);
        yield return Key();
        if (_firmware.Kind is ImageKind.Ota or ImageKind.Ug)
        {
            yield return new(FindingCode.NotForArmino, "package-method", CheckStatus.Warn,
                "the device's bootloader would install this package, and what the loaders of these chips accept is not known here");
        }
        foreach (var check in programs.Programs.SelectMany(Place))
            yield return check;
        foreach (var check in Missing(programs))
            yield return check;
        if (PlaceOf(PartitionNames.App) is { } place)
        {
            foreach (var obstacle in AppFit.CheckSurroundings(
                programs.App.Used, place.PhysicalRange, map, _target.Dump, keptFiles ?? FirmwareLinter.Kept(_target, app, map)))
                yield return new(obstacle.Code, "size", obstacle.IsByMap && app.IsGuess ? CheckStatus.Warn : CheckStatus.Fail, obstacle.Message, obstacle.Offset);
        }
        foreach (var check in RfChecks.OfDevice(map, _target.Dump))
            yield return check;
        yield return FirmwareLinter.Config(map, app, _target);
        yield return FirmwareLinter.Updates(map, app, _target);
        foreach (var check in FirmwareLinter.Wiped(_firmware, _target))
            yield return check;
    }

    // The mark of a loader that several chips share is no proof that the two are different.
    private VerifyCheck Chip(BekenChip chip, AppIdentity app)
    {
        var check = FirmwareLinter.Chip(_firmware, chip, app, _target);
        bool isOpen = IsLikely(_firmware) || _target.Dump is { } dump && IsLikely(dump);
        return check.Status == CheckStatus.Fail && isOpen
            ? new(FindingCode.ChipUnknown, check.Name, CheckStatus.Warn, $"{check.Message}; but the mark of its loader is that of several chips, so it is not known; name it")
            : check;
    }

    private static bool IsLikely(FlashImage image) => image.Content.IsChipLikely && image.Options.Chip == BekenChip.Unknown;

    private VerifyCheck Key()
    {
        const string name = "key";
        if (_target.Dump is null && _target.Key is not { IsIdentity: true })
        {
            return new(FindingCode.KeyUnknown, name, CheckStatus.Warn,
                "the firmware is not enciphered; whether the device deciphers what its flash holds is not known");
        }
        return new(FindingCode.KeyDoesNotFit, name, CheckStatus.Pass, "neither is enciphered");
    }

    // The device's table has the word; a file that brings its own bootloader for a device of which only the chip is known, its own.
    private FalTable? Table => _target.Dump is { } dump ? dump.Fal : _firmware.Fal;

    private FalPartition? PlaceOf(string program) =>
        Table?.InForce.FirstOrDefault(entry => entry.IsStriped && entry.Name == program);

    private IEnumerable<VerifyCheck> Place(ArminoProgram program)
    {
        string layout = program.Name == PartitionNames.App ? "layout" : program.Name + "-layout";
        string size = program.Name == PartitionNames.App ? "size" : program.Name + "-size";
        if (Table is null)
        {
            yield return new(FindingCode.AddressUnknown, layout, CheckStatus.Warn,
                "where the device's bootloader has its programs is in its partition table, and there is no dump to read that from");
            yield break;
        }
        if (PlaceOf(program.Name) is not { } place)
        {
            yield return new(FindingCode.AddressUnknown, layout, CheckStatus.Fail, $"the device's partition table has no place for the firmware's '{program.Name}'");
            yield break;
        }
        long start = place.PhysicalRange.Start;
        yield return program.CheckLink(place) is { } linked
            ? new(linked.Code, layout, CheckStatus.Fail, linked.Message, linked.Offset)
            : !program.HasVectors
            ? new(FindingCode.AddressUnknown, layout, CheckStatus.Warn, $"'{program.Name}' does not begin with vectors, so it is not known where it is linked", start)
            : new(FindingCode.AddressUnknown, layout, CheckStatus.Pass, FormattableString.Invariant(
                $"'{program.Name}' is linked for logical 0x{ArminoProgram.StartOf(place):x}, where the device's table has it"), start);
        yield return program.CheckSize(place) is { } tooLarge
            ? new(tooLarge.Code, size, CheckStatus.Fail, tooLarge.Message, tooLarge.Offset)
            : new(FindingCode.AppTooLarge, size, CheckStatus.Pass, FormattableString.Invariant(
                $"'{program.Name}' needs 0x{PageGrid.StoredLength(program.Used):x} of 0x{place.PhysicalRange.Length:x} bytes"), start);
    }

    private IEnumerable<VerifyCheck> Missing(ArminoFirmware programs)
    {
        if (_target.Dump is not { } dump)
            yield break;
        foreach (var own in dump.Programs.Partitions.Where(own => own is { LogicalStart: not null, Pages.Valid: > 0 } && own.Name != PartitionNames.Bootloader))
        {
            if (programs.Programs.All(program => program.Name != own.Name))
            {
                yield return new(FindingCode.ProgramNotBrought, own.Name + "-layout", CheckStatus.Warn,
                    $"the firmware brings no '{own.Name}'; whether the device's own goes with it is not known", own.Offset);
            }
        }
    }
}

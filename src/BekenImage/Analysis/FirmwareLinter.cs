using BekenImage.Addressing;
using BekenImage.Analysis;
using BekenImage.Combining;
using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Verifying;

namespace BekenImage;

/// <summary>The answer of <see cref="FirmwareLinter"/>. Immutable.</summary>
public sealed class LintResult
{
    internal LintResult(IReadOnlyList<VerifyCheck> checks)
    {
        Checks = checks;
    }

    /// <summary>True when the firmware, flashed as it is, would run on the device. False where it would not, or that is not known.</summary>
    public bool Runs => Answer == true;

    /// <summary>Whether the firmware, flashed as it is, would run on the device; null where chip or key of one leaves it open.</summary>
    public bool? Answer =>
        Checks.Any(check => check.Status == CheckStatus.Fail) ? false
        : Checks.Any(IsOpen) ? null
        : true;

    /// <summary>True when any check gave a warning.</summary>
    public bool HasWarnings => Checks.Any(check => check.Status == CheckStatus.Warn);

    /// <summary>What was asked, each with its reason.</summary>
    public IReadOnlyList<VerifyCheck> Checks { get; }

    /// <summary>The answer, and why not.</summary>
    public override string ToString() =>
        Answer switch
        {
            true => "runs",
            false => "does not run: " + Messages(check => check.Status == CheckStatus.Fail),
            null => "not known whether it runs: " + Messages(IsOpen),
        };

    // Without these there is no yes; every other warning is of something that can be told or mended later.
    private static bool IsOpen(VerifyCheck check) =>
        check is { Status: CheckStatus.Warn, Code: FindingCode.ChipUnknown or FindingCode.KeyUnknown or FindingCode.AddressUnknown or FindingCode.NotForArmino };

    private string Messages(Func<VerifyCheck, bool> which) => string.Join("; ", Checks.Where(which).Select(check => check.Message));
}

/// <summary>
/// Would this firmware run on that device, flashed as it is? Chip, key, layout, size, where it looks for calibration and configuration,
/// whether updates over the air can work, and what it would wipe. An update package is judged as the device's bootloader would install it.
/// </summary>
public static class FirmwareLinter
{
    /// <summary>Holds a firmware against a dump of the device.</summary>
    /// <param name="firmware">The firmware file.</param>
    /// <param name="device">A dump of the device.</param>
    public static LintResult Lint(FlashImage firmware, FlashImage device)
    {
        if (device is null)
            throw new ArgumentNullException(nameof(device));
        return Lint(firmware, LintTarget.Of(device));
    }

    /// <summary>
    /// Judges a part of a chip by what the device holds once it is flashed, and says what it overwrites on the way there.
    /// </summary>
    /// <param name="file">What is flashed.</param>
    /// <param name="before">The device as it is.</param>
    /// <param name="after">The device with the file in its place.</param>
    /// <param name="keptFiles">Which of the device's files stay.</param>
    internal static LintResult LintFlashed(FlashImage file, FlashImage before, FlashImage after, IReadOnlyList<FlashRange> keptFiles)
    {
        var result = Lint(after, LintTarget.Of(after, after.Options.Chip), keptFiles);
        return new LintResult([.. result.Checks, .. Wiped(file, LintTarget.Of(before, file.Options.Chip))]);
    }

    /// <summary>Holds a firmware against a device of which only chip and key are known.</summary>
    /// <param name="firmware">The firmware file.</param>
    /// <param name="chip">The device's chip.</param>
    /// <param name="key">The device's key.</param>
    public static LintResult Lint(FlashImage firmware, BekenChip chip, BekenKey key) => Lint(firmware, LintTarget.Of(chip, key));

    private static LintResult Lint(FlashImage firmware, LintTarget target, IReadOnlyList<FlashRange>? keptFiles = null)
    {
        if (firmware is null)
            throw new ArgumentNullException(nameof(firmware));
        FirmwareApp app;
        try
        {
            firmware = firmware.OpenPackage();
            if (ArminoLint.Judge(firmware, target, keptFiles) is { } judged)
                return new LintResult(judged);
            app = FirmwareApp.TakeFrom(firmware, target.Dump);
        }
        catch (BekenImageException error)
        {
            var unfit = new VerifyCheck(error.Code, "app", CheckStatus.Fail, error.Message, error.Offset);
            return new LintResult(PackageLint.JudgeWrapper(firmware) is { } damaged ? [unfit, damaged] : [unfit]);
        }
        var told = firmware.Content.ToldChip;
        var firmwareChip = FamilyRule.Resolve(told != BekenChip.Unknown ? told : app.Identity.Chip, firmware.Options.Chip);
        var map = ChipLayout.For(FamilyRule.MappedAs(firmware, firmwareChip, target.Chip), app.Identity.Flavor);
        // A package is installed by the device's bootloader, which enciphers the app and writes its header; a file is flashed as it is.
        var package = firmware.Kind is ImageKind.Ota or ImageKind.Ug ? firmware.UpdatePackage : null;
        var checks = new List<VerifyCheck> { Chip(firmware, firmwareChip, app.Identity, target) };
        if (package is null)
            checks.Add(Key(firmware, target));
        checks.Add(StoredKeyCheck.AfterFlashing(firmware, target.Dump, package is not null));
        checks.Add(Layout(app, target));
        checks.AddRange(Size(app, map, target, keptFiles ?? Kept(target, app.Identity, map)));
        if (package is null)
            checks.Add(Header(firmware, target));
        checks.AddRange(RfChecks.OfDevice(map, target.Dump, firmware));
        checks.Add(Config(map, app.Identity, target));
        checks.Add(Updates(map, app.Identity, target));
        if (PackageLint.JudgeWrapper(firmware) is { } wrapper)
            checks.Add(wrapper);
        checks.AddRange(package is null ? Wiped(firmware, target) : PackageLint.Judge(package, target));
        return new LintResult(checks);
    }

    internal static VerifyCheck Chip(FlashImage firmware, BekenChip chip, AppIdentity app, LintTarget target)
    {
        const string name = "chip";
        if (Contradiction(firmware, app, target) is { } reason)
            return new(FindingCode.ChipsDiffer, name, CheckStatus.Fail, reason);
        if (chip == BekenChip.Unknown)
        {
            return new(FindingCode.ChipUnknown, name, CheckStatus.Warn,
                "nothing in the firmware tells its chip, so it is not known whether it runs there; name it");
        }
        if (target.Chip == BekenChip.Unknown)
        {
            return new(FindingCode.ChipUnknown, name, CheckStatus.Warn,
                "the device's dump does not tell its chip, so it is not known whether the firmware runs there; name it");
        }
        return BekenChips.AreSameFamily(chip, target.Chip)
            ? new(FindingCode.ChipsDiffer, name, CheckStatus.Pass, $"firmware for {chip} on a {target.Chip}: the same family")
            : new(FindingCode.ChipsDiffer, name, CheckStatus.Fail, $"the firmware is for {chip}, the device is a {target.Chip}");
    }

    // By the signs in the programs, whatever was named; of the bootloader that the device would have then.
    private static string? Contradiction(FlashImage firmware, AppIdentity app, LintTarget target)
    {
        var own = firmware.Origin.Start == ImageStart.Bootloader ? firmware.Content.Bootloader : null;
        return (target.Dump is { } dump ? FamilyRule.Named(target.Chip, dump.Content) : null)
            ?? FamilyRule.AppOn(target.Chip, app)
            ?? (own is null ? null : FamilyRule.BootloaderOn(target.Chip, own))
            ?? ((own ?? target.Dump?.Content.Bootloader) is { } runs ? FamilyRule.Together(runs, app) : null);
    }

    private static VerifyCheck Key(FlashImage firmware, LintTarget target)
    {
        const string name = "key";
        var own = firmware.Programs.App;
        if (target.Key is not { } device)
            return new(FindingCode.KeyUnknown, name, CheckStatus.Warn, "the device's key is not known");
        if (own is not { IsStriped: true, Key: { } key })
            return new(FindingCode.KeyDoesNotFit, name, CheckStatus.Skipped, "this file is not stored for flash; its key is that of whoever packs it");
        return key.IsEquivalentTo(device)
            ? new(FindingCode.KeyDoesNotFit, name, CheckStatus.Pass, $"both have key {key.DisplayName}")
            : new(FindingCode.KeyDoesNotFit, name, CheckStatus.Fail,
                $"the firmware is stored with key {key.DisplayName}, the device deciphers with {device.DisplayName}; it must be stored anew under the device's key", own.Offset);
    }

    private static VerifyCheck Layout(FirmwareApp app, LintTarget target)
    {
        const string name = "layout";
        if (target.App is not { } partition)
            return new(FindingCode.AddressUnknown, name, CheckStatus.Fail, "the device's bootloader does not say where its app begins");
        if (AppFit.CheckLink(app.Plain.Span, partition) is { } linked)
            return new(linked.Code, name, CheckStatus.Fail, linked.Message, linked.Offset);
        return new(FindingCode.AddressUnknown, name, CheckStatus.Pass, FormattableString.Invariant(
            $"linked for logical 0x{new PhysicalAddress(partition.Start).ToLogical().Value:x}, where the device's app begins"), partition.Start);
    }

    private static IEnumerable<VerifyCheck> Size(FirmwareApp app, ChipLayout? map, LintTarget target, IReadOnlyList<FlashRange> keptFiles)
    {
        const string name = "size";
        if (target.App is not { } partition)
            return [new(FindingCode.AppTooLarge, name, CheckStatus.Skipped, "the device's app partition is not known")];
        var obstacles = AppFit.Check(app.Plain.Length, partition, map, target.Dump, keptFiles)
            .Select(obstacle => new VerifyCheck(
                obstacle.Code, name, obstacle.IsByMap && app.Identity.IsGuess ? CheckStatus.Warn : CheckStatus.Fail,
                obstacle.Message, obstacle.Offset)).ToArray();
        return obstacles.Length > 0 ? obstacles : [new(FindingCode.AppTooLarge, name, CheckStatus.Pass, FormattableString.Invariant(
            $"the app needs 0x{PageGrid.StoredLength(app.Plain.Length):x} of 0x{RblHeader.OffsetAtEndOf(partition) - partition.Start:x} bytes"), partition.Start)];
    }

    // What combine keeps without being told otherwise.
    internal static IReadOnlyList<FlashRange> Kept(LintTarget target, AppIdentity app, ChipLayout? map) => target.Dump is { } dump
        ? DeviceData.KeptLittleFs(dump, map, DeviceData.ModeFor(dump, app, map), new CombineOptions())
        : [];

    private static VerifyCheck Header(FlashImage firmware, LintTarget target)
    {
        const string name = "app-header";
        if (target.Header is not { } expected)
            return new(FindingCode.RblHeaderMissing, name, CheckStatus.Skipped, "it is not known where the device's bootloader looks");
        var header = firmware.Containers.FirstOrDefault(container => container.IsBehindPayload && container.Partition == PartitionNames.App);
        if (header is null)
            return new(FindingCode.RblHeaderMissing, name, CheckStatus.Warn, $"the file has no header for its app; {BootloaderAcceptance.Consequence(target.Chip)}", expected);
        long place = LogicalReads.PlaceOf(firmware, header);
        return place == expected
            ? new(FindingCode.RblHeaderMissing, name, CheckStatus.Pass, "the app's header is where the device's bootloader looks", place)
            : new(FindingCode.RblHeaderMissing, name, CheckStatus.Warn, FormattableString.Invariant(
                $"the app's header is at 0x{place:x}, the device's bootloader looks at 0x{expected:x}; {BootloaderAcceptance.Consequence(target.Chip)}"),
                place);
    }

    internal static VerifyCheck Config(ChipLayout? map, AppIdentity app, LintTarget target)
    {
        const string name = "config";
        if (map is null || app.Flavor != FirmwareFlavor.OpenBeken || target.Dump is not { } dump)
            return new(FindingCode.ObkNotAConfig, name, CheckStatus.Skipped, "there is no OpenBeken configuration to look for");
        if (dump.ObkConfig is { ChecksumOk: true } config)
        {
            return config.Offset == map.ConfigHome.Start
                ? new(FindingCode.ObkNotAConfig, name, CheckStatus.Pass, "the device's configuration is where the firmware looks", config.Offset)
                : new(FindingCode.ObkNotAConfig, name, CheckStatus.Warn, FormattableString.Invariant(
                    $"the device's configuration is at 0x{config.Offset:x}, the firmware looks at 0x{map.ConfigHome.Start:x}"), config.Offset);
        }
        bool isErased = map.ConfigHome.End > dump.Bytes.Length || ByteRuns.IsErased(map.ConfigHome.Of(dump.Bytes).Span);
        return isErased
            ? new(FindingCode.ObkNotAConfig, name, CheckStatus.Pass, "the place of the configuration is erased; the firmware starts with its defaults", map.ConfigHome.Start)
            : new(FindingCode.ObkNotAConfig, name, CheckStatus.Warn, "other data lies where the firmware keeps its configuration; the firmware overwrites it", map.ConfigHome.Start);
    }

    internal static VerifyCheck Updates(ChipLayout? map, AppIdentity app, LintTarget target)
    {
        const string name = "updates";
        if (map is null || target.Updates is not { } looks)
            return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Skipped, "one of the two update addresses is not known");
        long writes = app.UpdatesBy(map);
        if (writes == looks)
            return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Pass, FormattableString.Invariant($"firmware and bootloader both use 0x{looks:x}"), looks);
        if (app.IsGuess)
        {
            return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Warn, FormattableString.Invariant(
                $"the bootloader looks for over-the-air updates at 0x{looks:x}; firmware of this kind usually writes them to 0x{writes:x}, ") +
                "but whose it is, is a guess", looks);
        }
        bool erasesHeader = target.App is { } partition && partition.Contains(writes);
        return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Warn, FormattableString.Invariant(
            $"the firmware writes over-the-air updates to 0x{writes:x}, the bootloader looks at 0x{looks:x}: they will not work{(erasesHeader ? target.Generation == ChipGeneration.Armino ? ", and writing one erases the end of the app's partition" : ", and writing one erases the app's header" : string.Empty)}"),
            writes);
    }

    // A file that is flashed from 0 or from 0x11000 takes everything it covers with it.
    internal static IEnumerable<VerifyCheck> Wiped(FlashImage firmware, LintTarget target)
    {
        const string name = "wiped";
        if (target.Dump is not { } dump || firmware.Sha256 == dump.Sha256)
            yield break;
        if (firmware.Origin.Start == ImageStart.Bootloader && !SameBootloader(firmware, dump))
        {
            yield return new(FindingCode.BootloaderProtected, name, CheckStatus.Warn,
                "flashed from 0, the file replaces the device's bootloader by its own", 0);
        }
        var covered = new FlashRange(firmware.PhysicalBase, firmware.Length);
        foreach (var partition in dump.Partitions.Where(partition => !partition.IsStriped && partition.Name != PartitionNames.Download))
        {
            var taken = partition.Range.Intersect(covered);
            if (!taken.IsEmpty && !ByteRuns.IsErased(taken.Of(dump.Bytes).Span) && Differs(firmware, dump, taken))
                yield return new(FindingCode.ContentCutOff, name, CheckStatus.Warn, $"flashing the file overwrites '{partition.Name}'{Files(dump, partition.Range)}", taken.Start);
        }
        if (dump.LittleFs is { } volume && !volume.Range.Overlaps(covered) && Formatted(firmware, dump, volume) is { } place)
        {
            yield return new(FindingCode.LittleFsElsewhere, name, CheckStatus.Warn, FormattableString.Invariant(
                $"the firmware looks for its LittleFS at 0x{place.Start:x}, finds none and makes an empty one, over the device's at 0x{volume.Offset:x}{Files(dump, volume.Range)}"),
                volume.Offset);
        }
    }

    // Where the firmware mounts another place than the device's volume has, that place is formatted.
    private static FlashRange? Formatted(FlashImage firmware, FlashImage dump, LittleFsVolume volume)
    {
        var map = firmware.Content.Map;
        bool mounts = map is null || LittleFsAreas.FindMounted(dump, map) is not null;
        return !mounts && LittleFsAreas.RangeFor(dump, map) is { } place && place.Overlaps(volume.Range) ? place : null;
    }

    private static string Files(FlashImage dump, FlashRange range) =>
        dump.LittleFs is { } volume && volume.Range == range ? VolumeFileNames.Of(volume) : string.Empty;

    private static bool Differs(FlashImage firmware, FlashImage dump, FlashRange range) =>
        !firmware.Bytes.Span.Slice((int)(range.Start - firmware.PhysicalBase), (int)range.Length).SequenceEqual(range.Of(dump.Bytes).Span);

    private static bool SameBootloader(FlashImage firmware, FlashImage dump)
    {
        int length = (int)FlashGeometry.BootloaderSlot.End;
        return firmware.Bytes.Length >= length && dump.Bytes.Length >= length &&
               firmware.Bytes.Span.Slice(0, length).SequenceEqual(dump.Bytes.Span.Slice(0, length));
    }
}

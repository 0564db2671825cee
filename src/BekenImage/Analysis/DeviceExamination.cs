using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Analysis;

/// <summary>One examination: the answers of verify and lint about a device's image, put into the order in which they hurt.</summary>
internal sealed class DeviceExamination
{
    private readonly FlashImage _image;
    private readonly FlashImage? _backup;
    private readonly bool _isChipTold;
    private readonly IReadOnlyList<VerifyCheck> _checks;

    /// <param name="image">The device's image.</param>
    /// <param name="backup">A backup of the same device; null where there is none.</param>
    public DeviceExamination(FlashImage image, FlashImage? backup)
    {
        _isChipTold = image.Chip != BekenChip.Unknown;
        image = OfChip(image, backup);
        _image = image;
        _backup = backup;
        // What lint says of an image against itself: where its firmware looks, and what lies elsewhere.
        _checks = [.. ImageVerifier.Verify(image).Checks, .. FirmwareLinter.Lint(image, image).Checks];
    }

    // Without its bootloader an image tells the family of its chip at best; its backup tells the chip.
    private static FlashImage OfChip(FlashImage image, FlashImage? backup)
    {
        bool isFamilyTold = image is { Rotation: 0, Chip: not BekenChip.Unknown, Options.Chip: BekenChip.Unknown, Content.Bootloader: null };
        if (backup is not { Chip: not BekenChip.Unknown } || !isFamilyTold)
            return image;
        var named = image.Options.Copy();
        named.Chip = backup.Chip;
        return FlashImage.Parse(image.Bytes, named);
    }

    /// <summary>The problems; what keeps the device from starting first, then radio and MAC, settings, updates, files, and the read itself.</summary>
    public IEnumerable<DeviceProblem> Problems()
    {
        if (Find(FindingCode.Blank, CheckStatus.Fail) is { } blank)
            return [Error(blank, "The flash is blank", "no program and no data are in it; a backup has to be written back", [], DeviceSymptom.Boot)];
        return [.. Start(), .. Radio(), .. Settings(), .. Updates(), .. Files(), .. Read()];
    }

    private bool HasBackup => _backup is not null;

    // ---- does it start -----------------------------------------------------------------------------------------------------------

    private IEnumerable<DeviceProblem> Start()
    {
        if (Find(FindingCode.Truncated, CheckStatus.Fail) is { } cut && cut.Message != ReadBehindBootloader.Message)
            yield return Error(cut, "The read was cut short", $"{cut.Message}; what is missing cannot be judged: read the whole flash again", [], DeviceSymptom.Boot);
        var app = Failed("app-vectors") ?? Failed("app-pages");
        if (Failed("bootloader-vectors") is { } bootloader)
            yield return Bootloader(bootloader, app is not null);
        else if (Failed("bootloader-pages") is { } pages)
        {
            yield return Error(pages, "The bootloader is damaged", $"{pages.Message}; the CPU reads nothing sensible there",
                CanCombine ? [ImageRepair.ProgramsOf(HasBackup, isSlotEmpty: IsArmino)] : [], DeviceSymptom.Boot);
        }
        else if (Failed("same-family") is { } family)
        {
            yield return Error(family, "The app is for another chip", family.Message, [ImageRepair.AppOf(HasBackup)], DeviceSymptom.Boot);
        }
        else if (ForeignKey() is { } foreign)
        {
            yield return foreign;
        }
        else if (Failed("same-key") is { } keys)
        {
            yield return Error(keys, "The app is enciphered under another key", $"{keys.Message}; to the CPU it is noise",
                BootloaderKey is { } key ? [ImageRepair.UnderKey(key), ImageRepair.AppOf(HasBackup)] : [], DeviceSymptom.Boot);
        }
        else if (app is not null)
        {
            yield return Error(app, app.Name == "app-pages" ? "The app is damaged" : "There is no app", app.Message,
                CanCombine ? [ImageRepair.AppOf(HasBackup)] : [], DeviceSymptom.Boot);
        }
    }

    // What plan asks before anything is written. An app alone under another key is what verify says already.
    private DeviceProblem? ForeignKey()
    {
        if (_backup is null || DeviceKey.Of(_backup) is not { } own ||
            DeviceKey.Foreign(_backup, _image).FirstOrDefault(program => program.Name == PartitionNames.Bootloader) is not { Key: { } other })
            return null;
        return new DeviceProblem(FindingCode.KeyDoesNotFit, FindingSeverity.Error, "The programs are enciphered for another chip",
            $"the backup's chip runs under key {own.DisplayName}, the bootloader here is for {other.DisplayName}: if the backup is of this device, it does not start",
            CanCombine && !IsArmino ? [ImageRepair.AppOnBackup(), ImageRepair.Rekey(own)] : [], DeviceSymptom.Boot);
    }

    // The slot is empty to the commands: a bootloader may be given. Where the app went with it, the backup's app comes back too.
    private DeviceProblem Bootloader(VerifyCheck check, bool appIsGone)
    {
        if (!CanCombine)
        {
            return Error(check, "There is no bootloader in this read", $"{check.Message}; the device may have one: read the whole flash from 0",
                [], DeviceSymptom.Boot);
        }
        var programs = ImageRepair.ProgramsOf(HasBackup, isSlotEmpty: true, ChipOfBackup);
        bool isThere = check.Code == FindingCode.KeyUnknown;
        return Error(check, isThere ? "The bootloader cannot be read" : "The bootloader is gone", check.Message,
            appIsGone ? [programs] : [ImageRepair.BootloaderOf(HasBackup, ChipOfBackup), programs], DeviceSymptom.Boot);
    }

    // What is no read of a whole chip is not combined.
    private bool CanCombine => _image.IsWholeChip;

    // The bootloader of these is never replaced, only supplied; nor is their table rewritten, or their key changed.
    private bool IsArmino => _image.Origin.IsArmino;

    private BekenChip ChipOfBackup => !_isChipTold && _backup is not null ? _backup.Chip : BekenChip.Unknown;

    private BekenKey? BootloaderKey => _image.Programs.Bootloader?.Key;

    // ---- radio and MAC -----------------------------------------------------------------------------------------------------------

    private IEnumerable<DeviceProblem> Radio()
    {
        var own = _image.Rf;
        if (Find(FindingCode.RfMissing, CheckStatus.Warn) is { } missing && own is null)
        {
            // Whether the backup is of this device, only its label tells; a backup of another chip is none.
            string whose = _backup is not null && DeviceRf.OwnTables(_backup).FirstOrDefault() is { Mac: { } backups } ? $"; the backup has that of MAC {backups}: compare the device's label" : string.Empty;
            yield return Error(missing, "The calibration of the radio is lost", "there is no RF table: the firmware makes up a MAC, and the radio is weak" + whose,
                ForeignKey() is null ? [ImageRepair.RestoreRf(fromImage: false, HasBackup)] : [], DeviceSymptom.Wifi, DeviceSymptom.Mac);
            yield break;
        }
        if (own is null)
            yield break;
        if (Find(FindingCode.RfGeneric) is { } generic)
            yield return Lost(generic, "The calibration is another unit's");
        else if (Find(FindingCode.RfUncalibrated, CheckStatus.Fail) is { } uncalibrated)
            yield return Lost(uncalibrated, "The calibration of the radio is lost");
        else if (ForeignCalibration() is { } foreign)
        {
            yield return foreign;
            yield break;
        }
        if (Find(FindingCode.RfElsewhere, CheckStatus.Warn) is { } elsewhere)
        {
            yield return Error(elsewhere, "The calibration is not where the firmware looks", elsewhere.Message,
                [ImageRepair.RestoreRf(fromImage: true, HasBackup)], DeviceSymptom.Wifi, DeviceSymptom.Mac);
        }
        if ((Find(FindingCode.RfMacPlaceholder) ?? Find(FindingCode.RfMacInvalid) ?? Find(FindingCode.RfMacMissing, CheckStatus.Fail)) is { } mac)
            yield return Warning(mac, "The MAC is not one of its own", mac.Message,
                [mac.Code == FindingCode.RfMacMissing ? ImageRepair.RestoreRf(fromImage: false, HasBackup) : ImageRepair.SetMac(OwnMac())], DeviceSymptom.Mac);
    }

    // What plan asks before anything is written: whose calibration is it?
    private DeviceProblem? ForeignCalibration()
    {
        if (_backup is null || DeviceRf.OwnTables(_backup).FirstOrDefault() is not { } own ||
            DeviceRf.OwnTables(_image).FirstOrDefault() is not { Mac: not null } other || DeviceRf.Kept(_backup, _image).Any())
            return null;
        return new DeviceProblem(FindingCode.PlanOtherDevice, FindingSeverity.Error, "The calibration is another device's", FormattableString.Invariant(
            $"the backup has the calibration of MAC {own.Mac}, the RF table at 0x{other.Offset:x} is that of another unit, MAC {other.Mac}: if the backup is of this device, its radio is weak"),
            [ImageRepair.RestoreRf(fromImage: false, HasBackup)], DeviceSymptom.Wifi, DeviceSymptom.Mac);
    }

    private DeviceProblem Lost(VerifyCheck check, string title) => Error(
        check, title, check.Message, [ImageRepair.RestoreRf(fromImage: false, HasBackup)], DeviceSymptom.Wifi, DeviceSymptom.Mac);

    // The MAC a backup, or another table of the image, has; never a made-up one.
    private MacAddress? OwnMac() => (_backup?.RfTables ?? []).Concat(_image.RfTables)
        .FirstOrDefault(table => table is { IsGeneric: false, IsUsable: true, Mac.IsPlaceholder: false })?.Mac;

    // ---- settings, updates, files --------------------------------------------------------------------------------------------------

    private IEnumerable<DeviceProblem> Settings()
    {
        if (Warned("config") is { } config && _image.ObkConfig is { ChecksumOk: true })
        {
            yield return Warning(config, "The configuration is not where the firmware looks", $"{config.Message}; it starts with its defaults",
                [ImageRepair.MoveConfiguration()], DeviceSymptom.Settings);
        }
        else if (_image.Findings.FirstOrDefault(finding => finding.Code == FindingCode.ObkChecksum) is { } sum && _image.ObkConfig is { ChecksumOk: false })
        {
            yield return new DeviceProblem(sum.Code, FindingSeverity.Warning, "The configuration is damaged",
                "its checksum is wrong: the firmware starts with its defaults, and makes a new one", [], DeviceSymptom.Settings);
        }
    }

    private IEnumerable<DeviceProblem> Updates()
    {
        if (Find(FindingCode.StoredKeyDiffers) is { } stored)
        {
            yield return Warning(stored, "The bootloader holds another device's key", stored.Message,
                BootloaderKey is { } key && !IsArmino ? [ImageRepair.Rekey(key)] : [], DeviceSymptom.Updates, DeviceSymptom.Boot);
        }
        if (Warned("staged-package") is { } staged)
        {
            yield return Warning(staged, "An update waits to be installed", $"{staged.Message} over the app that runs now",
                [ImageRepair.Anew()], DeviceSymptom.Updates, DeviceSymptom.Boot);
        }
        // The header of an app that is damaged, cut or unreadable comes right with the app.
        bool isAppSound = CanCombine && Failed("app-vectors") is null && Failed("app-pages") is null;
        if (isAppSound && Header() is { } header)
            yield return Warning(header, "The app's header is not where the bootloader looks", header.Message, [ImageRepair.Anew()], DeviceSymptom.Updates);
        if (Warned("updates") is { } addresses)
        {
            yield return Warning(addresses, "Updates over the air do not find each other", addresses.Message,
                IsArmino ? [] : [ImageRepair.TableOfFirmware()], DeviceSymptom.Updates);
        }
    }

    // OpenBeken for BK7231T always has its header elsewhere, a package's header is right in its way, and Tuya's firmware leaves none after an
    // update over the air, which only BK7231Q's bootloader would mind.
    private VerifyCheck? Header()
    {
        bool leavesNone = _image.Flavor == FirmwareFlavor.Tuya && _image.Chip != BekenChip.BK7231Q &&
            !_image.Containers.Any(container => container.IsStriped && container.Partition == PartitionNames.App);
        var check = Warned("app-header") ?? Failed("app-header");
        return leavesNone || check?.Code is FindingCode.RblHeaderOffGrid or FindingCode.RblHeaderOfPackage ? null : check;
    }

    // Where the owner gave the file system a size, there is one, or the place is erased.
    private FlashRange? LostVolume()
    {
        bool isAskedFor = _image is { Flavor: FirmwareFlavor.OpenBeken, LittleFs: null, ObkConfig: { ChecksumOk: true, LfsSize: > 0 } };
        return isAskedFor && LittleFsAreas.RangeFor(_image, _image.Content.Map) is { } place && place.End <= _image.Bytes.Length &&
            !ByteRuns.IsErased(place.Of(_image.Bytes).Span) ? place : null;
    }

    private IEnumerable<DeviceProblem> Files()
    {
        var damage = _image.Findings.FirstOrDefault(finding => finding.Area == FindingArea.LittleFs && finding.Severity == FindingSeverity.Error);
        if (damage is not null)
        {
            yield return new DeviceProblem(damage.Code, FindingSeverity.Warning, "The file system is damaged",
                $"{damage.Message}; save the files that can still be read before it is erased",
                [ImageRepair.EraseFiles()], DeviceSymptom.Files);
        }
        else if (LostVolume() is { } place)
        {
            yield return new DeviceProblem(FindingCode.LittleFsSuperblockDamaged, FindingSeverity.Warning, "The file system is gone", FormattableString.Invariant(
                $"the configuration asks for one at 0x{place.Start:x}, something else lies there: the firmware makes an empty one"), [], DeviceSymptom.Files);
        }
    }

    // ---- the read ------------------------------------------------------------------------------------------------------------------

    private IEnumerable<DeviceProblem> Read()
    {
        if (_image.Rotation != 0 && Warned("origin") is { } origin)
            yield return Warning(origin, "The read did not begin at 0", $"{origin.Message}; written as it is, the device does not start", [ImageRepair.Normalize()], DeviceSymptom.Boot);
        if (Find(FindingCode.Doubled, CheckStatus.Warn) is { } doubled)
            yield return Warning(doubled, "The read is longer than the chip", doubled.Message, [ImageRepair.Normalize()]);
    }

    // ---- checks --------------------------------------------------------------------------------------------------------------------

    private VerifyCheck? Failed(string name) => _checks.FirstOrDefault(check => check.Name == name && check.Status == CheckStatus.Fail);

    private VerifyCheck? Warned(string name) => _checks.FirstOrDefault(check => check.Name == name && check.Status == CheckStatus.Warn);

    private VerifyCheck? Find(FindingCode code) =>
        _checks.FirstOrDefault(check => check.Code == code && check.Status is CheckStatus.Warn or CheckStatus.Fail);

    private VerifyCheck? Find(FindingCode code, CheckStatus status) =>
        _checks.FirstOrDefault(check => check.Code == code && check.Status == status);

    private static DeviceProblem Error(VerifyCheck check, string title, string why, IReadOnlyList<ImageRepair> repairs, params DeviceSymptom[] symptoms) =>
        new(check.Code, FindingSeverity.Error, title, why, repairs, symptoms);

    private static DeviceProblem Warning(VerifyCheck check, string title, string why, IReadOnlyList<ImageRepair> repairs, params DeviceSymptom[] symptoms) =>
        new(check.Code, FindingSeverity.Warning, title, why, repairs, symptoms);
}

using BekenImage.Analysis;
using BekenImage.Chips;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage;

/// <summary>
/// Would this update package, sent to the device as it is, be installed? Whether its bootloader accepts it, whether it lands where the
/// bootloader looks and fits there, and what it overwrites. Source: Formats/Rbl/FORMAT.md and the strings of the bootloaders.
/// </summary>
internal sealed class PackageLint
{
    /// <summary>Names in the order of the area that matters most to a device.</summary>
    private static readonly string[] Irreplaceable =
        [PartitionNames.Rf, PartitionNames.ObkConfig, PartitionNames.Net, PartitionNames.Tuya, PartitionNames.TuyaUf, PartitionNames.TuyaProtected, PartitionNames.FlashVars];

    private readonly OtaPackage _package;
    private readonly LintTarget _target;

    private PackageLint(OtaPackage package, LintTarget target)
    {
        _package = package;
        _target = target;
    }

    /// <summary>Asks everything about a package.</summary>
    /// <param name="package">The package; it opened.</param>
    /// <param name="target">The device.</param>
    public static IEnumerable<VerifyCheck> Judge(OtaPackage package, LintTarget target) =>
        new PackageLint(package, target).Checks();

    /// <summary>Whether Tuya's wrapper around a package is sound: the firmware that fetches it refuses it else. Null without one.</summary>
    public static VerifyCheck? JudgeWrapper(FlashImage firmware)
    {
        const string name = "package-wrapper";
        if (firmware.Kind != ImageKind.Ug || !UgPackage.TryRead(firmware.Bytes, out var wrapper))
            return null;
        return wrapper.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error
            ? new(error.Code, name, CheckStatus.Fail, error.Message, error.Offset)
            : new(FindingCode.UgHeaderDamaged, name, CheckStatus.Pass, "header and body of the UG package give their sums");
    }

    /// <summary>Where the package is written: where the firmware that runs now writes updates, else where the bootloader looks.</summary>
    private long? Place => RunningUpdates ?? _target.Updates;

    private long? RunningUpdates => RunningMap is { } map ? Running?.UpdatesBy(map) ?? map.Updates : null;

    /// <summary>True where the place is that of a kind of firmware, and whose the device's is, is no more than likely.</summary>
    private bool IsPlaceGuessed => Running is { IsGuess: true } && RunningUpdates != _target.Updates;

    private CheckStatus Worst => IsPlaceGuessed ? CheckStatus.Warn : CheckStatus.Fail;

    private AppIdentity? Running => _target.Dump?.Content.App;

    private ChipLayout? RunningMap => _target.Dump is { } dump ? ChipLayout.For(dump.Chip, dump.Flavor) : null;

    private IEnumerable<VerifyCheck> Checks()
    {
        yield return Method();
        yield return AesKey();
        yield return Content();
        yield return Written();
        yield return Room();
        foreach (var check in Overwritten())
            yield return check;
    }

    private VerifyCheck Method()
    {
        const string name = "package-method";
        string method = $"{Name(_package.Header.Compression)}, {(IsEncrypted ? "AES-256" : "no encryption")}";
        return (_target.BootloaderKind, _package.Header.Compression) switch
        {
            (BootloaderKind.Tuya, RblCompression.None or RblCompression.Gzip or RblCompression.QuickLz) => Pass($"the bootloader installs such packages ({method})"),
            (BootloaderKind.Tuya, _) => Fail($"the bootloader does not support {Name(_package.Header.Compression)}; pack it with gzip, QuickLZ or not at all"),
            (BootloaderKind.Sdk1015, _) when !IsEncrypted => Fail("the bootloader refuses packages without encryption; pack it with AES-256"),
            (BootloaderKind.Sdk1015, RblCompression.Gzip or RblCompression.None) => Pass($"the bootloader installs such packages ({method})"),
            (BootloaderKind.Sdk1015, _) => Warn($"it is not known whether the bootloader opens {Name(_package.Header.Compression)}; gzip is what it surely opens"),
            (_, RblCompression.Gzip) when IsEncrypted => Pass($"every known bootloader installs such packages ({method})"),
            _ => Warn($"it is not known whether this bootloader installs such packages ({method}); gzip with AES-256 is what every known one takes"),
        };

        VerifyCheck Pass(string message) => new(FindingCode.PackageRefused, name, CheckStatus.Pass, message);
        VerifyCheck Warn(string message) => new(FindingCode.PackageRefused, name, CheckStatus.Warn, message);
        VerifyCheck Fail(string message) => new(FindingCode.PackageRefused, name, CheckStatus.Fail, message);
    }

    // The bootloader knows one key; that another one opens the package here does not help the device.
    private VerifyCheck AesKey()
    {
        const string name = "package-key";
        if (!IsEncrypted)
            return new(FindingCode.PackageKeyDiffers, name, CheckStatus.Skipped, "the package is not encrypted");
        bool opensByDefault = Opens(OtaKey.Default);
        if (_target.StoredOtaKey is { } stored)
        {
            return Opens(stored)
                ? new(FindingCode.PackageKeyDiffers, name, CheckStatus.Pass, "the AES key the bootloader stores opens the package")
                : new(FindingCode.PackageKeyDiffers, name, CheckStatus.Fail,
                    $"the AES key the bootloader stores does not open the package{(opensByDefault ? "; it is encrypted with the vendor's default" : string.Empty)}");
        }
        return opensByDefault
            ? new(FindingCode.PackageKeyDiffers, name, CheckStatus.Warn,
                "the package is encrypted with the vendor's default key; which one the device's bootloader has is not known")
            : new(FindingCode.PackageKeyDiffers, name, CheckStatus.Warn, "which AES key the device's bootloader has is not known");
    }

    // That the application is plain was seen when it was taken out.
    private VerifyCheck Content()
    {
        const string name = "package-content";
        if (_package.Header.Name != PartitionNames.App)
        {
            return new(FindingCode.PackageNotPlain, name, CheckStatus.Fail,
                $"the package is for partition '{_package.Header.Name}'; the bootloader would not write it over the app");
        }
        return new(FindingCode.PackageNotPlain, name, CheckStatus.Pass, "the package holds a plain application, as the bootloader wants it");
    }

    // The firmware that runs now fetches and writes it; the map of the firmware inside the package only counts for the next one.
    private VerifyCheck Written()
    {
        const string name = "package-place";
        if (_target.Updates is not { } looks || RunningUpdates is not { } writes)
            return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Skipped, "where the device's firmware writes updates, or where its bootloader looks, is not known");
        if (IsPlaceGuessed)
        {
            return new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Warn, FormattableString.Invariant(
                $"the device's bootloader looks for the package at 0x{looks:x}; firmware of this kind usually writes it to 0x{writes:x}, ") +
                "but whose the device's is, is a guess", looks);
        }
        return writes == looks
            ? new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Pass, FormattableString.Invariant(
                $"the device's firmware writes the package to 0x{looks:x}, where its bootloader looks"), looks)
            : new(FindingCode.UpdateAddressesDiffer, name, CheckStatus.Fail, FormattableString.Invariant(
                $"the device's firmware writes the package to 0x{writes:x}, its bootloader looks at 0x{looks:x} and will never install it"), writes);
    }

    private VerifyCheck Room()
    {
        const string name = "package-size";
        if (_target.Download is not { } download)
            return new(FindingCode.PackageTooLarge, name, CheckStatus.Skipped, "how large the device's download partition is, is not known");
        return _package.Length > download.Length
            ? new(FindingCode.PackageTooLarge, name, CheckStatus.Fail, FormattableString.Invariant(
                $"the package has 0x{_package.Length:x} bytes, the download partition 0x{download.Length:x}"), download.Start)
            : new(FindingCode.PackageTooLarge, name, CheckStatus.Pass, FormattableString.Invariant(
                $"the package has 0x{_package.Length:x} of the download partition's 0x{download.Length:x} bytes"), download.Start);
    }

    private IEnumerable<VerifyCheck> Overwritten()
    {
        const string name = "package-overwrites";
        if (_target.Dump is not { } dump || Place is not { } place)
        {
            yield return new(FindingCode.PackageOverwrites, name, CheckStatus.Skipped, "there is no dump to see what the package overwrites");
            yield break;
        }
        var written = FlashRange.FromBounds(place, (place + _package.Length + FlashGeometry.SectorSize - 1) / FlashGeometry.SectorSize * FlashGeometry.SectorSize);
        bool any = false;
        if (_target.App?.Intersect(written) is { IsEmpty: false } app)
        {
            any = true;
            yield return new(FindingCode.PackageOverwrites, name, Worst, FormattableString.Invariant(
                $"the package is written from 0x{app.Start:x} on over the end of the app, where its header stands"), app.Start);
        }
        foreach (var partition in AreasOf(dump))
        {
            bool isWritten = IsUsed(dump, partition.Range.Intersect(written));
            if (isWritten)
            {
                any = true;
                yield return new(FindingCode.PackageOverwrites, name, IsIrreplaceable(partition) ? Worst : CheckStatus.Warn,
                    $"the package overwrites '{partition.Name}'", partition.Offset);
            }
            else if (_target.Download is { } download && IsUsed(dump, partition.Range.Intersect(download)))
            {
                any = true;
                yield return new(FindingCode.PackageOverwrites, name, CheckStatus.Warn,
                    $"'{partition.Name}' lies inside the download partition, behind the package; a larger one, or erasing the whole partition, destroys it", partition.Offset);
            }
        }
        foreach (var volume in LittleFsAreas.FindAll(dump.Bytes).Where(volume => volume.Range.Overlaps(written)))
        {
            any = true;
            yield return new(FindingCode.PackageOverwrites, name, CheckStatus.Warn, $"the package overwrites the LittleFS volume{VolumeFileNames.Of(volume)}", volume.Offset);
        }
        if (!any)
            yield return new(FindingCode.PackageOverwrites, name, CheckStatus.Pass, "nothing but erased flash and older packages lies where the package is written", place);
    }

    private static IEnumerable<Partition> AreasOf(FlashImage dump) => dump.Partitions.Where(partition =>
        partition.Name is not (PartitionNames.Bootloader or PartitionNames.App or PartitionNames.Download or PartitionNames.LittleFs));

    private static bool IsUsed(FlashImage dump, FlashRange range) =>
        !range.IsEmpty && range.End <= dump.Bytes.Length && !ByteRuns.IsErased(range.Of(dump.Bytes).Span);

    private static bool IsIrreplaceable(Partition partition) => Irreplaceable.Contains(partition.Name);

    private static string Name(RblCompression compression) => compression switch
    {
        RblCompression.None => "no compression",
        RblCompression.Gzip => "gzip",
        RblCompression.QuickLz => "QuickLZ",
        RblCompression.FastLz => "FastLZ",
        RblCompression.Lzma => "LZMA",
        _ => "an unknown compression",
    };

    private bool IsEncrypted => _package.Header.Encryption != RblEncryption.None;

    private bool Opens(OtaKey key) => _package.TryUnpack(new OtaUnpackOptions { Key = key, MaximumLength = OtaUnpackOptions.Budget(_package.Length) }, out _, out _);
}

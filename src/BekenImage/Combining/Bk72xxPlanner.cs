using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Rbl;
using BekenImage.IO;

namespace BekenImage.Combining;

/// <summary>
/// Plans a combined image for the BK72xx: the app is enciphered with the key of the device's bootloader and gets the RBL header that looks for.
/// </summary>
internal sealed class Bk72xxPlanner : CombinePlanner
{
    private const string DefaultVersion = "1.00";

    private readonly Bk72xxInputs _inputs;
    private readonly FlashRange _appRange;

    public Bk72xxPlanner(Bk72xxInputs inputs, CombineOptions options, List<Finding> findings)
        : base(inputs, options, findings)
    {
        _inputs = inputs;
        _appRange = AppRange();
    }

    protected override FlashRange App => _appRange;

    protected override void AddPrograms()
    {
        AddBootloader();
        AddApp();
    }

    // ---- where things go ---------------------------------------------------------------------------------------------------------

    private FlashRange AppRange()
    {
        var partition = AppFit.PartitionOf(_inputs.Fal) ?? throw new ImageGuardException(FindingCode.AddressUnknown,
            "the bootloader's partition table does not say where the app belongs; there is no default address").About(PartitionNames.Bootloader);
        if (AppFit.CheckLink(_inputs.App.Plain.Span, partition) is { } linked)
            throw Refuse(linked);
        // Before anything is made of the length, which is a number from an image.
        return Blame.On(PartitionNames.Bootloader, () =>
        {
            WriteGuards.Check(partition, Map.FlashLength, PartitionNames.App, FlashGeometry.BootloaderSlot);
            return partition;
        });
    }

    // ---- step 1: bootloader ------------------------------------------------------------------------------------------------------

    private void AddBootloader()
    {
        var choice = _inputs.Bootloader;
        if (choice.IsTableProven)
        {
            Warn(FindingCode.FalMissing, FormattableString.Invariant(
                $"the device's bootloader holds no partition table; its app and the header behind it prove that the app lies at {_appRange}, but not where updates over the air belong"),
                _appRange.Start);
        }
        Map.AddBootloader(new ImageRegion(
            PartitionNames.Bootloader, FlashGeometry.BootloaderSlot, choice.Origin, choice.Slot, choice.FromFile, 0, choice.Reason));
        if (choice.StoredKeyMismatch is { } mismatch)
        {
            Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.StoredKeyDiffers, mismatch, 0, PartitionNames.Bootloader)
                { Subject = Blame.Factory });
        }
        if (choice.UpdateDoubt is { } doubt)
            Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UpdateKeyUncertain, doubt, 0, PartitionNames.Bootloader));
    }

    // ---- steps 2 and 3: app and its header ---------------------------------------------------------------------------------------

    private void AddApp()
    {
        var app = _inputs.App;
        CheckAppFits();
        byte[] stored = Uninitialized.Bytes(app.Plain.Length);
        FlashCipher.Apply(_inputs.Key, (uint)new PhysicalAddress(_appRange.Start).ToLogical().Value, app.Plain.Span, stored);
        var header = RblWriter.CreateFlashHeader(
            app.Header?.Name ?? PartitionNames.App, app.Header?.Version ?? DefaultVersion, app.Header?.Timestamp ?? 0, stored);
        byte[] section = RblWriter.WriteSection(stored, header, (int)_appRange.Length);
        string key = _inputs.Key.IsIdentity ? "not encrypted" : $"encrypted with {_inputs.Key.Name ?? "the device's key"}";
        Map.Add(new ImageRegion(PartitionNames.App, _appRange, RegionOrigin.Built, section, Options.FirmwareName, app.Offset,
            FormattableString.Invariant($"the firmware's app, {key} as the device needs it; RBL header made anew at 0x{RblHeader.OffsetAtEndOf(_appRange):x}, where this bootloader looks")));
    }

    private void CheckAppFits()
    {
        if (AppFit.Check(_inputs.App.Plain.Length, _appRange, _inputs.Map, Factory, KeptFiles()).FirstOrDefault() is { } obstacle)
            throw Refuse(obstacle);
    }

    // ---- step 9: updates ---------------------------------------------------------------------------------------------------------

    protected override void JudgeUpdates()
    {
        if (_inputs.Map is not { } map || _inputs.Fal.Find(PartitionNames.Download) is not { IsStriped: false } download || download.Offset == map.Updates)
            return;
        Warn(FindingCode.UpdateAddressesDiffer, FormattableString.Invariant(
            $"this firmware writes over-the-air updates to 0x{map.Updates:x}, the bootloader looks at 0x{download.Offset:x}: they will not work{(_appRange.Contains(map.Updates) ? ", and writing one erases the app's RBL header" : string.Empty)}"),
            map.Updates);
    }
}

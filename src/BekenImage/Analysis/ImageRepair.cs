using BekenImage.Analysis;
using BekenImage.Crypto;

namespace BekenImage;

/// <summary>What a repair needs besides the image.</summary>
public enum RepairNeed
{
    /// <summary>A backup of the same device, from before: whole, with what is lost.</summary>
    Backup,

    /// <summary>The MAC on the device's label.</summary>
    Mac,
}

/// <summary>A command that repairs an image: it writes another one, and changes nothing that is not wrong. Immutable.</summary>
public sealed class ImageRepair
{
    /// <summary>What the program is called that runs it.</summary>
    public const string Program = "bekenimage";

    private const string Image = "\0image";
    private const string Backup = "\0backup";
    private const string Output = "\0output";
    private readonly string[] _arguments;
    private readonly CombineRepair? _combine;
    private readonly Func<FlashImage, FlashImage?, byte[]>? _make;

    private ImageRepair(RepairNeed[] needs, string[] arguments, Func<FlashImage, FlashImage?, byte[]> make)
    {
        Needs = needs;
        _arguments = [Program, .. arguments, "-o", Output];
        _make = make;
    }

    private ImageRepair(RepairNeed[] needs, CombineRepair combine)
    {
        Needs = needs;
        _arguments = [Program, .. combine.Arguments(Image, Backup, Output)];
        _combine = combine;
    }

    /// <summary>What is still to be supplied: the words in the command that stand for it are in capitals.</summary>
    public IReadOnlyList<RepairNeed> Needs { get; }

    /// <summary>The command, argument by argument, the program first.</summary>
    /// <param name="image">The image's file.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="backup">The backup's file; null where there is none.</param>
    public IReadOnlyList<string> Command(string image, string output, string? backup = null)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        return _arguments.Select(argument => argument switch
        {
            Image => image,
            Backup => backup ?? "BACKUP",
            Output => output,
            _ => argument,
        }).ToArray();
    }

    /// <summary>Its verb.</summary>
    public override string ToString() => string.Join(" ", _arguments.Take(2));

    /// <summary>What the command writes.</summary>
    /// <param name="image">The image as its file holds it.</param>
    /// <param name="backup">The backup; null where there is none.</param>
    /// <exception cref="BekenImageException">It is refused.</exception>
    internal byte[] Make(FlashImage image, FlashImage? backup) => _combine?.Make(image, backup) ?? _make!(image, backup);

    /// <summary>The same with the device's key given; null where that is no question, or it is given already.</summary>
    internal ImageRepair? With(BekenKey key) => _combine is { Key: null } combine ? new([.. Needs], combine with { Key = key }) : null;

    /// <summary>The same with the device's chip named; null where that is no question, or it is named already.</summary>
    internal ImageRepair? With(BekenChip chip) =>
        _combine is { Chip: BekenChip.Unknown } combine ? new([.. Needs], combine with { Chip = chip }) : null;

    /// <summary>The read put right: rotation, doubling and length.</summary>
    internal static ImageRepair Normalize() => new([], ["normalize", Image], (image, _) => ImageNormalizer.Normalize(image).Bytes.ToArray());

    /// <summary>The image's own app combined with its own bootloader anew: its header comes right, a staged package goes, everything else stays.</summary>
    internal static ImageRepair Anew() => new([], new CombineRepair());

    /// <summary>The same, the app enciphered under the bootloader's key.</summary>
    internal static ImageRepair UnderKey(BekenKey key) => new([], new CombineRepair { Key = key });

    /// <summary>The same, OpenBeken's configuration where its firmware looks.</summary>
    internal static ImageRepair MoveConfiguration() => new([], new CombineRepair { KeepsConfiguration = true });

    /// <summary>The same, the bootloader's partition table made for the firmware.</summary>
    internal static ImageRepair TableOfFirmware() => new([], new CombineRepair { TakesTable = true });

    /// <summary>The same without the file system, which the firmware makes anew.</summary>
    internal static ImageRepair EraseFiles() => new([], new CombineRepair { ErasesFiles = true });

    /// <summary>The bootloader of a backup under the image's own app.</summary>
    /// <param name="hasBackup">Whether there is one.</param>
    /// <param name="chip">The chip by the backup, where the image does not tell it; else unknown.</param>
    internal static ImageRepair BootloaderOf(bool hasBackup, BekenChip chip) =>
        new(Need(hasBackup), new CombineRepair { TakesBootloader = true, Chip = chip });

    /// <summary>The app of a backup.</summary>
    internal static ImageRepair AppOf(bool hasBackup) => new(Need(hasBackup), new CombineRepair { TakesApp = true });

    /// <summary>App and bootloader of a backup.</summary>
    /// <param name="hasBackup">Whether there is one.</param>
    /// <param name="isSlotEmpty">True where the image has no bootloader; false where it has one that goes.</param>
    /// <param name="chip">The chip by the backup, where the image does not tell it; else unknown.</param>
    internal static ImageRepair ProgramsOf(bool hasBackup, bool isSlotEmpty, BekenChip chip = BekenChip.Unknown) => new(
        Need(hasBackup), new CombineRepair { TakesApp = true, TakesBootloader = isSlotEmpty, ReplacesBootloader = !isSlotEmpty, Chip = chip });

    /// <summary>The image's app on the device as the backup has it, with its own bootloader and under its key.</summary>
    internal static ImageRepair AppOnBackup() => new([], new CombineRepair { IsOntoBackup = true });

    /// <summary>The programs under another key.</summary>
    internal static ImageRepair Rekey(BekenKey key) =>
        new([], ["rekey", Image, "--to", CombineRepair.TextOf(key)], (image, _) => Changed(image, draft => draft.Rekey(key)));

    /// <summary>The RF table of a backup, or the image's own, where its firmware looks.</summary>
    internal static ImageRepair RestoreRf(bool fromImage, bool hasBackup) => new(
        fromImage ? [] : Need(hasBackup), ["rf", "restore", Image, "--from", fromImage ? Image : Backup],
        (image, backup) => RestoreRf(image, (fromImage ? image : backup!).OpenArchive()));

    internal static ImageRepair SetMac(MacAddress? mac) => new(
        mac is null ? [RepairNeed.Mac] : [], ["rf", "set-mac", Image, mac?.ToString() ?? "MAC"],
        (image, _) => Changed(image, draft => draft.SetMac(mac!.Value)));

    private static byte[] RestoreRf(FlashImage image, FlashImage from) => from.Rf is { } table
        ? Changed(image, draft => draft.RestoreRf(table, mac: null, allowUncalibrated: false, from.Chip))
        : throw new BekenImageException(FindingCode.RfMissing, "there is no RF table in the backup").About(Blame.Backup);

    // Written with an error, it is no repair.
    private static byte[] Changed(FlashImage image, Action<ImageDraft> change)
    {
        var draft = image.Edit();
        change(draft);
        return draft.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error
            ? throw new BekenImageException(error.Code, error.Message, error.Offset)
            : draft.ToArray();
    }

    private static RepairNeed[] Need(bool hasBackup) => hasBackup ? [] : [RepairNeed.Backup];
}

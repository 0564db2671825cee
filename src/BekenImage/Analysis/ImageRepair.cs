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

    private ImageRepair(RepairNeed[] needs, string[] arguments)
    {
        Needs = needs;
        _arguments = arguments;
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

    /// <summary>The read put right: rotation, doubling and length.</summary>
    internal static ImageRepair Normalize() => new([], [Program, "normalize", Image, "-o", Output]);

    /// <summary>The image's own app combined with its own bootloader anew: its header comes right, a staged package goes, everything else stays.</summary>
    internal static ImageRepair Anew() => Combine();

    /// <summary>The same, the app enciphered under the bootloader's key.</summary>
    internal static ImageRepair UnderKey(string key) => Combine("--key", key);

    /// <summary>The same, OpenBeken's configuration where its firmware looks.</summary>
    internal static ImageRepair MoveConfiguration() => Combine("--obk-config", "keep");

    /// <summary>The same, the bootloader's partition table made for the firmware.</summary>
    internal static ImageRepair TableOfFirmware() => Combine("--partition-table", "firmware");

    /// <summary>The same without the file system, which the firmware makes anew.</summary>
    internal static ImageRepair EraseFiles() => Combine("--erase", "littlefs");

    /// <summary>The bootloader of a backup under the image's own app.</summary>
    /// <param name="hasBackup">Whether there is one.</param>
    /// <param name="chip">The chip by the backup, where the image does not tell it; else null.</param>
    internal static ImageRepair BootloaderOf(bool hasBackup, string? chip) => new(
        Need(hasBackup), [Program, "combine", Image, Image, "--firmware-dump", "--keep", "all", .. Chip(chip), "--bootloader", Backup, "-o", Output]);

    /// <summary>The app of a backup.</summary>
    internal static ImageRepair AppOf(bool hasBackup) => FromBackup(hasBackup);

    /// <summary>App and bootloader of a backup.</summary>
    /// <param name="hasBackup">Whether there is one.</param>
    /// <param name="isSlotEmpty">True where the image has no bootloader; false where it has one that goes.</param>
    /// <param name="chip">The chip by the backup, where the image does not tell it; else null.</param>
    internal static ImageRepair ProgramsOf(bool hasBackup, bool isSlotEmpty, string? chip = null) =>
        isSlotEmpty ? FromBackup(hasBackup, [.. Chip(chip), "--bootloader", Backup]) : FromBackup(hasBackup, "--replace-bootloader");

    internal static ImageRepair Rekey(string key) => new([], [Program, "rekey", Image, "--to", key, "-o", Output]);

    /// <summary>The RF table of a backup, or the image's own, where its firmware looks.</summary>
    internal static ImageRepair RestoreRf(bool fromImage, bool hasBackup) => new(
        fromImage ? [] : Need(hasBackup), [Program, "rf", "restore", Image, "--from", fromImage ? Image : Backup, "-o", Output]);

    internal static ImageRepair SetMac(MacAddress? mac) => new(
        mac is null ? [RepairNeed.Mac] : [], [Program, "rf", "set-mac", Image, mac?.ToString() ?? "MAC", "-o", Output]);

    private static ImageRepair Combine(params string[] options) =>
        new([], [Program, "combine", Image, Image, "--firmware-dump", "--keep", "all", .. options, "-o", Output]);

    private static ImageRepair FromBackup(bool hasBackup, params string[] options) => new(
        Need(hasBackup), [Program, "combine", Image, Backup, "--firmware-dump", "--keep", "all", .. options, "-o", Output]);

    private static string[] Chip(string? chip) => chip is null ? [] : ["--chip", chip];

    private static RepairNeed[] Need(bool hasBackup) => hasBackup ? [] : [RepairNeed.Backup];
}

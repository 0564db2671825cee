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

    /// <summary>The image's own app combined with its own bootloader anew: header, key and places come right, everything else stays.</summary>
    /// <param name="options">What else is asked for.</param>
    internal static ImageRepair Again(params string[] options) =>
        new([], [Program, "combine", Image, Image, "--firmware-dump", "--keep", "all", .. options, "-o", Output]);

    /// <summary>The bootloader of a backup under the image's own app.</summary>
    internal static ImageRepair BootloaderOf(bool hasBackup) => new(
        Need(hasBackup), [Program, "combine", Image, Image, "--firmware-dump", "--keep", "all", "--bootloader", Backup, "-o", Output]);

    /// <summary>The app of a backup; its bootloader too where the image's is gone or damaged.</summary>
    internal static ImageRepair AppOf(bool hasBackup, params string[] options) => new(
        Need(hasBackup), [Program, "combine", Image, Backup, "--firmware-dump", "--keep", "all", .. options, "-o", Output]);

    /// <summary>The same with the backup's bootloader in the empty slot of the image.</summary>
    internal static ImageRepair ProgramsOf(bool hasBackup) => AppOf(hasBackup, "--bootloader", Backup);

    internal static ImageRepair Rekey(string key) => new([], [Program, "rekey", Image, "--to", key, "-o", Output]);

    /// <summary>The RF table of a backup, or the image's own, where its firmware looks.</summary>
    internal static ImageRepair RestoreRf(bool fromImage, bool hasBackup) => new(
        fromImage ? [] : Need(hasBackup), [Program, "rf", "restore", Image, "--from", fromImage ? Image : Backup, "-o", Output]);

    internal static ImageRepair SetMac(MacAddress? mac) => new(
        mac is null ? [RepairNeed.Mac] : [], [Program, "rf", "set-mac", Image, mac?.ToString() ?? "MAC", "-o", Output]);

    private static RepairNeed[] Need(bool hasBackup) => hasBackup ? [] : [RepairNeed.Backup];
}

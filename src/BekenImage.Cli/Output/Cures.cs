namespace BekenImage.Cli.Output;

/// <summary>
/// What to type where the library refuses or warns: it says what is wrong in words a window can show, the options are the command's own.
/// </summary>
internal static class Cures
{
    private const string GiveKey = "--key KEY gives it";

    /// <summary>By verb and finding; where that does not tell enough, by the input the refusal is about.</summary>
    private static readonly (string Verb, FindingCode Code, string? Subject, string Cure)[] Table =
    [
        ("combine", FindingCode.KeyUnknown, "factory", GiveKey),
        ("combine", FindingCode.KeyDoesNotFit, null, "--key KEY says which is the device's"),
        ("combine", FindingCode.ChipUnknown, null, "--chip CHIP names it"),
        ("combine", FindingCode.WrongKind, "firmware", "--firmware-dump takes the app out of a whole dump"),
        ("combine", FindingCode.BootloaderMissing, "factory", "--bootloader FILE supplies one"),
        ("combine", FindingCode.BootloaderProtected, null, "--bootloader is for dumps without one, --replace-bootloader takes the firmware's"),
        ("combine", FindingCode.RfMissing, null, "--rf FILE gives one"),
        ("combine", FindingCode.RegionsOverlap, PartitionNames.LittleFs, "'fs extract' saves the files, --erase littlefs erases them"),
        ("combine", FindingCode.ContentCutOff, null, "--size takes more"),
        ("extract", FindingCode.KeyUnknown, null, GiveKey + ", --raw takes the stored bytes"),
        ("extract", FindingCode.BadPage, null, "--raw does"),
        ("put", FindingCode.KeyUnknown, null, GiveKey),
        ("rekey", FindingCode.KeyUnknown, null, GiveKey),
        ("fal set", FindingCode.KeyUnknown, null, GiveKey),
        ("rf set-mac", FindingCode.RfMissing, null, "'rf restore' puts one in"),
        ("rf restore", FindingCode.RfUncalibrated, null, "--allow-uncalibrated takes it all the same"),
        ("rf restore", FindingCode.RfMacInvalid, null, "--mac MAC names one"),
        ("obk set", FindingCode.ObkChecksum, null, "--defaults does"),
        ("obk set", FindingCode.ObkChipUnknown, null, "--chip CHIP names it"),
        ("build", FindingCode.BuildNoRecipe, null, "--chip CHIP names one"),
        ("lint", FindingCode.KeyDoesNotFit, null, "'combine' does"),
        ("lint", FindingCode.RblHeaderMissing, null, "'combine' puts one where the bootloader looks"),
        ("lint", FindingCode.RfElsewhere, null, "'combine' does"),
        ("lint", FindingCode.BootloaderProtected, null, "'combine' keeps the device's"),
    ];

    /// <summary>What to type, or null.</summary>
    /// <param name="verb">The verb: <c>combine</c>, <c>rf restore</c>.</param>
    /// <param name="code">What is wrong.</param>
    /// <param name="subject">The input it is about; null where that is the only one.</param>
    public static string? For(string verb, FindingCode code, string? subject = null) =>
        Table.FirstOrDefault(row => row.Verb == verb && row.Code == code && (row.Subject is null || row.Subject == subject)).Cure;

    /// <summary>A message with its cure behind it.</summary>
    public static string Add(string message, string? cure) => cure is null ? message : $"{message} ({cure})";
}

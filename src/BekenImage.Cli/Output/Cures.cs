namespace BekenImage.Cli.Output;

/// <summary>
/// What to type where the library refuses or warns: it says what is wrong in words a window can show, the options are the command's own.
/// </summary>
internal static class Cures
{
    /// <summary>The subject of a refusal that is about fields named on the command line.</summary>
    public const string ObkChanges = "obk-changes";

    private const string GiveKey = "--key KEY gives it: coefficients, or for BK7236, BK7258 and BK7239N the AES key or a file with it";
    private const string SetMac = "'rf set-mac' sets that of the device's label";
    private const string Restore = "'rf restore' puts in the device's own, from an older backup";
    private const string RfKeep = "--rf keep takes the device's own, if the dump has it";
    private const string RfOwn = "--rf FILE takes the device's own, from an older backup";
    private const string OtherBuild = "no option makes it run; take the build for the device's chip";
    private const string TakeApp = "'extract IMAGE app --app-only' takes it out of an image, 'ota unpack' or 'ug unpack' out of a package";
    private const string ShowSecrets = "'obk show --json --show-secrets' prints them";
    private const string ShowTuyaSecrets = "'tuya show --show-secrets' prints it";
    private const string TakeMember = "'extract ARCHIVE NAME -o FILE' takes out the one of that name";
    private const string PutPlain = "'put IMAGE app FILE --plain' makes its pages and header anew; 'crc repair' renews page CRCs alone";
    private const string EditPlain = "edit the plain file in place of the raw one: its pages and header are made anew";
    private const string OwnTable = "'fal show --json' prints the table it has";

    /// <summary>By verb and finding; where that does not tell enough, by the input the refusal is about.</summary>
    private static readonly (string Verb, FindingCode Code, string? Subject, string Cure)[] Table =
    [
        ("combine", FindingCode.KeyUnknown, "factory", GiveKey),
        ("combine", FindingCode.KeyDoesNotFit, "key", "without --key it is found"),
        ("combine", FindingCode.KeyDoesNotFit, null, "--key KEY says which is the device's"),
        ("combine", FindingCode.ChipUnknown, null, "--chip CHIP names it"),
        ("combine", FindingCode.ChipsDiffer, "firmware", OtherBuild),
        ("combine", FindingCode.ChipsDiffer, PartitionNames.Bootloader, "--bootloader takes one of the chip's own family"),
        ("combine", FindingCode.WrongKind, "firmware", "--firmware-dump takes the app out of a whole dump"),
        ("combine", FindingCode.BootloaderMissing, "factory", "--bootloader FILE supplies one, --replace-bootloader takes the firmware's"),
        ("combine", FindingCode.AddressUnknown, PartitionNames.Bootloader, "--replace-bootloader takes the firmware's, and its table"),
        ("combine", FindingCode.BootloaderProtected, null, "--bootloader is for dumps without one, --replace-bootloader takes the firmware's"),
        ("combine", FindingCode.ProgramNotBrought, null, "the linear image the two were built into brings both"),
        ("combine", FindingCode.RfMissing, null, "--rf FILE gives one"),
        ("combine", FindingCode.RfElsewhere, null, "--size chip writes it too, --size qio with --rf FILE as well; 'extract FACTORY rf' saves it"),
        ("combine", FindingCode.RfMacPlaceholder, null, "--mac MAC sets that of the device's label"),
        ("combine", FindingCode.RfMacInvalid, null, "--mac MAC sets that of the device's label"),
        ("combine", FindingCode.RfMacDiffers, PartitionNames.Rf, "--mac MAC sets the device's, --rf keep takes its own table"),
        ("combine", FindingCode.RfOtherChip, PartitionNames.Rf, RfKeep),
        ("combine", FindingCode.RfGeneric, PartitionNames.Rf, RfKeep),
        ("combine", FindingCode.RfUncalibrated, PartitionNames.Rf, RfKeep),
        ("combine", FindingCode.RfOtherChip, null, RfOwn),
        ("combine", FindingCode.RfGeneric, null, RfOwn),
        ("combine", FindingCode.RfUncalibrated, null, RfOwn),
        ("combine", FindingCode.RegionsOverlap, PartitionNames.LittleFs, "'fs extract' saves the files, --erase littlefs erases them"),
        ("combine", FindingCode.StoredKeyDiffers, null, "'rekey' to the key the dump has renews it, --replace-bootloader takes the firmware's"),
        ("combine", FindingCode.ContentCutOff, null, "--size takes more"),
        ("combine", FindingCode.ObkUnknownField, ObkChanges, "--set NAME=VALUE names it"),
        ("combine", FindingCode.ObkValueRefused, ObkChanges, "--set NAME=VALUE gives it"),
        ("combine", FindingCode.ObkFieldNotInVersion, ObkChanges, "--set version=5"),
        ("combine", FindingCode.TuyaNothingToWrite, "factory", "without --from-tuya, --set pins.N=ROLE names a pin"),
        ("combine", FindingCode.UpdateAddressesDiffer, null, "--partition-table firmware rewrites the bootloader's table"),
        ("combine", FindingCode.ObkMasked, null, ShowSecrets),
        ("extract", FindingCode.KeyUnknown, null, GiveKey + ", --raw takes the stored bytes"),
        ("extract", FindingCode.BadPage, null, "--raw does"),
        ("put", FindingCode.KeyUnknown, null, GiveKey),
        ("put", FindingCode.ChipsDiffer, null, OtherBuild),
        ("put", FindingCode.ResultDoesNotBoot, null, PutPlain),
        ("put", FindingCode.WrongKind, PartitionNames.App, TakeApp),
        ("merge", FindingCode.ChipsDiffer, null, OtherBuild),
        ("merge", FindingCode.ResultDoesNotBoot, null, EditPlain),
        ("merge", FindingCode.WrongKind, PartitionNames.App + ".bin", TakeApp),
        ("merge", FindingCode.WrongKind, PartitionNames.Download + ".rbl", "'uf2 pack' makes a UF2 file of it"),
        ("merge", FindingCode.WrongKind, PartitionNames.App + ".part.bin", "'uf2 pack' makes a UF2 file of it"),
        ("uf2 pack", FindingCode.ChipsDiffer, null, OtherBuild),
        ("rekey", FindingCode.KeyUnknown, null, GiveKey),
        ("fal set", FindingCode.KeyUnknown, null, GiveKey),
        ("fs add", FindingCode.KeyUnknown, null, GiveKey),
        ("rf set-mac", FindingCode.RfMissing, null, "'rf restore' puts one in"),
        ("rf restore", FindingCode.RfUncalibrated, PartitionNames.Rf, "--allow-uncalibrated takes it all the same"),
        ("rf restore", FindingCode.RfMacInvalid, null, "--mac MAC names one"),
        ("rf restore", FindingCode.RfMacPlaceholder, null, "--mac MAC sets that of the device's label"),
        ("rf restore", FindingCode.RfMacDiffers, null, "--mac MAC keeps the device's"),
        ("split", FindingCode.KeyUnknown, null, GiveKey),
        ("verify", FindingCode.KeyUnknown, null, GiveKey),
        ("verify", FindingCode.RfMacPlaceholder, null, SetMac),
        ("verify", FindingCode.RfMacInvalid, null, SetMac),
        ("verify", FindingCode.RfElsewhere, null, "'rf restore IMAGE --from IMAGE' puts it there"),
        ("verify", FindingCode.RfGeneric, null, Restore),
        ("verify", FindingCode.RfUncalibrated, null, Restore),
        ("verify", FindingCode.RfOtherChip, null, Restore),
        ("lint", FindingCode.RfMacPlaceholder, null, SetMac),
        ("lint", FindingCode.RfMacInvalid, null, SetMac),
        ("lint", FindingCode.RfGeneric, null, Restore),
        ("lint", FindingCode.RfUncalibrated, null, Restore),
        ("lint", FindingCode.RfOtherChip, null, Restore),
        ("obk set", FindingCode.ObkChecksum, null, "--defaults does"),
        ("obk set", FindingCode.ObkChipUnknown, null, "--chip CHIP names it"),
        ("obk set", FindingCode.ObkMasked, null, ShowSecrets),
        ("tuya set", FindingCode.ObkMasked, null, ShowTuyaSecrets),
        ("put", FindingCode.ObkMasked, null, ShowTuyaSecrets),
        ("put", FindingCode.CalibrationLost, null, Restore),
        ("merge", FindingCode.CalibrationLost, null, Restore),
        ("combine", FindingCode.CalibrationLost, null, RfKeep),
        ("fal set", FindingCode.FalTableUnusual, null, OwnTable),
        ("fal set", FindingCode.FalEntryRange, null, OwnTable),
        ("fal set", FindingCode.FalTableSize, null, OwnTable),
        ("ota pack", FindingCode.BuildAppPaged, null, TakeApp),
        ("ota pack", FindingCode.BuildAppEnciphered, null, TakeApp),
        ("ota pack", FindingCode.BuildAppUnfit, null, TakeApp),
        ("ota pack", FindingCode.PackageNotPlain, null, "'ota unpack' takes the application out"),
        ("ug pack", FindingCode.UgBodyUnknown, null, "'ota pack' makes one of a plain application"),
        ("build", FindingCode.BuildAppPaged, null, TakeApp),
        ("build", FindingCode.BuildAppEnciphered, null, TakeApp),
        ("build", FindingCode.BuildNoRecipe, null, "--chip CHIP names one"),
        ("build", FindingCode.BuildTableMissing, null, "--table FILE brings one"),
        ("build", FindingCode.BuildPartMissing, PartitionNames.App1, "--app1 FILE brings it"),
        ("build", FindingCode.BuildPartMissing, null, "--part NAME=FILE brings one"),
        ("build", FindingCode.BuildPlacesDiffer, null, "--table FILE appends another table"),
        ("ota pack", FindingCode.BuildPartMissing, null, "--security-counter N gives it"),
        ("ug pack", FindingCode.UpdateFormRefused, null, "--like FILE takes them from one"),
        ("verify", FindingCode.StoredKeyDiffers, null, "'rekey' to the key the image has renews it"),
        ("lint", FindingCode.StoredKeyDiffers, null, "'rekey' to the key the image has renews it"),
        ("build", FindingCode.ChipsDiffer, PartitionNames.Bootloader, "--bootloader takes one of the chip's own family"),
        ("build", FindingCode.ChipsDiffer, null, OtherBuild),
        ("build", FindingCode.WrongKind, PartitionNames.App, TakeApp),
        ("lint", FindingCode.ChipUnknown, null, "--chip CHIP names it"),
        ("lint", FindingCode.ChipsDiffer, null, OtherBuild),
        ("lint", FindingCode.KeyUnknown, null, GiveKey),
        ("verify", FindingCode.Rotated, null, "'normalize' first"),
        ("verify", FindingCode.Doubled, null, "'normalize' cuts it"),
        ("sanitize", FindingCode.Doubled, null, "'normalize' cuts it"),
        ("lint", FindingCode.KeyDoesNotFit, null, "'combine' does"),
        ("lint", FindingCode.RblHeaderMissing, null, "'combine' puts one where the bootloader looks"),
        ("lint", FindingCode.UpdateAddressesDiffer, null, "'combine --partition-table firmware' rewrites the bootloader's table"),
        ("lint", FindingCode.RfElsewhere, null, "'combine' does"),
        ("lint", FindingCode.BootloaderProtected, null, "'combine' keeps the device's"),
        ("plan", FindingCode.PlanKeepsBootloader, null, "--include-bootloader writes it too"),
        ("plan", FindingCode.PlanLosesCalibration, null, "'combine' keeps the device's; --allow-other-rf gives it up"),
        ("plan", FindingCode.PlanOtherDevice, null, "'combine' keeps the device's; --allow-other-rf gives it up"),
        ("plan", FindingCode.PlanDoesNotBoot, null, "'verify' says what else"),
        ("plan", FindingCode.PlanTargetUnfit, null, "'combine' makes an image of the device's dump and a firmware"),
        ("plan", FindingCode.BootloaderProtected, null, "--sector 4K erases less, --include-bootloader writes the bootloader too"),
        ("plan", FindingCode.KeyDoesNotFit, null, "'combine' enciphers it for the device"),
        ("plan", FindingCode.ChipsDiffer, null, OtherBuild),
    ];

    /// <summary>What to type, or null.</summary>
    /// <param name="verb">The verb: <c>combine</c>, <c>rf restore</c>.</param>
    /// <param name="code">What is wrong.</param>
    /// <param name="subject">The input it is about; null where that is the only one.</param>
    public static string? For(string verb, FindingCode code, string? subject = null) =>
        Table.FirstOrDefault(row => row.Verb == verb && row.Code == code && (row.Subject is null || row.Subject == subject)).Cure ?? ForEveryVerb(code);

    /// <summary>What to type about a code, verb by verb.</summary>
    /// <param name="code">The code.</param>
    public static IEnumerable<(string Verb, string Cure)> Of(FindingCode code) =>
        Table.Where(row => row.Code == code).Select(row => (row.Verb, row.Cure)).Distinct();

    // Where an input is read is the same for all verbs.
    private static string? ForEveryVerb(FindingCode code) => code == FindingCode.ArchiveListed ? TakeMember : null;

    /// <summary>A message with its cure behind it.</summary>
    public static string Add(string message, string? cure) => cure is null ? message : $"{message} ({cure})";
}

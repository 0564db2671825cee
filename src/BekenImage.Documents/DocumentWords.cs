using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Tuya;
using BekenImage.Formats.Uf2;

namespace BekenImage.Documents;

/// <summary>The words by which documents name the library's values. They are API; a text for people does well to use the same.</summary>
public static class DocumentWords
{
    /// <summary>The word for a kind: <c>dump</c>, <c>qio</c>, <c>ua</c> and so on.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(ImageKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Why a run of a bootloader ended: <c>jumped</c>, <c>steps</c>, <c>fault</c>, <c>halted</c>.</summary>
    /// <param name="stop">Why.</param>
    public static string Of(BootStop stop) => stop.ToString().ToLowerInvariant();

    /// <summary>What a bootloader said of the app: <c>none</c>, <c>accepted</c>, <c>refused</c>.</summary>
    /// <param name="judgement">What it said.</param>
    public static string Of(BootJudgement judgement) => judgement.ToString().ToLowerInvariant();

    /// <summary>Whether page CRCs are there; null where there is no program.</summary>
    /// <param name="stored">How the programs are stored.</param>
    public static string? Of(StoredForm? stored) => stored?.ToString().ToLowerInvariant();

    /// <summary>The name of a chip, such as <c>BK7231N</c>; null where it is not known.</summary>
    /// <param name="chip">The chip.</param>
    public static string? Of(BekenChip chip) => chip == BekenChip.Unknown ? null : chip.ToString();

    /// <summary>The word for a flavor: <c>openbeken</c>, <c>beken-freertos</c> and so on.</summary>
    /// <param name="flavor">The flavor.</param>
    public static string Of(FirmwareFlavor flavor) => flavor switch
    {
        FirmwareFlavor.Tuya => "tuya",
        FirmwareFlavor.OpenBeken => "openbeken",
        FirmwareFlavor.BekenFreeRtos => "beken-freertos",
        FirmwareFlavor.LibreTiny => "libretiny",
        FirmwareFlavor.BekenArmino => "beken-armino",
        _ => "unknown",
    };

    /// <summary>The flavor a word stands for, in any case.</summary>
    /// <param name="word">The word.</param>
    /// <param name="flavor">The flavor, or <see cref="FirmwareFlavor.Unknown"/>.</param>
    /// <returns>False for every other text, and for the word of the unknown flavor.</returns>
    public static bool TryParse(string? word, out FirmwareFlavor flavor)
    {
        flavor = Flavors.FirstOrDefault(known => string.Equals(Of(known), word?.Trim(), StringComparison.OrdinalIgnoreCase));
        return flavor != FirmwareFlavor.Unknown;
    }

    /// <summary>The flavors a firmware can have.</summary>
    public static IReadOnlyList<FirmwareFlavor> Flavors { get; } =
    [
        FirmwareFlavor.Tuya, FirmwareFlavor.OpenBeken, FirmwareFlavor.BekenFreeRtos, FirmwareFlavor.LibreTiny, FirmwareFlavor.BekenArmino,
    ];

    /// <summary>The word for a step of a plan: <c>erase</c> or <c>write</c>.</summary>
    /// <param name="action">What the step does.</param>
    public static string Of(FlashStepAction action) => action == FlashStepAction.Erase ? "erase" : "write";

    /// <summary>What a device is when a plan stops: <c>boots</c>, <c>recoverable</c> or <c>needs-bootloader</c>.</summary>
    /// <param name="state">The state.</param>
    public static string Of(StoppedState state) => state switch
    {
        StoppedState.Boots => "boots",
        StoppedState.Recoverable => "recoverable",
        _ => "needs-bootloader",
    };

    /// <summary>The generation of a chip: <c>bk72xx</c> or <c>armino</c>.</summary>
    /// <param name="generation">The generation.</param>
    public static string Of(ChipGeneration generation) => generation.ToString().ToLowerInvariant();

    /// <summary>Whose MAC it is: <c>own</c>, <c>placeholder</c> and so on; <c>n/a</c> where there is none to look for.</summary>
    /// <param name="state">The state.</param>
    public static string Of(MacState state) => state switch
    {
        MacState.NotApplicable => "n/a",
        MacState.OtherChip => "other-chip",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>How a partition is known: <c>fal</c>, <c>layout</c> or <c>scan</c>.</summary>
    /// <param name="source">The source.</param>
    public static string Of(PartitionSource source) => source.ToString().ToLowerInvariant();

    /// <summary>How a key is known: <c>given</c>, <c>vectors</c> and so on; null where none is.</summary>
    /// <param name="source">The source.</param>
    public static string? Of(KeySource source) => source == KeySource.None ? null : source.ToString().ToLowerInvariant();

    /// <summary>The flash cipher of a key: <c>coefficients</c>, <c>aes-xts</c> or <c>aes-xts-standard</c>; null where none is known.</summary>
    /// <param name="key">The key.</param>
    public static string? CipherOf(ImageKey key) => key switch
    {
        { Value: not null } => "coefficients",
        { AesVariant: { } variant } => Of(variant),
        _ => null,
    };

    /// <summary>How an AES key is applied: <c>aes-xts</c> or <c>aes-xts-standard</c>.</summary>
    /// <param name="variant">The variant.</param>
    public static string Of(AesFlashVariant variant) => variant == AesFlashVariant.Standard ? "aes-xts-standard" : "aes-xts";

    /// <summary><c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    /// <param name="severity">The severity.</param>
    public static string Of(FindingSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary><c>pass</c>, <c>warn</c>, <c>fail</c> or <c>skipped</c>.</summary>
    /// <param name="status">The status.</param>
    public static string Of(CheckStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The word for a compression: <c>none</c>, <c>gzip</c> and so on.</summary>
    /// <param name="compression">The compression.</param>
    public static string Of(RblCompression compression) => compression.ToString().ToLowerInvariant();

    /// <summary>The word for an encryption: <c>none</c>, <c>aes256</c> and so on.</summary>
    /// <param name="encryption">The encryption.</param>
    public static string Of(RblEncryption encryption) => encryption.ToString().ToLowerInvariant();

    /// <summary>Where <c>user_param_key</c> was found.</summary>
    /// <param name="source">The source.</param>
    public static string Of(TuyaUserParametersSource source) => source switch
    {
        TuyaUserParametersSource.Storage => "storage",
        TuyaUserParametersSource.OemConfigFile => "oem_cfg",
        TuyaUserParametersSource.UserParamFile => "user_param_key file",
        TuyaUserParametersSource.OtherFile => "file",
        TuyaUserParametersSource.Flash => "flash",
        _ => "app",
    };

    /// <summary>What the owner of a device sees: <c>boot</c>, <c>wifi</c> and so on.</summary>
    /// <param name="symptom">The symptom.</param>
    public static string Of(DeviceSymptom symptom) => symptom.ToString().ToLowerInvariant();

    /// <summary>What a repair still needs: the option <c>--backup</c>, or the <c>MAC</c> in place of the word.</summary>
    /// <param name="need">What is needed.</param>
    public static string Of(RepairNeed need) => need == RepairNeed.Backup ? "--backup" : "MAC";

    /// <summary>Where a value of Tuya's lies: <c>storage</c>, <c>protected block</c>, <c>file</c>, <c>elsewhere</c> or <c>json</c>.</summary>
    /// <param name="place">The place.</param>
    public static string Of(TuyaPlace place) => place switch
    {
        TuyaPlace.Storage => "storage",
        TuyaPlace.ProtectedBlock => "protected block",
        TuyaPlace.File => "file",
        TuyaPlace.Description => "json",
        _ => "elsewhere",
    };

    /// <summary>The form of an update file: <c>mcuboot</c>, <c>app-ug</c> and so on.</summary>
    /// <param name="form">The form.</param>
    public static string Of(UpdateForm form) => form switch
    {
        UpdateForm.McuBootPackage => "mcuboot",
        UpdateForm.SignedOverwrite => "signed-overwrite",
        UpdateForm.OverwriteBody => "overwrite",
        UpdateForm.AppUg => "app-ug",
        UpdateForm.AbSlot => "ab",
        _ => "difference",
    };

    /// <summary>Who takes a part of a UF2 file: <c>device-single</c>, <c>flasher-dual-1</c> and so on.</summary>
    /// <param name="scheme">The scheme.</param>
    public static string Of(Uf2Scheme scheme) => scheme switch
    {
        Uf2Scheme.DeviceSingle => "device-single",
        Uf2Scheme.DeviceDual1 => "device-dual-1",
        Uf2Scheme.DeviceDual2 => "device-dual-2",
        Uf2Scheme.FlasherSingle => "flasher-single",
        Uf2Scheme.FlasherDual1 => "flasher-dual-1",
        _ => "flasher-dual-2",
    };

    /// <summary>What a difference is about: <c>bootloader</c>, <c>fast-connect</c>, <c>tuya-uf</c> and so on.</summary>
    /// <param name="area">The area.</param>
    public static string Of(DifferenceArea area) => area switch
    {
        DifferenceArea.FastConnect => PartitionNames.FastConnect,
        DifferenceArea.ObkConfig => PartitionNames.ObkConfig,
        DifferenceArea.FlashVars => PartitionNames.FlashVars,
        DifferenceArea.TuyaUf => PartitionNames.TuyaUf,
        DifferenceArea.TuyaProtected => PartitionNames.TuyaProtected,
        _ => area.ToString().ToLowerInvariant(),
    };

    /// <summary><c>added</c>, <c>removed</c>, <c>changed</c> or <c>moved</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(DifferenceKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>What a file of a split image holds: <c>raw</c>, <c>plain</c> or <c>part</c>.</summary>
    /// <param name="role">The role.</param>
    public static string Of(SplitRole role) => role.ToString().ToLowerInvariant();

    /// <summary>What a value of an RF table is: <c>device</c>, <c>powerTable</c> and so on.</summary>
    /// <param name="nature">The nature.</param>
    public static string Of(RfItemNature nature) => CamelCase(nature.ToString());

    /// <summary>Seconds since 1970 as ISO 8601, UTC.</summary>
    /// <param name="seconds">The seconds.</param>
    public static string Time(uint seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    internal static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}

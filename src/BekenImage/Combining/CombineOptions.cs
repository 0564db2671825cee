using BekenImage.Combining;
using BekenImage.Crypto;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage;

/// <summary>Where the RF table of a combined image comes from.</summary>
public enum RfChoice
{
    /// <summary>The factory dump.</summary>
    Keep,

    /// <summary>Nowhere: there will be none.</summary>
    None,

    /// <summary><see cref="CombineOptions.RfTable"/>.</summary>
    Given,
}

/// <summary>Where OpenBeken's configuration in a combined image comes from.</summary>
public enum ObkConfigChoice
{
    /// <summary>The factory dump in an update; else the firmware where it carries one; else nowhere.</summary>
    Default,

    /// <summary>The factory dump.</summary>
    Keep,

    /// <summary>The firmware image.</summary>
    Firmware,

    /// <summary>Nowhere: the firmware starts with its defaults.</summary>
    None,

    /// <summary><see cref="CombineOptions.ObkConfig"/>.</summary>
    Given,

    /// <summary>
    /// What <see cref="Default"/> would give, else the firmware's own defaults, with <see cref="CombineOptions.ObkConfigChanges"/> made.
    /// </summary>
    Changed,
}

/// <summary>Which partition table the bootloader of a combined image has.</summary>
public enum PartitionTableChoice
{
    /// <summary>Its own.</summary>
    Keep,

    /// <summary>The one the firmware was laid out for; the bootloader's RBL header is made anew.</summary>
    Firmware,
}

/// <summary>How much of the planned image is written.</summary>
public enum OutputExtent
{
    /// <summary>The whole chip, from physical 0.</summary>
    Chip,

    /// <summary>From physical 0 to the end of the app, or of what was asked for by name behind it.</summary>
    Qio,

    /// <summary>The app partition alone, to be flashed at its place.</summary>
    App,

    /// <summary><see cref="CombineOptions.Length"/> bytes from physical 0.</summary>
    Length,
}

/// <summary>What a caller wants of a combined image. Every default is the safe choice.</summary>
public sealed class CombineOptions
{
    /// <summary>The names <see cref="Keep"/> and <see cref="Erase"/> know.</summary>
    public static IReadOnlyList<string> AreaNames { get; } =
        [PartitionNames.ObkConfig, PartitionNames.FlashVars, PartitionNames.LittleFs, PartitionNames.Net, PartitionNames.Tuya, DeviceData.All];

    /// <summary>The chip, where an image cannot tell.</summary>
    public BekenChip Chip { get; set; }

    /// <summary>The device's key; must fit the bootloader that stays. Null: the key found.</summary>
    public BekenKey? Key { get; set; }

    /// <summary>Another MAC for the RF table.</summary>
    public MacAddress? Mac { get; set; }

    /// <summary>Where the RF table comes from.</summary>
    public RfChoice Rf { get; set; }

    /// <summary>The table for <see cref="RfChoice.Given"/>.</summary>
    public RfTable? RfTable { get; set; }

    /// <summary>The chip <see cref="RfTable"/> was read from: one of another family gives a warning. Unknown where that is not known.</summary>
    public BekenChip RfTableChip { get; set; }

    /// <summary>Where OpenBeken's configuration comes from.</summary>
    public ObkConfigChoice ObkConfigFrom { get; set; }

    /// <summary>The configuration for <see cref="ObkConfigChoice.Given"/>.</summary>
    public ObkConfig? ObkConfig { get; set; }

    /// <summary>The changes for <see cref="ObkConfigChoice.Changed"/>.</summary>
    public ObkConfigDocument? ObkConfigChanges { get; set; }

    /// <summary>
    /// Takes the wiring that Tuya's data in the factory dump names into the configuration: its pins become the configuration's, and its
    /// start-up command where there is one. Comes behind what <see cref="ObkConfigFrom"/> gives, or the firmware's defaults.
    /// </summary>
    public bool FromTuya { get; set; }

    /// <summary>
    /// Fields of the configuration to set last, as <see cref="ObkConfigBuilder.Set"/> takes them, on top of what
    /// <see cref="ObkConfigFrom"/> gives, or the firmware's defaults, and of <see cref="FromTuya"/>.
    /// </summary>
    public ICollection<NamedValue> ObkChanges { get; } = new List<NamedValue>();

    /// <summary>Areas of the factory dump to keep, by name: <c>obk-config</c>, <c>flash-vars</c>, <c>littlefs</c>, <c>net</c>, <c>tuya</c>, <c>all</c>.</summary>
    public ICollection<string> Keep { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Areas of the factory dump to erase, by the same names.</summary>
    public ICollection<string> Erase { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Takes the bootloader of the firmware image.</summary>
    public bool ReplaceBootloader { get; set; }

    /// <summary>A bootloader for a dump that has none: an image that begins with one, or a bootloader file.</summary>
    public FlashImage? Bootloader { get; set; }

    /// <summary>Which partition table the bootloader has. <see cref="PartitionTableChoice.Firmware"/> changes the bootloader.</summary>
    public PartitionTableChoice PartitionTable { get; set; }

    /// <summary>Allows a whole dump as firmware.</summary>
    public bool FirmwareIsDump { get; set; }

    /// <summary>How much is written.</summary>
    public OutputExtent Extent { get; set; }

    /// <summary>Length for <see cref="OutputExtent.Length"/>.</summary>
    public long Length { get; set; }

    /// <summary>What the factory dump is called in regions and messages.</summary>
    public string FactoryName { get; set; } = "factory";

    /// <summary>What the firmware is called in regions and messages.</summary>
    public string FirmwareName { get; set; } = "firmware";

    /// <summary>What <see cref="RfTable"/> is called in regions.</summary>
    public string RfTableName { get; set; } = "given";

    /// <summary>What <see cref="ObkConfig"/> is called in regions.</summary>
    public string ObkConfigName { get; set; } = "given";

    /// <summary>What <see cref="Bootloader"/> is called in regions.</summary>
    public string BootloaderName { get; set; } = "given";

    /// <summary>True when the configuration of the result is not taken as some input has it.</summary>
    internal bool ChangesObkConfig => ObkConfigFrom == ObkConfigChoice.Changed || FromTuya || ObkChanges.Count > 0;

    /// <summary>True when the caller named what is to be the configuration.</summary>
    internal bool AsksForObkConfig => ObkConfigFrom == ObkConfigChoice.Given || ChangesObkConfig;

    /// <summary>What the input is called that a refusal is about.</summary>
    /// <param name="subject"><see cref="BekenImageException.Subject"/> or <see cref="Finding.Subject"/>.</param>
    /// <returns>The name given here; null for no input of a combination.</returns>
    public string? NameOf(string? subject) => subject switch
    {
        Blame.Factory or PartitionNames.LittleFs => FactoryName,
        Blame.Firmware => FirmwareName,
        PartitionNames.Bootloader => ReplaceBootloader ? FirmwareName : Bootloader is null ? FactoryName : BootloaderName,
        PartitionNames.Rf => Rf == RfChoice.Given ? RfTableName : FactoryName,
        PartitionNames.ObkConfig => ObkConfigFrom switch
        {
            ObkConfigChoice.Given or ObkConfigChoice.Changed => ObkConfigName,
            ObkConfigChoice.Firmware => FirmwareName,
            _ => FactoryName,
        },
        _ => null,
    };
}

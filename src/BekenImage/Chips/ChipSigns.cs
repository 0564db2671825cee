namespace BekenImage.Chips;

/// <summary>What a chip family is recognised by. What is not there is not known, or there is none. Rules: FORMAT.md, section 3.</summary>
internal sealed class ChipSigns
{
    /// <summary>The word Tuya's bootloaders begin their version with, such as <c>BK7231N_</c>.</summary>
    public string? TuyaBootPrefix { get; init; }

    /// <summary>The name the SDK's bootloaders print before their version, which stands apart.</summary>
    public string? SdkBootName { get; init; }

    /// <summary>Bootloaders whose name or first word other chips' share, so that a second sign must agree.</summary>
    public IReadOnlyList<ConfirmedBootloader> ConfirmedBootloaders { get; init; } = [];

    /// <summary>The text at logical 0x100 of every app of the family, and of no other.</summary>
    public string? OwnAppMarker { get; init; }

    /// <summary>The text at logical 0x100 of apps of this family and of others: it says that Beken's SDK made the app.</summary>
    public string? SharedAppMarker { get; init; }

    /// <summary>The platform behind AT in the build line of Tuya's apps.</summary>
    public string? TuyaBuildPlatform { get; init; }

    /// <summary>What names of Tuya's modules begin with, in any case.</summary>
    public IReadOnlyList<string> TuyaModules { get; init; } = [];

    /// <summary>The family id LibreTiny's UF2 files state; several families may share one, then the board tells.</summary>
    public uint? Uf2Family { get; init; }

    /// <summary>Platforms in em_sys_env of Tuya's storage, in any case.</summary>
    public IReadOnlyList<string> TuyaPlatforms { get; init; } = [];

    /// <summary>Bootloaders of which it is known which packages they install.</summary>
    public IReadOnlyList<KnownBootloader> Bootloaders { get; init; } = [];
}

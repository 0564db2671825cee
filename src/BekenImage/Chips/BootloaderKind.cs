namespace BekenImage.Chips;

/// <summary>Bootloaders that treat update packages alike.</summary>
internal enum BootloaderKind
{
    Unknown,

    /// <summary>Tuya's for BK7231N and BK7231T: none, gzip and QuickLZ, with or without AES.</summary>
    Tuya,

    /// <summary>The SDK's v1.0.15: refuses packages without encryption.</summary>
    Sdk1015,
}

/// <summary>A bootloader whose ways are known.</summary>
internal sealed class KnownBootloader(string version, BootloaderKind kind)
{
    /// <summary>What it prints, name and version joined.</summary>
    public string Version { get; } = version;

    public BootloaderKind Kind { get; } = kind;
}

/// <summary>The bootloader a chip comes with, where only the chip is known.</summary>
internal sealed class UsualBootloader(ProgramTable table, BootloaderKind kind)
{
    /// <summary>What its partition table says.</summary>
    public ProgramTable Table { get; } = table;

    public BootloaderKind Kind { get; } = kind;
}

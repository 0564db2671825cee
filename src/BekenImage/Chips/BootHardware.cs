namespace BekenImage.Chips;

/// <summary>
/// What a chip's programs find around them when they run, as far as it differs from chip to chip. What is not stated is what the loaders of all
/// chips were content with. Source: docs/hardware.md.
/// </summary>
internal sealed class BootHardware
{
    /// <summary>Of a chip of which nothing more is known.</summary>
    public static BootHardware Usual { get; } = new();

    /// <summary>The word at 0x800000; loaders do not read it, the applications of some chips stop where it is another one.</summary>
    public uint ChipId { get; init; }

    /// <summary>The word at 0x800004.</summary>
    public uint DeviceId { get; init; }

    /// <summary>Which UART prints the log: 1 or 2.</summary>
    public int LogUart { get; init; } = 2;

    /// <summary>True where the PWM registers lie at 0x802A00, and there are no timers before them.</summary>
    public bool HasOldPwm { get; init; }

    /// <summary>RAM from 0x400000 on, in bytes.</summary>
    public int RamLength { get; init; } = 0x40000;

    /// <summary>
    /// What the flash answers when it is asked who it is, by its size in bytes. With an id they do not know, some loaders neither erase nor
    /// program. Source: the SDK's table of chips, flash.c.
    /// </summary>
    public IReadOnlyDictionary<int, uint> FlashIds { get; init; } = new Dictionary<int, uint>
    {
        [0x100000] = 0x0B4014,
        [0x200000] = 0xEB6015,
        [0x400000] = 0xC84016,
    };

    /// <summary>The id of a flash of a size; that of the largest known one where none is.</summary>
    public uint FlashIdOf(int size) => FlashIds.TryGetValue(size, out uint id) ? id : FlashIds[FlashIds.Keys.Max()];
}

namespace BekenImage;

/// <summary>What a device is when a plan stops. The larger, the better.</summary>
public enum StoppedState
{
    /// <summary>The bootloader is not whole: what the chip starts by is missing.</summary>
    NeedsBootloader,

    /// <summary>It does not start an app, but its bootloader is whole, so that a flasher reaches the chip's usual ways.</summary>
    Recoverable,

    /// <summary>It starts an app, as <see cref="ImageVerifier"/> sees it.</summary>
    Boots,
}

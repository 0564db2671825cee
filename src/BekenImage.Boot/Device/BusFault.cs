namespace BekenImage.Boot.Device;

/// <summary>Why the processor could not go on.</summary>
internal enum BusFaultKind
{
    None,

    /// <summary>There is nothing at the address that is known.</summary>
    Nowhere,

    /// <summary>It wanted to run erased flash.</summary>
    ErasedFlash,

    /// <summary>It wanted to run a page whose CRC is wrong.</summary>
    BadPage,
}

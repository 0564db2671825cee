namespace BekenImage.Formats.Rbl;

/// <summary>How an update package is opened.</summary>
public sealed class OtaUnpackOptions
{
    /// <summary>Largest firmware by default: 64 MiB.</summary>
    public const int DefaultMaximumLength = 64 * 1024 * 1024;

    /// <summary>More than the flash of a chip whose application is in a package; a smaller package may give that much.</summary>
    private const int AlwaysUnpacked = 4 * 1024 * 1024;

    private const int LargestRatio = 4;

    /// <summary>Key and vector of encrypted packages.</summary>
    public OtaKey Key { get; set; } = OtaKey.Default;

    /// <summary>A package that states or gives more bytes is refused.</summary>
    public int MaximumLength { get; set; } = DefaultMaximumLength;

    /// <summary>How much a package may give that is opened without having been asked for by name: four times its size.</summary>
    /// <param name="packed">Its size.</param>
    internal static int Budget(long packed) => (int)Math.Min(DefaultMaximumLength, Math.Max(AlwaysUnpacked, LargestRatio * packed));
}

namespace BekenImage.Formats.Rbl;

/// <summary>How an update package is opened.</summary>
public sealed class OtaUnpackOptions
{
    /// <summary>Largest firmware by default: 64 MiB.</summary>
    public const int DefaultMaximumLength = 64 * 1024 * 1024;

    /// <summary>Key and vector of encrypted packages.</summary>
    public OtaKey Key { get; set; } = OtaKey.Default;

    /// <summary>A package that states or gives more bytes is refused.</summary>
    public int MaximumLength { get; set; } = DefaultMaximumLength;
}

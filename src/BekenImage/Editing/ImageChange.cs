namespace BekenImage;

/// <summary>One stretch of an image that a draft changes: what, from where, and why. Immutable.</summary>
public sealed class ImageChange
{
    /// <summary>What a stretch is called in which nothing that has a name lies.</summary>
    public const string Gap = "gap";

    internal ImageChange(FlashRange range, string what, string? source, string why, long changedBytes)
    {
        Range = range;
        What = what;
        Source = source;
        Why = why;
        ChangedBytes = changedBytes;
    }

    /// <summary>Where: physical, un-rotated.</summary>
    public FlashRange Range { get; }

    /// <summary>The partition or area, by its name; <see cref="Gap"/> where nothing that has one lies.</summary>
    public string What { get; }

    /// <summary>Where its bytes come from, in words; null where they are those that were there, changed.</summary>
    public string? Source { get; }

    /// <summary>Why it is so, in words.</summary>
    public string Why { get; }

    /// <summary>How many bytes are others than before. 0 where what was asked for was there already.</summary>
    public long ChangedBytes { get; }

    /// <summary>What, where and why.</summary>
    public override string ToString() => $"{What} {Range}: {Why}";
}

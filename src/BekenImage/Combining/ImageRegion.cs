namespace BekenImage;

/// <summary>Where the bytes of a region come from.</summary>
public enum RegionOrigin
{
    /// <summary>The factory dump, at the same place.</summary>
    Factory,

    /// <summary>The firmware, as it was.</summary>
    Firmware,

    /// <summary>Made for this image, of what the inputs hold.</summary>
    Built,

    /// <summary>An input, from another place.</summary>
    Moved,

    /// <summary>0xFF.</summary>
    Erased,
}

/// <summary>A stretch of a planned image: who owns it, and where its bytes come from. Immutable.</summary>
public sealed class ImageRegion
{
    internal ImageRegion(
        string name, FlashRange range, RegionOrigin origin, ReadOnlyMemory<byte> content, string? fromFile, long? from, string reason)
    {
        Name = name;
        Range = range;
        Origin = origin;
        Content = content;
        FromFile = fromFile;
        From = from;
        Reason = reason;
    }

    /// <summary>Name of the partition or area.</summary>
    public string Name { get; }

    /// <summary>Where it lies: physical.</summary>
    public FlashRange Range { get; }

    /// <summary>First byte; physical.</summary>
    public long Offset => Range.Start;

    /// <summary>Number of bytes.</summary>
    public long Length => Range.Length;

    /// <summary>Where its bytes come from.</summary>
    public RegionOrigin Origin { get; }

    /// <summary>Name of the input they come from; null where there is none.</summary>
    public string? FromFile { get; }

    /// <summary>Physical offset in that input; null where there is none.</summary>
    public long? From { get; }

    /// <summary>Why it is so.</summary>
    public string Reason { get; }

    /// <summary>The bytes; empty for an erased region.</summary>
    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>Name, range and origin.</summary>
    public override string ToString() => $"{Name} {Range} {Origin}";
}

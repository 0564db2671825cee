namespace BekenImage;

/// <summary>A named range of a chip's flash. Immutable.</summary>
public sealed class FlashArea
{
    internal FlashArea(string name, long start, long length)
        : this(name, new FlashRange(start, length))
    {
    }

    internal FlashArea(string name, FlashRange range)
    {
        Name = name;
        Range = range;
    }

    /// <summary>Name, as in <see cref="PartitionNames"/>; LibreTiny's are its own.</summary>
    public string Name { get; }

    /// <summary>Where it lies, physical.</summary>
    public FlashRange Range { get; }

    /// <summary>Name and range.</summary>
    public override string ToString() => $"{Name} {Range}";
}

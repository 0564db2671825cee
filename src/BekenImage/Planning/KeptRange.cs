namespace BekenImage;

/// <summary>A stretch of flash that no step of a plan touches. Immutable.</summary>
public sealed class KeptRange
{
    internal KeptRange(FlashRange range, IReadOnlyList<string> areas)
    {
        Range = range;
        Areas = areas;
    }

    /// <summary>Where: whole sectors.</summary>
    public FlashRange Range { get; }

    /// <summary>Names of what lies there.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>Range and areas.</summary>
    public override string ToString() => $"{Range} {string.Join(", ", Areas)}".TrimEnd();
}

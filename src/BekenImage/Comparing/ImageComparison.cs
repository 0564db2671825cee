namespace BekenImage;

/// <summary>The answer of <see cref="ImageDiffer"/>. Immutable.</summary>
public sealed class ImageComparison
{
    internal ImageComparison(
        bool isIdentical, IReadOnlyList<ImageDifference> differences, IReadOnlyList<DifferenceArea> sameAreas, IReadOnlyList<Finding> findings)
    {
        IsIdentical = isIdentical;
        Differences = differences;
        SameAreas = sameAreas;
        Findings = findings;
    }

    /// <summary>True when the files are the same, byte for byte. Then there is no difference, else at least one.</summary>
    public bool IsIdentical { get; }

    /// <summary>True when they hold the same once rotation, key and stored form are set aside.</summary>
    public bool IsSameContent => Differences.All(difference => difference.IsForm);

    /// <summary>The differences, by area. Every byte that is not the same belongs to one of them.</summary>
    public IReadOnlyList<ImageDifference> Differences { get; }

    /// <summary>Areas that both images have, and in which nothing differs.</summary>
    public IReadOnlyList<DifferenceArea> SameAreas { get; }

    /// <summary>What could not be compared as what it is, and why.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}

namespace BekenImage;

/// <summary>What became of something between two images.</summary>
public enum DifferenceKind
{
    /// <summary>Only the second image has it.</summary>
    Added,

    /// <summary>Only the first image has it.</summary>
    Removed,

    /// <summary>Both have it, not the same.</summary>
    Changed,

    /// <summary>Both have the same, at another place.</summary>
    Moved,
}

namespace BekenImage;

/// <summary>One difference between two images. Immutable. Names and values may be text from an image: escape them before showing.</summary>
public sealed class ImageDifference
{
    internal ImageDifference(DifferenceArea area, DifferenceKind kind, string? name)
    {
        Area = area;
        Kind = kind;
        Name = name;
    }

    /// <summary>What it is about.</summary>
    public DifferenceArea Area { get; }

    /// <summary>What became of it.</summary>
    public DifferenceKind Kind { get; }

    /// <summary>Which part of the area: a field such as <c>pins.6</c>, a value, a file; null for the area as a whole.</summary>
    public string? Name { get; }

    /// <summary>
    /// The value in the first image as a plain value (text, bool, number); null where there is none to show. A secret that is not to be
    /// shown is <see cref="SecretMask.Text"/>.
    /// </summary>
    public object? A { get; internal init; }

    /// <summary>The value in the second image. Where both show as the same, such as two secrets, this one says that it is another.</summary>
    public object? B { get; internal init; }

    /// <summary>Where it lies in the first image: physical, un-rotated, as all offsets of that image. Null where it has no place there.</summary>
    public long? OffsetA { get; internal init; }

    /// <summary>Where it lies in the second image.</summary>
    public long? OffsetB { get; internal init; }

    /// <summary>Bytes from the first to the last of it; null where it has no place.</summary>
    public long? Length { get; internal init; }

    /// <summary>True for what is set aside where only the content counts: rotation, key, and the form in which the same is stored.</summary>
    public bool IsForm { get; internal init; }

    /// <summary>Area, name and kind, without values.</summary>
    public override string ToString() => Name is null ? $"{Area} {Kind}" : $"{Area} {Name} {Kind}";
}

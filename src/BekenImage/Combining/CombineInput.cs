namespace BekenImage;

/// <summary>An input of a combination, and the name it goes by in regions and messages. Immutable.</summary>
public sealed class CombineInput
{
    internal CombineInput(string name, FlashImage image)
    {
        Name = name;
        Image = image;
    }

    /// <summary>Its name, as the options give it.</summary>
    public string Name { get; }

    /// <summary>The input as it was given: of an archive that, not the image in it.</summary>
    public FlashImage Image { get; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}

namespace BekenImage;

/// <summary>The door from reading to changing.</summary>
public static class ImageEditing
{
    /// <summary>A draft through which the image can be changed; the image itself stays as it is.</summary>
    /// <param name="image">The image.</param>
    public static ImageDraft Edit(this FlashImage image) => new(image ?? throw new ArgumentNullException(nameof(image)));
}

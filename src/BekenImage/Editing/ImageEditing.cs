namespace BekenImage;

/// <summary>The door from reading to changing.</summary>
public static class ImageEditing
{
    /// <summary>A draft through which the image can be changed; the image itself stays as it is.</summary>
    /// <param name="image">The image.</param>
    /// <exception cref="BekenImageException">It was read with a key that is not its own (<see cref="FindingCode.KeyUnknown"/>).</exception>
    public static ImageDraft Edit(this FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        image.Content.CheckGivenKey();
        return new(image);
    }
}

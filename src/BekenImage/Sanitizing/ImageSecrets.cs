using System.Runtime.CompilerServices;
using BekenImage.Sanitizing;

namespace BekenImage;

/// <summary>Where an image holds what its owner should not share: Wi-Fi, MQTT and cloud credentials, private
/// keys. It names places, never contents.</summary>
public static class ImageSecrets
{
    // An image does not change, and what writes one asks more than once.
    private static readonly ConditionalWeakTable<FlashImage, IReadOnlyList<FlashArea>> Found = new();

    /// <summary>Names of the areas with secrets in a part of an image, each once: what a file of that part holds.</summary>
    /// <param name="image">The image.</param>
    /// <param name="part">The part, physical.</param>
    public static IReadOnlyList<string> NamesIn(FlashImage image, FlashRange part) =>
        Find(image).Where(area => area.Range.Overlaps(part)).Select(area => area.Name).Distinct().ToArray();

    /// <summary>The areas that hold secrets, by name and physical range: those that <see cref="ImageSanitizer.Sanitize(ImageDraft)"/> blanks.</summary>
    /// <param name="image">The image.</param>
    public static IReadOnlyList<FlashArea> Find(FlashImage image) =>
        Found.GetValue(image ?? throw new ArgumentNullException(nameof(image)), subject => new SecretFinder(subject).Areas());
}

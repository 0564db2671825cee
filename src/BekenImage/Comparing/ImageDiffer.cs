using BekenImage.Comparing;

namespace BekenImage;

/// <summary>
/// Compares two images in the words of their content. A rotated read and a normal one, a doubled read and a single one, programs under
/// different keys, with page CRCs and without, are compared as what they are; of two firmwares versions and texts, not the functions' bytes.
/// </summary>
public static class ImageDiffer
{
    /// <summary>Compares two images. Never throws on content.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="showSecrets">False to have passwords and keys masked in the differences.</param>
    public static ImageComparison Compare(FlashImage a, FlashImage b, bool showSecrets = false)
    {
        if (a is null)
            throw new ArgumentNullException(nameof(a));
        if (b is null)
            throw new ArgumentNullException(nameof(b));
        if (a.Source.Span.SequenceEqual(b.Source.Span))
            return new ImageComparison(true, [], new OwnerMap(new ComparedImage(a)).Areas.ToArray(), []);
        var list = new DifferenceList(showSecrets);
        var pair = CommonForm.Make(a, b, list);
        var comparison = new AreaComparison(pair, list);
        comparison.Run();
        // What a read took twice or beyond the chip is not compared; that alone may be what differs.
        if (list.IsEmpty)
            list.Add(DifferenceArea.Other, DifferenceKind.Changed, "file", null, null);
        return new ImageComparison(false, list.InOrder(), comparison.SameAreas(), list.Findings);
    }
}

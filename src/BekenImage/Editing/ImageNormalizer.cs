using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage;

/// <summary>What <see cref="ImageNormalizer"/> did. Immutable.</summary>
public sealed class NormalizedImage
{
    internal NormalizedImage(ReadOnlyMemory<byte> bytes, IReadOnlyList<string> changes)
    {
        Bytes = bytes;
        Changes = changes;
    }

    /// <summary>The image from physical 0, as long as the chip.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What was undone, in words, in the order in which it was done; empty when nothing was wrong.</summary>
    public IReadOnlyList<string> Changes { get; }
}

/// <summary>Undoes rotated, doubled and over-long reads of a whole chip.</summary>
public static class ImageNormalizer
{
    /// <summary>Cuts what a read took twice or beyond the chip, and rotates so that physical 0 comes first.</summary>
    /// <param name="image">The image as it was read.</param>
    public static NormalizedImage Normalize(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var changes = new List<string>();
        var bytes = image.Source;
        while (ImageOrigin.IsDoubled(bytes.Span))
        {
            changes.Add(FormattableString.Invariant($"doubled read: the second 0x{bytes.Length / 2:x} bytes repeat the first and were cut"));
            bytes = bytes.Slice(0, bytes.Length / 2);
        }
        if (OverlongChipSize(bytes.Span) is { } chip)
        {
            changes.Add(FormattableString.Invariant($"over-long read: 0x{bytes.Length - chip:x} bytes behind the chip's 0x{chip:x} were cut"));
            bytes = bytes.Slice(0, chip);
        }
        int rotation = bytes.Length == image.Length ? image.Rotation : FlashImage.Parse(bytes, image.Options).Rotation;
        if (rotation != 0)
        {
            changes.Add(FormattableString.Invariant($"rotated read: it began at 0x{rotation:x} and was rotated right by as much"));
            bytes = ImageOrigin.RotateRight(bytes.Span, rotation);
        }
        return new NormalizedImage(bytes, changes);
    }

    // The largest chip below the length, when what lies behind it repeats the start of the read or was never written.
    private static int? OverlongChipSize(ReadOnlySpan<byte> bytes)
    {
        if (ImageOrigin.IsChipSize(bytes.Length))
            return null;
        for (int chip = 0x1000000; chip >= 0x200000; chip /= 2)
        {
            if (chip >= bytes.Length)
                continue;
            var behind = bytes.Slice(chip);
            bool repeats = behind.Length <= chip && behind.SequenceEqual(bytes.Slice(0, behind.Length));
            return repeats || ByteRuns.IsErased(behind) || ByteRuns.IsAll(behind, 0) ? chip : null;
        }
        return null;
    }
}

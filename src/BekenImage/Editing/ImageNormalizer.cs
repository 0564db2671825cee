using BekenImage.Images;

namespace BekenImage;

/// <summary>What <see cref="ImageNormalizer"/> did. Immutable.</summary>
public sealed class NormalizedImage
{
    internal NormalizedImage(ReadOnlyMemory<byte> bytes, IReadOnlyList<string> changes, FlashImage image)
    {
        Bytes = bytes;
        Changes = changes;
        IsWholeChip = image.IsWholeChip;
        Cut = image.Content.Cut is { } cut ? new Finding(FindingSeverity.Error, FindingCode.Truncated, cut.Message, cut.Length) : null;
    }

    /// <summary>True when the result is a chip's whole flash.</summary>
    public bool IsWholeChip { get; }

    /// <summary>How the read was cut short, which nothing undoes; null where it was not.</summary>
    public Finding? Cut { get; }

    /// <summary>The image from physical 0, and as long as the chip unless the read was cut short.</summary>
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
        if (OverlongRead.Find(bytes.Span) is { ChipLength: var chip } overlong)
        {
            int behind = bytes.Length - chip;
            changes.Add(overlong.IsRepetition && behind % chip == 0
                ? FormattableString.Invariant($"doubled read: 0x{behind:x} bytes repeat the chip's 0x{chip:x} and were cut")
                : FormattableString.Invariant($"over-long read: 0x{behind:x} bytes behind the chip's 0x{chip:x} were cut"));
            bytes = bytes.Slice(0, chip);
        }
        var read = bytes.Length == image.Length ? image : FlashImage.Parse(bytes, image.Options);
        if (read.Rotation is not 0 and var rotation)
        {
            changes.Add(FormattableString.Invariant($"rotated read: it began at 0x{rotation:x} and was rotated right by as much"));
            bytes = ImageOrigin.RotateRight(bytes.Span, rotation);
        }
        return new NormalizedImage(bytes, changes, read);
    }
}

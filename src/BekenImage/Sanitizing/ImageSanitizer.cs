using BekenImage.Editing;
using BekenImage.Images;
using BekenImage.Sanitizing;

namespace BekenImage;

/// <summary>A stretch that sanitizing changed. Immutable.</summary>
public sealed class SanitizedRange
{
    internal SanitizedRange(string? area, FlashRange range, long changedBytes)
    {
        Area = area;
        Range = range;
        ChangedBytes = changedBytes;
    }

    /// <summary>Name of the area it lies in; null for none.</summary>
    public string? Area { get; }

    /// <summary>From the first changed byte to the last; physical, un-rotated.</summary>
    public FlashRange Range { get; }

    /// <summary>Number of bytes that differ.</summary>
    public long ChangedBytes { get; }

    /// <summary>Where, and how much was changed.</summary>
    public override string ToString() => FormattableString.Invariant($"{Area ?? "elsewhere"} {Range}, {ChangedBytes} bytes changed");
}

/// <summary>An image fit to be shared, and what was changed. Immutable.</summary>
public sealed class SanitizeResult
{
    internal SanitizeResult(byte[] bytes, IReadOnlyList<SanitizedRange> changes, IReadOnlyList<Finding> findings)
    {
        Bytes = bytes;
        Changes = changes;
        Findings = findings;
    }

    /// <summary>The whole image, rotated as it was.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What was changed, in physical order; empty when there was nothing to blank.</summary>
    public IReadOnlyList<SanitizedRange> Changes { get; }

    /// <summary>What could not be done as it should.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}

/// <summary>
/// Blanks Wi-Fi, MQTT and cloud secrets: in fast-connect records, NET_PARAM tables, OpenBeken's configuration and flash variables, Tuya's
/// storage, protected blocks and UF files, files of LittleFS volumes (which are written anew, so that deleted files are gone), LibreTiny's
/// preferences, certificates a vendor left, and wherever else the same secrets lie in plain bytes. Checksums are
/// right afterwards, and every reader finds what it found before. Programs are left alone; so are MAC and calibration.
/// </summary>
public static class ImageSanitizer
{
    /// <summary>Blanks the secrets of an image. Done twice, it changes nothing more.</summary>
    /// <param name="image">The image; of any kind.</param>
    /// <exception cref="ImageGuardException">A secret lies where the bootloader is; nothing was changed.</exception>
    public static SanitizeResult Sanitize(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var remover = new SecretRemover(image);
        byte[] clean = remover.Run();
        return new SanitizeResult(SectorPatch.Rotate(image, clean), Compare(image, clean), remover.Findings);
    }

    private static List<SanitizedRange> Compare(FlashImage image, byte[] clean)
    {
        var before = image.Bytes.Span;
        var changes = new List<SanitizedRange>();
        foreach (var piece in RangeOwners.Resolve(image.Length, image.Partitions))
        {
            long first = -1;
            long last = -1;
            long count = 0;
            for (long at = piece.Range.Start; at < piece.Range.End; at++)
            {
                if (before[(int)at] == clean[at])
                    continue;
                first = first < 0 ? at : first;
                last = at;
                count++;
            }
            if (count > 0)
                changes.Add(new SanitizedRange(piece.Owner?.Name, FlashRange.FromBounds(first, last + 1), count));
        }
        return changes;
    }
}

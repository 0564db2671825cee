using BekenImage.Formats.SecureBoot;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// What tells that a device, or firmware for one, starts under secure boot: its partitions, the manifest of its boot ROM, MCUboot's header in
/// front of a program. Source: Chips/FORMAT.md, section 6.
/// </summary>
internal static class SecureBootSigns
{
    // A manifest lies in front of the loader it signs, and that in the first sectors.
    private const int ManifestSectors = 0x40;

    private static readonly string[] Names = ["bl1_", "bl2", "primary", "secondary", "manifest"];

    /// <summary>Such as <c>it has a partition 'primary_all'</c>; null where there is no such sign.</summary>
    public static string? Of(FlashImage image)
    {
        var signed = image.Partitions.FirstOrDefault(partition => Names.Any(name => partition.Name.StartsWith(name, StringComparison.Ordinal)));
        if (signed is not null)
            return $"it has a partition '{signed.Name}'";
        if (image.Origin.Start == ImageStart.Other && CortexVectors.IsMcuBoot(image.Bytes.Span))
            return "it begins with the header of MCUboot";
        var program = image.Programs.Partitions.FirstOrDefault(partition =>
            partition is { LogicalStart: not null, Storage.Cipher: not null } && CortexVectors.IsMcuBoot(image.Decode(partition).Span));
        if (program is not null)
            return $"the header of MCUboot stands before its '{program.Name}'";
        return image.Origin.IsArmino ? Manifest(image.Bytes.Span) : null;
    }

    private static string? Manifest(ReadOnlySpan<byte> flash)
    {
        for (int at = 0; at < ManifestSectors * FlashGeometry.SectorSize && at < flash.Length; at += FlashGeometry.SectorSize)
        {
            if (Bl1Manifest.TryRead(flash.Slice(at), out _))
                return FormattableString.Invariant($"a manifest of its boot ROM lies at 0x{at:x}");
        }
        return null;
    }
}

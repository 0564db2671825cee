namespace BekenImage.Images;

/// <summary>
/// What of an image is code in use or describes it. The rest of a program's partition may be data: Tuya's T firmware keeps files behind
/// the app, and a large LittleFS begins there.
/// </summary>
internal static class ProgramRanges
{
    /// <summary>The ranges, by ascending start; they may overlap.</summary>
    public static List<FlashRange> Of(FlashImage image)
    {
        var ranges = new List<FlashRange>();
        foreach (var partition in image.Programs.Partitions.Where(partition => partition.IsStriped))
            ranges.Add(ProgramPayload.Find(image, partition).PhysicalRange);
        foreach (var container in image.Containers)
            ranges.Add(FlashRange.FromBounds(container.Offset, container.End));
        foreach (var program in new[] { image.Programs.Bootloader, image.Programs.App })
        {
            if (program is { IsStriped: false })
                ranges.Add(program.Range);
        }
        ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        return ranges;
    }
}

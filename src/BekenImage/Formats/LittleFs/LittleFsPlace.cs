namespace BekenImage.Formats.LittleFs;

/// <summary>Where OpenBeken keeps its volume on a chip: it ends at a fixed address, its start depends on the configured size. Immutable.</summary>
public sealed class LittleFsPlace
{
    /// <summary>The size where none is configured, or an impossible one.</summary>
    public const int DefaultLength = 0x8000;

    /// <summary>The smallest size the firmware uses.</summary>
    public const int MinimumLength = 0x4000;

    /// <summary>Makes a place.</summary>
    /// <param name="end">The byte behind the volume, physical.</param>
    /// <param name="firstStart">The lowest address the firmware lets a volume begin at.</param>
    public LittleFsPlace(long end, long firstStart)
    {
        End = end;
        FirstStart = firstStart;
    }

    /// <summary>The byte behind the volume, physical.</summary>
    public long End { get; }

    /// <summary>The lowest address the firmware lets a volume begin at.</summary>
    public long FirstStart { get; }

    /// <summary>Where a volume of the default size begins.</summary>
    public long DefaultStart => End - DefaultLength;

    /// <summary>The largest size in bytes.</summary>
    public long MaximumLength => End - FirstStart;

    /// <summary>The range the firmware uses for a configured size.</summary>
    /// <param name="configuredLength">LFS_Size of the OpenBeken config, in bytes; 0 where there is none. It is rounded down to 4096; below
    /// 0x4000 or above <see cref="MaximumLength"/> the firmware takes the default.</param>
    public FlashRange RangeFor(long configuredLength)
    {
        long length = configuredLength / FlashGeometry.SectorSize * FlashGeometry.SectorSize;
        if (length < MinimumLength || length > MaximumLength)
            length = DefaultLength;
        return new FlashRange(End - length, length);
    }

    /// <summary>Of the volumes found in an image the one the firmware mounts.</summary>
    /// <param name="volumes">The volumes.</param>
    /// <param name="configuredLength">LFS_Size of the OpenBeken config, or null where it is not known.</param>
    /// <returns>
    /// The one that begins where the configured size puts it; else, where the size is not known, the one that ends at
    /// <see cref="End"/> and is the smallest, since a larger one around it is older; else null.
    /// </returns>
    public LittleFsVolume? Choose(IEnumerable<LittleFsVolume> volumes, long? configuredLength)
    {
        if (volumes is null)
            throw new ArgumentNullException(nameof(volumes));
        if (configuredLength is { } length)
            return volumes.FirstOrDefault(volume => volume.Offset == RangeFor(length).Start);
        return volumes.Where(volume => volume.Range.End == End).OrderBy(volume => volume.Length).FirstOrDefault();
    }
}

namespace BekenImage.Formats.LittleFs;

/// <summary>Where OpenBeken keeps its volume on a chip: it ends at a fixed address, its start depends on the configured size. Immutable.</summary>
public sealed class LittleFsPlace
{
    /// <summary>The size where none is configured, or an impossible one.</summary>
    public const int DefaultLength = 0x8000;

    /// <summary>The smallest size the firmware uses.</summary>
    public const int MinimumLength = 0x4000;

    private static readonly LittleFsPlace BK7231N = new(end: 0x1D0000, firstStart: 0x12B000);
    private static readonly LittleFsPlace BK7231T = new(end: 0x1B3000, firstStart: 0x133000);
    private static readonly LittleFsPlace Others = new(end: 0x1AB000, firstStart: 0x12B000);

    private LittleFsPlace(long end, long firstStart)
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

    /// <summary>The place on a chip, as OpenBeken has it since 21 April 2023 (older BK7231N builds used the one of BK7231T).</summary>
    /// <param name="chip">The chip. BK7231M and BL2028N run the firmware of BK7231N.</param>
    /// <returns>The place, or null for a chip OpenBeken has no volume on.</returns>
    public static LittleFsPlace? For(BekenChip chip) => chip switch
    {
        BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N => BK7231N,
        BekenChip.BK7231T => BK7231T,
        BekenChip.BK7231U or BekenChip.BK7238 or BekenChip.BK7252 or BekenChip.BK7252N => Others,
        _ => null,
    };

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

    internal static bool IsKnownEnd(long address) => address == BK7231N.End || address == BK7231T.End || address == Others.End;
}

namespace BekenImage.Chips;

/// <summary>The two partitions a bootloader's table tells, as physical ranges; the app always begins at 0x11000.</summary>
internal sealed class ProgramTable(long appEnd, long download, long downloadLength)
{
    /// <summary>The striped app, its header included.</summary>
    public FlashRange App { get; } = FlashRange.FromBounds(FlashGeometry.AppOffset, appEnd);

    /// <summary>Where update packages are staged, raw.</summary>
    public FlashRange Download { get; } = new(download, downloadLength);
}

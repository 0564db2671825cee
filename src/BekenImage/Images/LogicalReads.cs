using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>
/// Reads without page CRCs, as a shell's <c>fal read</c> and tools that strip them give: the slot of a program, or the flash from logical 0
/// on. As in flash, what closes a slot is the RBL header at its end; offsets count as the CPU does.
/// </summary>
internal static class LogicalReads
{
    // What a slot holds behind its program, at least: fewer 0xFF may be the program's own.
    private const int ErasedTail = 0x200;

    /// <summary>Logical lengths of the app's partition in the two known layouts: Tuya, and Beken SDK.</summary>
    private static readonly long[] KnownAppLengths = [0x108700, 0x110000];

    /// <summary>Where the header of a slot of that length stands.</summary>
    public static long HeaderOffset(long length) => length - RblHeader.Size;

    /// <summary>True when a program lies in a slot, so that it ends before its partition does. A file of a program alone is one from end to end.</summary>
    /// <param name="image">The image.</param>
    /// <param name="program">A program of it.</param>
    public static bool IsSlot(FlashImage image, Partition program) =>
        program is { IsStriped: false, LogicalStart: not null } &&
        (program.Length < image.Length || ProgramPayload.Find(image, program).Length < program.Length);

    /// <summary>
    /// How long the slot of an app is: where a header closes it, which at the end of a known slot may be damaged; else by the table.
    /// </summary>
    /// <param name="app">From the app's first byte on.</param>
    /// <param name="fal">The bootloader's table; null where there is none.</param>
    public static long AppLength(ReadOnlySpan<byte> app, FalTable? fal)
    {
        long? byTable = fal?.Find(PartitionNames.App) is { IsStriped: true, Offset: FlashGeometry.AppLogicalAddress } entry ? entry.Length : null;
        foreach (long length in byTable is { } told ? [told, .. KnownAppLengths] : KnownAppLengths)
        {
            if (length > RblHeader.Size && length <= app.Length && app.Slice((int)HeaderOffset(length)).StartsWith(RblHeader.Magic))
                return length;
        }
        foreach (var hit in ContainerScanner.Find(app, []))
        {
            if (!hit.IsStriped && Covers(hit.Header, hit.Offset) && RblChecks.PayloadHashOk(hit.Header, app))
                return hit.Offset + RblHeader.Size;
        }
        return Math.Min(byTable ?? app.Length, app.Length);
    }

    /// <summary>Where the header of an app lies in flash, or comes to lie when the file is written there.</summary>
    public static long PlaceOf(FlashImage image, RblContainer header) =>
        header.IsStriped || image.Programs.App is not { LogicalStart: { } start } app
            ? image.PhysicalBase + header.Offset
            : new LogicalAddress(start.Value + header.Offset - app.Offset).ToPhysical().Value;

    /// <summary>True when what a header describes lies before it, in a slot that begins so many bytes before it.</summary>
    public static bool Covers(RblHeader header, long distance) => header.RawSize > 0 && header.RawSize <= distance;

    /// <summary>How much of a slot without a header that fits is in use: all but what is erased at its end.</summary>
    public static long MeasureUsed(ReadOnlySpan<byte> slot)
    {
        // A header that is damaged is still no code.
        long end = slot.Length;
        if (end > RblHeader.Size && slot.Slice((int)HeaderOffset(end)).StartsWith(RblHeader.Magic))
            end = HeaderOffset(end);
        long used = end;
        while (used > 0 && slot[(int)used - 1] == 0xFF)
            used--;
        // What a packager is given ends on a multiple of 16.
        used = Math.Min((used + 15) / 16 * 16, end);
        return end - used >= ErasedTail || end < slot.Length ? used : end;
    }

    /// <summary>
    /// True when a read ends in the middle of the app: the table has its partition reach further, and neither a header nor erased flash is
    /// behind the code.
    /// </summary>
    public static bool EndsInside(ReadOnlyMemory<byte> image, IEnumerable<RblContainer> containers, FalTable? fal, Partition app) =>
        fal?.Find(PartitionNames.App) is { IsStriped: true } entry && entry.Length > app.Length && app.Range.End == image.Length &&
        !ByteRuns.IsErased(FlashRange.FromBounds(Math.Max(app.Offset, app.Range.End - FlashPages.DataSize), app.Range.End).Of(image).Span) &&
        ProgramPayload.Find(image, containers, app).Container is null;
}

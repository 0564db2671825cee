using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>
/// A read that ended before its chip did. Told by what is there: a file that ends inside its app, or that holds what only a device holds and
/// is no chip long. A QIO ends where its builder stopped: behind its app, or behind the table or configuration that was put in.
/// </summary>
internal sealed class CutRead
{
    private CutRead(long length, long chip, long? missingFrom, string evidence)
    {
        Length = length;
        ChipLength = chip;
        AppEnd = missingFrom;
        Evidence = evidence;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>How many the chip has: by its partition table and its data, and no less than any supported chip has.</summary>
    public long ChipLength { get; }

    /// <summary>Where the partition of an app ends of which code is missing; null where none is.</summary>
    public long? AppEnd { get; }

    /// <summary>What shows it.</summary>
    public string Evidence { get; }

    /// <summary>Both lengths, and what shows it.</summary>
    public string Message => FormattableString.Invariant(
        $"a dump cut short: 0x{Length:x} of the chip's 0x{ChipLength:x} bytes are there, 0x{ChipLength - Length:x} are missing; {Evidence}");

    /// <summary>How an image was cut, or null.</summary>
    public static CutRead? Find(ImageContent image)
    {
        bool isFlash = image.Origin.Start == ImageStart.Bootloader ||
                       image.Origin.Start == ImageStart.Other && image.Programs.App is { Offset: FlashGeometry.AppOffset };
        // A package ends behind its last part.
        if (!isFlash || image.Origin.Package is not null || image.Programs.App is not { Pages.Valid: > 0 } app || image.IsWholeChip ||
            OverlongRead.Find(image.Bytes.Span) is not null)
            return null;
        long length = image.Bytes.Length;
        bool endsInside = image.Origin.IsArmino ? EndsInPage(image.Bytes) : EndsInside(image.Bytes, () => image.Containers, image.Programs.Fal, app);
        if (endsInside)
        {
            long end = image.Programs.Fal?.Find(PartitionNames.App)?.PhysicalRange.End ?? length;
            return new CutRead(length, ChipLengthOf(image), Math.Max(end, length), "it ends inside its app");
        }
        return app.Range.End < length && DeviceData(image, app) is { } data ? new CutRead(length, ChipLengthOf(image), null, $"it holds {data} of a device") : null;
    }

    /// <summary>
    /// True when bytes end in the middle of an app. Where a header describes it, it is whole; without one only the file tells where the app
    /// ends: at a page's end, and where its table has it end or behind erased pages.
    /// </summary>
    /// <param name="image">The un-rotated image.</param>
    /// <param name="containers">Its RBL headers; asked for only where they decide.</param>
    /// <param name="fal">Its partition table.</param>
    /// <param name="app">The app.</param>
    public static bool EndsInside(ReadOnlyMemory<byte> image, Func<IReadOnlyList<RblContainer>> containers, FalTable? fal, Partition app)
    {
        long end = app.Range.End;
        if (end < image.Length)
            return false;
        long partial = app.Length % FlashPages.PageSize;
        bool isShort = fal?.Find(PartitionNames.App)?.PhysicalRange.End > end;
        if (partial == 0 && !isShort)
            return false;
        var last = FlashRange.FromBounds(Math.Max(app.Offset, end - partial - FlashPages.PageSize), end);
        return !ByteRuns.IsErased(last.Of(image).Span) && ProgramPayload.Find(image, containers(), app).Container is null;
    }

    /// <summary>
    /// True when a file ends in the middle of a page. An Armino image ends where its last program does, and nothing says how long that is:
    /// whole pages are all there is to see.
    /// </summary>
    public static bool EndsInPage(ReadOnlyMemory<byte> bytes)
    {
        var image = bytes.Span;
        int partial = image.Length % FlashPages.PageSize;
        return partial != 0 && image.Length > FlashPages.PageSize + partial && !ByteRuns.IsErased(image.Slice(image.Length - partial)) &&
               FlashPages.Check(image.Slice(image.Length - partial - FlashPages.PageSize, FlashPages.PageSize)).Valid == 1;
    }

    // What a builder of images puts behind an app: a table, a configuration, files. What is more is a device's, and so is a table or
    // configuration that the file does not end behind.
    private static string? DeviceData(ImageContent image, Partition app)
    {
        var sectors = image.Sectors;
        if (!image.Tuya.Contents.IsEmpty)
            return "Tuya's data";
        if (sectors.NetParams.Count > 0 || sectors.FastConnects.Count > 0)
            return "network parameters";
        if (image.FlashVars.HoldsVariables)
            return "flash variables";
        if (sectors.RfTables.Count == 0)
            return null;
        var put = sectors.RfTables.Select(table => new FlashRange(table.Offset, FlashGeometry.SectorSize))
            .Concat(sectors.ObkConfigs.Select(config => new FlashRange(config.Offset, FlashGeometry.SectorSize)))
            .Concat(image.LittleFs.Volume is { } volume ? [volume.Range] : []).ToArray();
        bool endsBehind = put.Max(range => range.End) == image.Bytes.Length;
        return endsBehind && IsErasedBetween(image.Bytes, app.Range.End, put) ? null : "calibration";
    }

    private static bool IsErasedBetween(ReadOnlyMemory<byte> image, long from, IEnumerable<FlashRange> put)
    {
        foreach (var range in put.OrderBy(range => range.Start))
        {
            if (range.Start > from && !ByteRuns.IsErased(FlashRange.FromBounds(from, range.Start).Of(image).Span))
                return false;
            from = Math.Max(from, range.End);
        }
        return true;
    }

    private static long ChipLengthOf(ImageContent image)
    {
        long needed = image.Bytes.Length;
        foreach (var entry in image.Programs.Fal?.InForce ?? [])
            needed = Math.Max(needed, Math.Min(entry.PhysicalRange.End, FlashGeometry.MaximumImageLength));
        if (image.Tuya.Contents.Storage is { } storage)
            needed = Math.Max(needed, storage.Offset + storage.Length);
        if (image.LittleFs.Volume is { } volume)
            needed = Math.Max(needed, volume.Range.End);
        long chip = ImageOrigin.SmallestWholeChip;
        while (chip < needed)
            chip *= 2;
        return chip;
    }
}

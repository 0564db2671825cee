using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>What the table of a collection says of an image.</summary>
internal sealed class CollectionRow
{
    private CollectionRow(ReportModel model)
    {
        Title = model.Title;
        Summary = model.Summary;
        Verdict = model.Verdict;
        Fingerprint = model.Fingerprint;
        Length = model.Length;
        Regions = [.. model.Regions.Select(region => (region.Region.Length, region.Class, region.Region.IsErased, region.Name))];
    }

    public string Title { get; }

    public ImageSummary Summary { get; }

    public Verdict Verdict { get; }

    public ProgramFingerprint Fingerprint { get; }

    public long Length { get; }

    /// <summary>The map, for a small drawing.</summary>
    public IReadOnlyList<(long Length, RegionClass Class, bool IsErased, string Name)> Regions { get; }

    public string? Module => Summary.Module is { } module ? WifiModule.Spelled(module) : null;

    public string Firmware => Summary.Flavor == FirmwareFlavor.Unknown ? "unknown" : $"{DocumentWords.Of(Summary.Flavor)} {Summary.AppVersion}".TrimEnd();

    public static CollectionRow Of(ReportModel model) => new(model);
}

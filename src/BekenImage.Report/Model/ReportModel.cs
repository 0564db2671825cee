using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>
/// Everything a report says about an image, as texts: masked before any builder sees it. HTML, collection and Markdown are made of this
/// and of nothing else.
/// </summary>
internal sealed class ReportModel
{
    private ReportModel(FlashImage file, string name, ReportOptions options)
    {
        // What an archive is, is what is in it.
        var image = file is { IsArchive: true, Contained: { } inside } ? inside : file;
        Name = name;
        Title = options.Title ?? NameOnly(name);
        var summary = ImageSummary.Of(image);
        Summary = summary;
        Boot = options.RunBootloader ? BootSections.Run(image, options.BootSteps) : null;
        var verify = Boot is null ? ImageVerifier.Verify(image) : BootVerifier.Verify(image, Boot);
        Findings = image == file ? file.Findings : [.. file.Findings, .. image.Findings];
        Verdict = Verdict.Of(image, verify, Findings);
        Facts = ImageFacts.Of(file, image, summary);
        Map = FlashMap.Of(image);
        Regions = RegionRow.Of(Map, image);
        Fingerprint = ProgramFingerprint.Of(image);
        Sections = SectionList.Of(file, image, verify, Boot, Findings, options.ShowSecrets);
        Template = PinTemplate.Of(image, summary, options.ShowSecrets);
        Macs = MacMask.Of(image);
        Json = ImageDocuments.Inspect(file, name, options.ShowSecrets, indented: false);
        Length = image.Length;
        PhysicalBase = image.PhysicalBase;
        IsLogical = image.Stored == StoredForm.Logical;
        Sha256 = file.Sha256;
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name { get; }

    public string Title { get; }

    public Verdict Verdict { get; }

    public ImageSummary Summary { get; }

    public IReadOnlyList<Fact> Facts { get; }

    public FlashMap Map { get; }

    public IReadOnlyList<RegionRow> Regions { get; }

    public ProgramFingerprint Fingerprint { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public IReadOnlyList<Section> Sections { get; }

    /// <summary>What its own bootloader did; null where it was not to be run, or there is none that can be.</summary>
    public BootReport? Boot { get; }

    /// <summary>Pins as OpenBeken's template, on one line; null where the image says nothing of pins.</summary>
    public string? Template { get; }

    public MacMask Macs { get; }

    /// <summary>The document of <c>inspect</c>, on one line.</summary>
    public string Json { get; }

    public long Length { get; }

    public long PhysicalBase { get; }

    public bool IsLogical { get; }

    public string Sha256 { get; }

    public static ReportModel Of(FlashImage image, string file, ReportOptions options) => new(image, file, options);

    /// <summary>A path's last part, whichever system wrote it.</summary>
    public static string NameOnly(string path)
    {
        int slash = path.LastIndexOfAny(['/', '\\']);
        return slash < 0 || slash == path.Length - 1 ? path : path.Substring(slash + 1);
    }
}

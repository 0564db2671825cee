using BekenImage.Report.Model;

namespace BekenImage.Report;

/// <summary>What a caller wants of a report. The same image and options give the same text: there is no clock and no culture in it.</summary>
public sealed class ReportOptions
{
    /// <summary>The heading; null for the file's name.</summary>
    public string? Title { get; set; }

    /// <summary>True to show passwords, keys and tokens, and in Markdown the whole MAC.</summary>
    public bool ShowSecrets { get; set; }

    /// <summary>
    /// True to run the image's own bootloader and show what it printed, and what came of it. Of an image in a collection it gets
    /// a hundred million instructions, seconds; an update that takes longer is not waited for.
    /// </summary>
    public bool RunBootloader { get; set; }

    /// <summary>Version of the tool that makes the report, such as <c>0.1.0</c>; null to leave it out.</summary>
    public string? ToolVersion { get; set; }

    /// <summary>The same for one image of several, which goes by its file.</summary>
    public ReportOptions ForOneOfMany() =>
        new()
        {
            ShowSecrets = ShowSecrets,
            ToolVersion = ToolVersion,
            RunBootloader = RunBootloader,
            BootSteps = BootSections.StepsInCollection,
        };

    /// <summary>How many instructions that run may take; null for enough.</summary>
    internal long? BootSteps { get; set; }

    internal static ReportOptions OrDefault(ReportOptions? options) => options ?? new ReportOptions();
}

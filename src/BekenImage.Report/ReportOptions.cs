namespace BekenImage.Report;

/// <summary>What a caller wants of a report. The same image and options give the same text: there is no clock and no culture in it.</summary>
public sealed class ReportOptions
{
    /// <summary>The heading; null for the file's name.</summary>
    public string? Title { get; set; }

    /// <summary>True to show passwords, keys and tokens, and in Markdown the whole MAC.</summary>
    public bool ShowSecrets { get; set; }

    /// <summary>Version of the tool that makes the report, such as <c>0.1.0</c>; null to leave it out.</summary>
    public string? ToolVersion { get; set; }

    internal static ReportOptions OrDefault(ReportOptions? options) => options ?? new ReportOptions();
}

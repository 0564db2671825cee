using BekenImage.Report.Html;
using BekenImage.Report.Markdown;
using BekenImage.Report.Model;

namespace BekenImage.Report;

/// <summary>
/// Reports about images: a self-contained HTML page, a page for many images, Markdown for a forum. Text from an image is text in each of
/// them, whatever it looks like; nothing is loaded from elsewhere.
/// </summary>
public static class ImageReport
{
    /// <summary>The page about an image. Readable without script; with it, the map can be explored.</summary>
    /// <param name="image">The image; of an archive, the one image in it is shown.</param>
    /// <param name="file">The name it goes by: a text, not opened.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    public static string Html(FlashImage image, string file, ReportOptions? options = null)
    {
        var wanted = ReportOptions.OrDefault(options);
        return ImagePage.Render(ReportModel.Of(NotNull(image, nameof(image)), NotNull(file, nameof(file)), wanted), wanted);
    }

    /// <summary>The page about many images: a row and a small map for each, who shares a program with whom, and each one's own page.</summary>
    /// <param name="entries">The images; each is asked for once, in order.</param>
    /// <param name="options">What is wanted; null for the defaults. Whether secrets are shown was decided with each entry.</param>
    public static string Collection(IEnumerable<CollectionEntry> entries, ReportOptions? options = null) =>
        CollectionPage.Render(NotNull(entries, nameof(entries)).ToArray(), ReportOptions.OrDefault(options));

    /// <summary>The same in under 40 lines of Markdown: facts, map, pins as a template, findings, verdict. Without secrets and whole MACs unless they are wanted.</summary>
    /// <param name="image">The image; of an archive, the one image in it is shown.</param>
    /// <param name="file">The name it goes by: a text, not opened.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    public static string Markdown(FlashImage image, string file, ReportOptions? options = null)
    {
        var wanted = ReportOptions.OrDefault(options);
        return MarkdownReport.Render(ReportModel.Of(NotNull(image, nameof(image)), NotNull(file, nameof(file)), wanted), wanted);
    }

    /// <summary>
    /// True for a report that this class made, page or Markdown: a folder of images is where people put them, and none of them is an image.
    /// </summary>
    /// <param name="file">The file's bytes.</param>
    public static bool IsReport(ReadOnlyMemory<byte> file) => PageShell.IsPage(file.Span) || MarkdownReport.IsReport(file.Span);

    private static T NotNull<T>(T value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}

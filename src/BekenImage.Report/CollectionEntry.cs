using BekenImage.Documents;
using BekenImage.Report.Html;
using BekenImage.Report.Model;

namespace BekenImage.Report;

/// <summary>
/// An image of a collection, or a file that could not be read. It holds texts, not the image, so that many take little memory; entries may be
/// made on several threads. Immutable.
/// </summary>
public sealed class CollectionEntry
{
    private CollectionEntry(string file, string? problem)
    {
        File = file;
        Problem = problem;
    }

    /// <summary>The name the file goes by.</summary>
    public string File { get; }

    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Problem { get; }

    internal CollectionRow? Row { get; private init; }

    /// <summary>The image's sections as HTML, and its document as JSON.</summary>
    internal string Sections { get; private init; } = string.Empty;

    internal string Json { get; private init; } = string.Empty;

    /// <summary>Makes the entry of an image.</summary>
    /// <param name="image">The image. It is not kept.</param>
    /// <param name="file">The name it goes by.</param>
    /// <param name="options">Whether secrets are shown; null for the defaults.</param>
    public static CollectionEntry Of(FlashImage image, string file, ReportOptions? options = null)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        var wanted = ReportOptions.OrDefault(options);
        // The title is the collection's; each image goes by its file.
        var model = ReportModel.Of(image, file, wanted.ForOneOfMany());
        return new CollectionEntry(file, null)
        {
            Row = CollectionRow.Of(model),
            Sections = ImagePage.RenderSections(model),
            Json = model.Json,
        };
    }

    /// <summary>Makes the entry of a file that could not be read.</summary>
    /// <param name="file">The name it goes by.</param>
    /// <param name="problem">What is wrong.</param>
    public static CollectionEntry Unreadable(string file, BekenImageException problem)
    {
        if (problem is null)
            throw new ArgumentNullException(nameof(problem));
        return new CollectionEntry(file ?? throw new ArgumentNullException(nameof(file)), problem.Message)
        {
            Json = ImageDocuments.Error("inspect", file, problem, indented: false),
        };
    }
}

using BekenImage.Documents.Outputs;

namespace BekenImage.Documents;

/// <content>What a device's own bootloader does.</content>
public static partial class ImageDocuments
{
    /// <summary>The document of <c>boot</c>: what the bootloader printed, whether it takes the app, where it jumped.</summary>
    /// <param name="report">The answer of <see cref="ImageBooter"/>.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="expect">A text that was asked for; null where none was.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Boot(BootReport report, string file, string? expect = null, bool indented = true) =>
        BootDocument.Render(NotNull(report, nameof(report)), file, expect, indented);
}

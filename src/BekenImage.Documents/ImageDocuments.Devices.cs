using BekenImage.Documents.Outputs;

namespace BekenImage.Documents;

/// <content>What a device's firmware stored: OpenBeken's configuration and Tuya's values.</content>
public static partial class ImageDocuments
{
    /// <summary>The document of <c>obk show</c>, which <see cref="InputDocuments.ParseObkConfig(string)"/> takes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have passwords masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no configuration in it (<see cref="FindingCode.ObkNotAConfig"/>).</exception>
    public static string ObkConfig(FlashImage image, string file, bool showSecrets = false, bool indented = true) =>
        ObkDocument.Render(NotNull(image, nameof(image)), file, showSecrets, indented);

    /// <summary>The document of <c>obk show --template --json</c>; <see cref="DeviceTemplates"/> gives the template alone.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have commands that carry passwords left out.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no configuration in it (<see cref="FindingCode.ObkNotAConfig"/>).</exception>
    public static string ObkTemplate(FlashImage image, string file, bool showSecrets = false, bool indented = true) =>
        ObkDocument.RenderTemplate(NotNull(image, nameof(image)), file, showSecrets, indented);

    /// <summary>The document of <c>tuya show</c>: values, files, and what the pins mean.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have secrets masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is nothing of Tuya's in it (<see cref="FindingCode.TuyaNothingToWrite"/>).</exception>
    public static string Tuya(FlashImage image, string file, bool showSecrets = false, bool indented = true) =>
        TuyaDocument.Render(NotNull(image, nameof(image)), file, showSecrets, indented);

    /// <summary>The document of <c>tuya show --as-obk --json</c>; <see cref="DeviceTemplates"/> gives the template alone.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is nothing of Tuya's in it (<see cref="FindingCode.TuyaNothingToWrite"/>).</exception>
    public static string TuyaAsObk(FlashImage image, string file, bool indented = true) =>
        TuyaDocument.RenderTemplate(NotNull(image, nameof(image)), file, indented);

    /// <summary>
    /// The document that <c>extract IMAGE tuya</c> writes, which <see cref="InputDocuments.ParseTuyaValues(string)"/> takes.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">The command shows them, since the document is an input; false to have them masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no storage in it that can be deciphered.</exception>
    public static string TuyaValues(FlashImage image, string file, bool showSecrets = false, bool indented = true) =>
        TuyaDocument.RenderValues(NotNull(image, nameof(image)), file, showSecrets, indented);
}

using BekenImage.Documents.Outputs;
using BekenImage.Formats.Tuya;

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

    /// <summary>The document of <c>tuya show</c> for a file in JSON: its values, and what the pins mean.</summary>
    /// <param name="description">What the file says.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have secrets masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string TuyaDescription(TuyaDescription description, string file, bool showSecrets = false, bool indented = true) =>
        TuyaDocument.Render(NotNull(description, nameof(description)), file, showSecrets, indented);

    /// <summary>The document of <c>tuya show --as-obk --json</c> for a file in JSON.</summary>
    /// <param name="description">What the file says.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string TuyaDescriptionAsObk(TuyaDescription description, string file, bool indented = true) =>
        TuyaDocument.RenderTemplate(TuyaTemplate.FromDescription(NotNull(description, nameof(description))), file, description.Findings, indented);

    /// <summary>The document of <c>tuya list</c>: the names of Tuya's values and where they lie.</summary>
    /// <param name="entries">What <see cref="TuyaCatalog"/> found.</param>
    /// <param name="file">The name the image goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string TuyaCatalogue(IReadOnlyList<TuyaCatalogEntry> entries, string file, bool indented = true) =>
        TuyaDocument.RenderCatalogue(NotNull(entries, nameof(entries)), file, indented);

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

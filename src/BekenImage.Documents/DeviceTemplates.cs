using BekenImage.Documents.Outputs;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;

namespace BekenImage.Documents;

/// <summary>OpenBeken's device templates as people exchange them: the JSON object alone, without schema and verb.</summary>
public static class DeviceTemplates
{
    /// <summary>The wiring of a Tuya device as a template: what <c>tuya show --as-obk</c> prints.</summary>
    /// <param name="image">A dump of the device.</param>
    /// <exception cref="BekenImageException">There is nothing of Tuya's in it (<see cref="FindingCode.TuyaNothingToWrite"/>).</exception>
    public static string FromTuya(FlashImage image) => ToJson(TuyaTemplate.Create(image).Template);

    /// <summary>The wiring of a Tuya device that a file in JSON describes, as a template.</summary>
    /// <param name="description">What the file says.</param>
    public static string FromTuyaDescription(TuyaDescription description) => ToJson(TuyaTemplate.FromDescription(description).Template);

    /// <summary>The template of the configuration in an image: what <c>obk show --template</c> prints.</summary>
    /// <param name="image">The image.</param>
    /// <param name="showSecrets">False to have commands that carry passwords left out.</param>
    /// <exception cref="BekenImageException">There is no configuration in it (<see cref="FindingCode.ObkNotAConfig"/>).</exception>
    public static string FromConfig(FlashImage image, bool showSecrets = false) =>
        ToJson(ObkDocument.TemplateOf(image ?? throw new ArgumentNullException(nameof(image)), showSecrets));

    /// <summary>A template as JSON, every member in its order.</summary>
    /// <param name="template">The template.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string ToJson(ObkDeviceTemplate template, bool indented = true)
    {
        if (template is null)
            throw new ArgumentNullException(nameof(template));
        return Document.WriteObject(indented, json => ObkDocument.WriteTemplate(json, template));
    }
}

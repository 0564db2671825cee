using BekenImage.Documents;
using BekenImage.Formats.Obk;

namespace BekenImage.Report.Model;

/// <summary>The pins of a device as OpenBeken's template: what one pastes into its web page.</summary>
internal static class PinTemplate
{
    public static string? Of(FlashImage image, ImageSummary summary, bool showSecrets)
    {
        if (image.ObkConfig is { ChecksumOk: true } config && config.Pins.Any(pin => !pin.IsUnused))
            return DeviceTemplates.ToJson(ObkDeviceTemplate.FromConfig(config, DocumentWords.Of(image.Chip) ?? string.Empty, summary.Module ?? string.Empty, showSecrets), indented: false);
        if (image.UserParameters.Count == 0)
            return null;
        var template = TuyaTemplate.Create(image).Template;
        return template.Pins.Count == 0 && template.Command.Length == 0 ? null : DeviceTemplates.ToJson(template, indented: false);
    }
}

using BekenImage.Documents.Json;
using BekenImage.Formats.Obk;

namespace BekenImage.Documents.Outputs;

/// <summary>OpenBeken's configuration and device templates: <c>obk show</c>, with and without <c>--template</c>.</summary>
internal static class ObkDocument
{
    public static string Render(FlashImage image, string file, bool showSecrets, bool indented) =>
        Render(image, file, indented, (json, config) => WriteConfig(json, config, showSecrets));

    public static string RenderTemplate(FlashImage image, string file, bool showSecrets, bool indented) =>
        Render(image, file, indented, (json, _) => WriteTemplate(json, TemplateOf(image, showSecrets)));

    public static ObkDeviceTemplate TemplateOf(FlashImage image, bool showSecrets) =>
        ObkDeviceTemplate.FromConfig(Config(image), DocumentWords.Of(image.Chip) ?? string.Empty, string.Empty, showSecrets);

    public static void WriteConfig(JsonWriter json, ObkConfig config, bool showSecrets)
    {
        const string startupCommand = "startupCommand";
        json.Number("offset", config.Offset);
        json.Number("version", config.Version);
        json.Boolean("crcOk", config.ChecksumOk);
        var fields = config.ToFields(showSecrets);
        // The start-up command first, where a reader looks for it; the others in stored order.
        json.Plain(startupCommand, fields.First(field => field.Name == startupCommand).Value);
        foreach (var field in fields.Where(field => field.Name is not ("version" or startupCommand)))
            json.Plain(field.Name, field.Value);
    }

    public static void WriteTemplate(JsonWriter json, ObkDeviceTemplate template)
    {
        foreach (var member in template.ToMembers())
            json.Plain(member.Name, member.Value);
    }

    private static string Render(FlashImage image, string file, bool indented, Action<JsonWriter, ObkConfig> write)
    {
        var config = Config(image);
        return Document.Write("obk show", indented, json =>
        {
            json.Text("file", file);
            write(json, config);
            Document.WriteFindings(json, image, FindingArea.ObkConfig);
        });
    }

    private static ObkConfig Config(FlashImage image) =>
        image.ObkConfig ?? throw new BekenImageException(FindingCode.ObkNotAConfig, "there is no OpenBeken configuration in it");
}

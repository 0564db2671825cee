using BekenImage.Formats.Obk;

namespace BekenImage.Sanitizing;

/// <summary>The texts of a configuration that are secret.</summary>
internal static class ObkSecretTexts
{
    /// <summary>What the firmware sets by itself is no secret, and too common to look for.</summary>
    private static readonly HashSet<string> Defaults = new(StringComparer.Ordinal) { "homeassistant", "qqqqqqqqqq" };

    public static IEnumerable<string> Of(ObkConfig config) => ObkFields.All
        .Where(field => field.IsPrivate && field.ExistsIn(config.Length))
        .Select(field => config[field.Name])
        .OfType<string>()
        .Where(text => !Defaults.Contains(text));
}

using System.Text.Json;
using System.Text.Json.Serialization;
using BekenImage;

namespace DumpFacts;

/// <summary>What is known of a dump. Everything is written down: a fact that is left out is a mistake, and so is one that is mistyped.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DumpFact(
    ImageKind Kind, BekenChip Chip, FirmwareFlavor Flavor, string Key, string? Mac, string? CalibrationAt, bool Boots, bool? Backup, IReadOnlyList<string> Findings)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true, Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>By the name of the file, from facts.json beside this program.</summary>
    public static IReadOnlyDictionary<string, DumpFact> All { get; } = JsonSerializer.Deserialize<Dictionary<string, DumpFact>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "facts.json")), Options)!;
}

using System.Text.Json;

namespace BekenImage.Cli.Output;

/// <summary>The document of <c>combine --json</c>.</summary>
internal static class CombineJson
{
    public static string Render(
        string output, byte[] image, CombinePlan plan, VerifyResult? verify, LintResult? lint, FlashImage factory, FlashImage firmware, CombineOptions options) =>
        Json.Document("combine", indented: true, json =>
        {
            json.WriteString("mode", plan.Mode.ToString().ToLowerInvariant());
            json.WriteString("output", output);
            json.WriteNumber("length", image.Length);
            json.WriteString("sha256", ImageHash.Of(image));
            json.WriteNumber("flashAt", plan.Output.Start);
            json.WriteArray("inputs", [(options.FactoryName, factory.Sha256), (options.FirmwareName, firmware.Sha256)], input =>
            {
                json.WriteString("file", input.Item1);
                json.WriteString("sha256", input.Item2);
            });
            json.WriteArray("regions", plan.Regions, region => WriteRegion(json, region));
            if (verify is null)
            {
                json.WriteNull("verify");
            }
            else
            {
                json.WriteStartObject("verify");
                VerifyJson.WriteResult(json, verify);
                json.WriteEndObject();
            }
            if (lint is null)
            {
                json.WriteNull("lint");
            }
            else
            {
                json.WriteStartObject("lint");
                VerifyJson.WriteLint(json, lint);
                json.WriteEndObject();
            }
            json.WriteFindings(plan.Findings);
        });

    private static void WriteRegion(Utf8JsonWriter json, ImageRegion region)
    {
        json.WriteString("name", region.Name);
        json.WriteNumber("offset", region.Offset);
        json.WriteNumber("length", region.Length);
        json.WriteString("origin", region.Origin.ToString().ToLowerInvariant());
        json.WriteString("fromFile", region.FromFile);
        json.WriteNullable("from", region.From);
        json.WriteString("reason", region.Reason);
    }
}

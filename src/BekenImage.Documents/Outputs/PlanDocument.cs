using System.Globalization;
using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The document of <c>plan</c>.</summary>
internal static class PlanDocument
{
    public static string Render(FlashPlan plan, string current, string target, FlashPlanFiles? files, bool indented) => Document.Write("plan", indented, json =>
    {
        bool areWritten = files?.Folder is not null;
        json.Text("current", current);
        json.Text("target", target);
        json.Number("flashSize", plan.FlashSize);
        json.Number("sectorSize", plan.SectorSize);
        json.Text("before", DocumentWords.Of(plan.Before));
        json.Array("steps", plan.Steps.Select((step, index) => (step, areWritten ? files!.StepFiles[index] : null)), pair => Write(json, pair.step, pair.Item2));
        json.Array("kept", plan.Kept, kept => Write(json, kept));
        json.Text("sha256", Document.Sha256(plan.Result));
        json.Array("files", areWritten ? files!.Contents : [], file =>
        {
            json.Text("name", file.Key);
            json.Text("sha256", Document.Sha256(file.Value));
        });
        if (files?.Commands is { } commands)
        {
            json.StartObject("commands");
            json.Text("tool", commands.Tool);
            Document.WriteTexts(json, "lines", commands.Lines);
            json.Text("note", commands.Note);
            json.EndObject();
        }
        else
            json.Null("commands");
        Document.WriteFindings(json, plan.Findings);
    });

    private static void Write(JsonWriter json, FlashStep step, string? file)
    {
        json.Text("action", DocumentWords.Of(step.Action));
        json.Number("offset", step.Offset);
        json.Number("length", step.Length);
        json.Text("crc32", step.Crc32.ToString("x8", CultureInfo.InvariantCulture));
        json.Text("file", file);
        json.Number("sourceOffset", step.SourceOffset);
        Document.WriteTexts(json, "areas", step.Areas);
        json.Text("reason", step.Reason);
        json.Text("ifStopped", DocumentWords.Of(step.IfStopped));
        json.Text("whileRunning", DocumentWords.Of(step.WhileRunning));
    }

    private static void Write(JsonWriter json, KeptRange kept)
    {
        json.Number("offset", kept.Range.Start);
        json.Number("length", kept.Range.Length);
        Document.WriteTexts(json, "areas", kept.Areas);
    }
}

using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The answer of <c>boot</c>.</summary>
internal static class BootDocument
{
    public static string Render(BootReport report, string file, string? expect, bool indented) => Document.Write("boot", indented, json =>
    {
        json.Text("file", file);
        json.Text("loader", report.Loader);
        json.Boolean("accepted", report.Accepted);
        json.Text("judgement", DocumentWords.Of(report.Judgement));
        json.Text("judgementLine", report.JudgementLine);
        json.Number("jumped", report.Jumped);
        json.Boolean("installedUpdate", report.InstalledUpdate);
        json.Number("steps", report.Steps);
        json.Number("stepsToJump", report.StepsToJump);
        json.Text("stopped", DocumentWords.Of(report.Stopped));
        json.Number("programCounter", report.ProgramCounter);
        json.Object("fault", report.Fault, fault => WriteFault(json, fault));
        json.Number("flashWrites", report.FlashWrites);
        json.Text("expect", expect);
        json.Boolean("expected", expect is null ? null : report.Printed(expect));
        json.Text("verdict", report.Verdict);
        Document.WriteTexts(json, "log", report.Log);
        Document.WriteFindings(json, report.Findings);
    });

    private static void WriteFault(JsonWriter json, BootFault fault)
    {
        json.Text("message", fault.Message);
        json.Number("address", fault.Address);
        json.Number("programCounter", fault.ProgramCounter);
        json.Text("nearestText", fault.NearestText);
        json.StartArray("registers");
        foreach (uint register in fault.Registers)
            json.Number(null, register);
        json.EndArray();
        json.Number("status", fault.Status);
    }
}

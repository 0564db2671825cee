using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The answer of <c>doctor</c>.</summary>
internal static class DoctorDocument
{
    public static string Render(FlashImage image, string file, IEnumerable<DeviceProblem> problems, string output, string? backup, bool indented) =>
        Document.Write("doctor", indented, json =>
        {
            json.Text("file", file);
            json.Text("backup", backup);
            json.Array("problems", problems, problem => Write(json, problem, file, output, backup));
            Document.WriteFindings(json, image.Findings);
        });

    private static void Write(JsonWriter json, DeviceProblem problem, string file, string output, string? backup)
    {
        json.Text("code", Finding.ToText(problem.Code));
        json.Text("severity", DocumentWords.Of(problem.Severity));
        json.Text("title", problem.Title);
        json.Text("why", problem.Why);
        Document.WriteTexts(json, "symptoms", problem.Symptoms.Select(DocumentWords.Of));
        json.Text("repairRefusal", problem.RepairRefusal);
        if (problem.Repair is not { } repair)
        {
            json.Text("repair", null);
            return;
        }
        json.StartObject("repair");
        Document.WriteTexts(json, "command", repair.Command(file, output, backup));
        Document.WriteTexts(json, "needs", repair.Needs.Select(DocumentWords.Of));
        json.EndObject();
    }
}

using BekenImage.Documents.Json;

namespace BekenImage.Documents.Outputs;

/// <summary>The document of <c>diff</c>.</summary>
internal static class DiffDocument
{
    public static string Render(ImageComparison comparison, string fileA, string fileB, bool indented) => Document.Write("diff", indented, json =>
    {
        json.Text("a", fileA);
        json.Text("b", fileB);
        json.Boolean("identical", comparison.IsIdentical);
        json.Boolean("sameContent", comparison.IsSameContent);
        json.Array("differences", comparison.Differences, difference => Write(json, difference));
        Document.WriteTexts(json, "sameAreas", comparison.SameAreas.Select(DocumentWords.Of));
        Document.WriteFindings(json, comparison.Findings);
    });

    private static void Write(JsonWriter json, ImageDifference difference)
    {
        json.Text("area", DocumentWords.Of(difference.Area));
        json.Text("kind", DocumentWords.Of(difference.Kind));
        json.Text("name", difference.Name);
        json.Plain("a", difference.A);
        json.Plain("b", difference.B);
        json.Number("offsetA", difference.OffsetA);
        json.Number("offsetB", difference.OffsetB);
        json.Number("length", difference.Length);
    }
}

namespace BekenImage.Documents.Outputs;

/// <summary>The answer of <c>report</c>: what was written, about which files.</summary>
internal static class ReportDocument
{
    public static string Render(string output, string format, byte[] written, IReadOnlyList<ReportedFile> files, bool indented) =>
        Document.Write("report", indented, json =>
        {
            json.Text("output", output);
            json.Text("format", format);
            json.Number("length", written.Length);
            json.Text("sha256", Document.Sha256(written));
            json.Array("images", files.Where(file => file.Problem is null), file =>
            {
                json.Text("file", file.File);
                json.Text("sha256", file.Sha256);
            });
            json.Array("unreadable", files.Where(file => file.Problem is not null), file =>
            {
                json.Text("file", file.File);
                json.Text("code", file.Problem!.CodeText);
                json.Text("message", file.Problem.Message);
            });
            Document.WriteFindings(json, []);
        });
}

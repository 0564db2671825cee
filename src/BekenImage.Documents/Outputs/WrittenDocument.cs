namespace BekenImage.Documents.Outputs;

/// <summary>
/// The answers of verbs that make a file or a folder and change nothing in an image: one form, so that a script reads <c>output</c>,
/// <c>length</c> and <c>sha256</c> whatever the verb was. Those that change an image have the same members, and <c>changes</c>.
/// </summary>
internal static class WrittenDocument
{
    public static string Render(
        string verb, string? file, string output, ReadOnlyMemory<byte> bytes, IEnumerable<Finding> findings, bool indented) =>
        Document.Write(verb, indented, json =>
        {
            json.Text("file", file);
            json.Text("output", output);
            json.Number("length", bytes.Length);
            json.Text("sha256", Document.Sha256(bytes));
            json.Null("files");
            Document.WriteFindings(json, findings);
        });

    public static string RenderFolder(
        string verb, string? file, string? output, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> files,
        IEnumerable<Finding> findings, bool indented) =>
        Document.Write(verb, indented, json =>
        {
            json.Text("file", file);
            json.Text("output", output);
            json.Number("length", files.Sum(written => (long)written.Value.Length));
            json.Null("sha256");
            json.Array("files", files, written =>
            {
                json.Text("name", written.Key);
                json.Number("length", written.Value.Length);
                json.Text("sha256", Document.Sha256(written.Value));
            });
            Document.WriteFindings(json, findings);
        });

    public static string RenderCompletion(string shell, string script, bool indented) => Document.Write("completion", indented, json =>
    {
        json.Text("shell", shell);
        json.Text("script", script);
        Document.WriteFindings(json, []);
    });
}

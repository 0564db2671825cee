namespace BekenImage.Documents.Outputs;

/// <summary>The answer of <c>ota info</c> for a file without an RBL header at its start.</summary>
internal static class UpdateDocument
{
    public static string Render(UpdateFile update, string file, bool indented) => Document.Write("ota info", indented, json =>
    {
        json.Text("file", file);
        json.Text("form", DocumentWords.Of(update.Form));
        json.Number("length", update.Length);
        json.Array("images", update.Package?.Images ?? [], image =>
        {
            json.Number("flashAddress", (long)image.FlashAddress);
            json.Number("offset", image.FileOffset);
            json.Number("length", (long)image.Length);
            json.Boolean("crcOk", image.CrcOk);
            json.Number("securityCounter", (long)image.SecurityCounter);
            json.Number("flags", (long)image.Flags);
            json.Boolean("clear", image.IsClear);
        });
        Document.WriteFindings(json, update.Findings);
    });
}

using BekenImage.Formats.Uf2;

namespace BekenImage.Documents.Outputs;

/// <summary>The answer of <c>uf2 info</c>.</summary>
internal static class Uf2Document
{
    public static string Render(Uf2Package package, string file, bool indented) => Document.Write("uf2 info", indented, json =>
    {
        json.Text("file", file);
        json.Text("family", package.Family is { } family ? FormattableString.Invariant($"{family:x8}") : null);
        json.Text("chip", DocumentWords.Of(Uf2Builder.ChipOf(package)));
        json.Text("board", package.Board);
        json.Text("firmware", package.FirmwareName);
        json.Text("firmwareVersion", package.FirmwareVersion);
        json.Text("libreTinyVersion", package.LibreTinyVersion);
        json.Text("built", package.BuildTime is { } seconds ? DocumentWords.Time(seconds) : null);
        json.Number("blocks", package.Blocks.Count);
        json.Array("parts", package.Parts, part =>
        {
            json.Text("partition", part.Name);
            Document.WriteTexts(json, "schemes", part.Schemes.Select(DocumentWords.Of));
            json.Number("offset", part.Offset);
            json.Number("length", part.Data.Length);
            json.Text("sha256", Document.Sha256(part.Data));
        });
        json.Array("partitionTable", package.PartitionTable, entry =>
        {
            json.Text("name", entry.Name);
            json.Number("offset", entry.Offset);
            json.Number("length", entry.Length);
        });
        Document.WriteFindings(json, package.Findings);
    });
}

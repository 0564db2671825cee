namespace BekenImage.Documents.Outputs;

/// <summary>Parts of an image on their own: <c>ota info</c> and <c>fal show</c>.</summary>
internal static class PackageDocument
{
    public static string Render(FlashImage image, string file, bool indented)
    {
        image = image.OpenPackage();
        var package = image.UpdatePackage ?? throw new BekenImageException(FindingCode.WrongKind, "there is no update package in it");
        var container = image.Containers.FirstOrDefault(candidate => !candidate.IsStriped && candidate.Offset == package.Offset) ??
            throw new BekenImageException(FindingCode.RblHeaderCrc, "the header of its update package is damaged", package.Offset);
        return Document.Write("ota info", indented, json =>
        {
            json.Text("file", file);
            InspectDocument.WriteContainer(json, container);
            Document.WriteFindings(json, package.Findings);
        });
    }

    public static string RenderFal(FlashImage image, string file, bool indented)
    {
        var fal = image.Fal ?? throw new BekenImageException(FindingCode.FalMissing, "there is no bootloader with a partition table in it");
        return Document.Write("fal show", indented, json =>
        {
            json.Text("file", file);
            json.Number("logicalOffset", fal.LogicalOffset);
            json.Boolean("plain", fal.IsPlain);
            InspectDocument.WriteFal(json, image);
            Document.WriteFindings(json, image, FindingArea.PartitionTable);
        });
    }
}

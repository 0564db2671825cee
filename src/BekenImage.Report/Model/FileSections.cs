using BekenImage.Formats.LittleFs;

namespace BekenImage.Report.Model;

/// <summary>Files in an image, and files an archive has.</summary>
internal static class FileSections
{
    private const int MostEntries = 500;

    public static Section? LittleFs(FlashImage image)
    {
        if (image.LittleFs is not { } volume)
            return null;
        return new Section("littlefs", "LittleFS", $"At {Words.Hex(volume.Offset)}, {Words.Size(volume.Length)}: {Words.Count(volume.Files.Count, "file")}, {Words.Number(volume.UsedBlocks)} of {Words.Count(volume.BlockCount, "block")} used.",
        [
            volume.Entries.Count == 0 ? new TextBlock("It is empty.", Tone.Muted) : new TreeBlock(Tree(volume.Entries.Take(MostEntries))),
            .. volume.Entries.Count > MostEntries ? [new TextBlock($"and {Words.Number(volume.Entries.Count - MostEntries)} more", Tone.Muted)] : Array.Empty<Block>(),
        ]);
    }

    public static Section? Members(FlashImage file) => file.Members.Count == 0 ? null : new Section("members", "Files inside", null,
    [
        new TableBlock(["Name", "What it is", "Size"], file.Members.Take(ProgramSections.MostRows).Select(member => (IReadOnlyList<Cell>)
        [
            member.Name, member.Problem is { } problem ? new Cell(problem, Tone.Warn) : ImageFacts.Kind(member.Kind), Words.Size(member.Length),
        ])),
        .. ProgramSections.More(file.Members.Count),
    ]);

    private static IReadOnlyList<TreeNode> Tree(IEnumerable<LittleFsEntry> entries)
    {
        var root = new TreeNode(string.Empty, string.Empty);
        var folders = new Dictionary<string, TreeNode>(StringComparer.Ordinal) { [string.Empty] = root };
        foreach (var entry in entries.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            string path = entry.Path.Trim('/');
            int slash = path.LastIndexOf('/');
            var parent = Folder(folders, slash < 0 ? string.Empty : path.Substring(0, slash));
            if (entry.IsDirectory)
                Folder(folders, path);
            else
                parent.Children.Add(new TreeNode(path.Substring(slash + 1), Words.Size(entry.Size) + (entry.IsComplete ? string.Empty : ", damaged")));
        }
        return root.Children;
    }

    private static TreeNode Folder(Dictionary<string, TreeNode> folders, string path)
    {
        if (folders.TryGetValue(path, out var known))
            return known;
        int slash = path.LastIndexOf('/');
        var node = new TreeNode(path.Substring(slash + 1) + "/", string.Empty);
        Folder(folders, slash < 0 ? string.Empty : path.Substring(0, slash)).Children.Add(node);
        return folders[path] = node;
    }
}

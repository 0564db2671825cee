using BekenImage.Formats.LittleFs;

namespace BekenImage.Comparing;

/// <summary>The files of OpenBeken's LittleFS. Their content is told by length and hash, never shown.</summary>
internal static class LittleFsComparison
{
    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list) => NamedArea.Compare(
        a, b, list, DifferenceArea.LittleFs, Entries(a.Content.LittleFs), Entries(b.Content.LittleFs), "files and folders");

    private static List<NamedContent>? Entries(LittleFsVolume? volume) => volume?.Entries.Select(entry =>
    {
        byte[] content = entry.ToArray();
        string shown = entry.IsDirectory ? "a folder" : ShownContent.Of(content);
        if (!entry.IsComplete)
            shown += ", damaged";
        // Attributes and kind are as much of an entry as its bytes.
        var all = new List<byte>(content) { entry.IsDirectory ? (byte)1 : (byte)0, entry.IsComplete ? (byte)1 : (byte)0 };
        foreach (var attribute in entry.Attributes)
        {
            all.Add(attribute.Type);
            all.AddRange(attribute.Value.ToArray());
        }
        return new NamedContent(entry.Path, all.ToArray(), shown, null) { Length = content.Length };
    }).ToList();
}

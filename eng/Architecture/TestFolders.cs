namespace BekenImage.Architecture;

/// <summary>The folders of tests/BekenImage.Tests are those of the source: who looks for the tests of a room finds them.</summary>
internal static class TestFolders
{
    private const string Tests = "tests/BekenImage.Tests/";

    /// <summary>What strangers' files do, and what holds whatever the image, goes through every room: these have folders of their own.</summary>
    private static readonly string[] Everywhere = ["Attacks", "Laws"];

    /// <summary>The test files whose folder has no counterpart. A folder without tests (what tests are made with) needs none.</summary>
    /// <param name="tests">Files under tests/BekenImage.Tests.</param>
    /// <param name="library">Files under src/BekenImage.</param>
    public static IReadOnlyList<string> WithoutCounterpart(IEnumerable<SourceFile> tests, IEnumerable<SourceFile> library)
    {
        var rooms = library.Select(file => FolderOf(file.Path, SourceProject.Folder(Rooms.Library))).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. tests.Where(HoldsTests)
                .Where(file => FolderOf(file.Path, Tests) is { Length: > 0 } folder && !Everywhere.Contains(folder) && !rooms.Contains(folder))
                .Select(file => $"{file.Path}: no room {FolderOf(file.Path, Tests)} in {SourceProject.Folder(Rooms.Library)}"),
        ];
    }

    public static IReadOnlyList<SourceFile> Read(string root) => SourceProject.ReadFiles(root, Path.Combine(root, Tests));

    private static bool HoldsTests(SourceFile file) =>
        file.Text.Contains("[Fact", StringComparison.Ordinal) || file.Text.Contains("[Theory", StringComparison.Ordinal);

    private static string FolderOf(string path, string under) =>
        (Path.GetDirectoryName(path[under.Length..]) ?? string.Empty).Replace('\\', '/');
}

namespace BekenImage.Architecture.Tests;

/// <summary>Projects of a few lines.</summary>
internal static class Small
{
    public static SourceProject Library(params (string Path, string Text)[] files) => Project(Rooms.Library, [], files);

    public static SourceProject Project(string name, string[] references, params (string Path, string Text)[] files) =>
        new(name, [.. files.Select(file => new SourceFile(SourceProject.Folder(name) + file.Path, file.Text))], references, []);

    /// <summary>A class in a room that uses one in each of some others.</summary>
    public static (string Path, string Text) Class(string room, params string[] used)
    {
        string name = Name(room);
        string members = string.Concat(used.Select((other, index) => $"{Name(other)} member{index}; "));
        return ($"{room}/{name}.cs", $"#pragma warning disable\nnamespace BekenImage;\npublic class {name} {{ {members}}}");
    }

    private static string Name(string room) => "In" + room.Replace("/", string.Empty);
}

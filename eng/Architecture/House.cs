namespace BekenImage.Architecture;

/// <summary>What was found about the sources: who uses whom, and what breaks the order.</summary>
internal sealed class House
{
    private House(IReadOnlyList<SourceProject> projects)
    {
        var compilations = SourceCompiler.Compile(projects);
        Projects = projects;
        Uses = UseFinder.Find(projects, compilations);
        Arrows = [.. Uses.Select(use => (use.From, use.To)).Distinct()];
        Violations =
        [
            .. projects.SelectMany(MisplacedParts),
            .. projects.SelectMany(References),
            .. Uses.Where(use => !IsAllowed(use)).Select(use => $"{use}: it may use only what lies below it"),
            .. compilations.SelectMany(SourceCompiler.UnneededUsings)
                .Select(place => place + ": a using nothing needs shows a false arrow"),
            .. Circles.Find(Arrows).Select(circle => "a circle: " + string.Join(" -> ", circle)),
        ];
    }

    public IReadOnlyList<SourceProject> Projects { get; }

    /// <summary>Every mention of another room.</summary>
    public IReadOnlyList<Use> Uses { get; }

    /// <summary>The uses without their places in the files, each pair once.</summary>
    public IReadOnlyList<(Place From, Place To)> Arrows { get; }

    /// <summary>What breaks the order, one line each.</summary>
    public IReadOnlyList<string> Violations { get; }

    public static House Examine(IReadOnlyList<SourceProject> projects) => new(projects);

    private static bool IsAllowed(Use use) => use.From.Assembly == use.To.Assembly
        ? use.From.Assembly != Rooms.Library || Rooms.MayUse(use.From.Room, use.To.Room)
        : IsBelow(use.To.Assembly, use.From.Assembly);

    private static bool IsBelow(string assembly, string other) => Level(assembly) < Level(other);

    private static int Level(string assembly)
    {
        int level = Rooms.Assemblies.ToList().IndexOf(assembly);
        return level < 0 ? int.MaxValue : level;
    }

    private static IEnumerable<string> MisplacedParts(SourceProject project)
    {
        if (!Rooms.Assemblies.Contains(project.Name))
            yield return $"{project.Name} has no place in the order of the assemblies";
        if (project.Name != Rooms.Library)
            yield break;
        string folder = SourceProject.Folder(project.Name);
        foreach (var file in project.Files)
        {
            string room = Rooms.Of(project.Name, file.Path[folder.Length..]);
            if (room.Length == 0)
                yield return $"{file.Path} lies in no room";
            else if (Rooms.Level(room) < 0)
                yield return $"{file.Path}: the room {room} has no place in the order";
            else if (room == Rooms.Formats)
                yield return $"{file.Path} belongs to no format";
        }
    }

    private static IEnumerable<string> References(SourceProject project) => project.References
        .Where(other => !IsBelow(other, project.Name))
        .Select(other => $"{project.Name} references {other}, which does not lie below it");
}

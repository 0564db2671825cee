namespace BekenImage.Architecture;

/// <summary>The order of the house. It stands here and nowhere else: docs/architecture.md and the tests are made from it.</summary>
internal static class Rooms
{
    /// <summary>The assembly whose folders are rooms.</summary>
    public const string Library = "BekenImage";

    /// <summary>The room whose folders are rooms of their own.</summary>
    public const string Formats = "Formats";

    /// <summary>The assemblies from the ground up. One that is not there yet may be named.</summary>
    public static readonly IReadOnlyList<string> Assemblies =
    [
        "BekenImage.Crypto",
        Library,
        "BekenImage.Boot",
        "BekenImage.Documents",
        "BekenImage.Report",
        "BekenImage.Cli",
        "BekenImage.Web",
    ];

    /// <summary>The rooms of the library from the ground up: a room may use those before it.</summary>
    public static readonly IReadOnlyList<string> InOrder =
    [
        "Findings",
        "IO",
        "Addressing",
        "Compression",
        Formats,
        "Programs",
        "Chips",
        "Images",
        "Verifying",
        "Editing",
        "Firmware",
        "Splitting",
        "Sanitizing",
        "Combining",
        "Comparing",
        "Analysis",
        "Planning",
        "Explaining",
    ];

    /// <summary>Formats that may use another: where the first contains the second.</summary>
    public static readonly IReadOnlyList<(string User, string Used)> FormatPairs =
    [
        ("Ug", "Rbl"), // a UG package wraps an RBL package
    ];

    /// <summary>The room a file is in, from its path inside its project; empty for a file that lies in none.</summary>
    public static string Of(string assembly, string pathInProject)
    {
        if (assembly != Library)
            return string.Empty;
        string[] parts = pathInProject.Split('/');
        return parts switch
        {
            [_] => string.Empty,
            [Formats, var format, _, ..] => $"{Formats}/{format}",
            [var room, ..] => room,
            [] => string.Empty,
        };
    }

    /// <summary>How high a room lies; -1 for one that has no place in the order.</summary>
    public static int Level(string room)
    {
        string outer = room.Split('/')[0];
        for (int level = 0; level < InOrder.Count; level++)
        {
            if (InOrder[level] == outer)
                return level;
        }
        return -1;
    }

    /// <summary>True when the first room may use the second.</summary>
    public static bool MayUse(string user, string used)
    {
        int from = Level(user);
        int to = Level(used);
        if (from < 0 || to < 0)
            return false;
        return from != to ? from > to : FormatPairs.Contains((Short(user), Short(used)));
    }

    /// <summary>The name of a format's room without the room it lies in.</summary>
    public static string Short(string room) =>
        room.StartsWith(Formats + "/", StringComparison.Ordinal) ? room[(Formats.Length + 1)..] : room;
}

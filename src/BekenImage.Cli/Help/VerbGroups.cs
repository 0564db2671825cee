using System.CommandLine;

namespace BekenImage.Cli.Help;

/// <summary>The verbs by what one wants, as the program's own help lists them.</summary>
internal static class VerbGroups
{
    private static readonly (string Title, string[] Verbs)[] Groups =
    [
        ("Look at an image", ["inspect", "report", "verify", "lint", "doctor", "diff", "plan", "boot", "key"]),
        ("Make an image", ["combine", "build", "demo"]),
        ("Take apart and join", ["split", "merge", "extract", "put"]),
        ("Change an image", ["normalize", "sanitize", "rekey"]),
        ("Parts of an image", ["fal", "rf", "obk", "tuya", "fs"]),
        ("Files for updates", ["ota", "ug", "uf2"]),
        ("Bytes alone", ["encrypt", "decrypt", "crc"]),
        ("What is known", ["explain", "chips", "layout", "completion"]),
    ];

    /// <summary>Title and verbs; verbs of no group come last.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<Command> Verbs)> Of(RootCommand root)
    {
        var left = root.Subcommands.Where(verb => !verb.Hidden).ToList();
        foreach (var (title, names) in Groups)
        {
            var verbs = names.Select(name => left.Find(verb => verb.Name == name)).OfType<Command>().ToArray();
            left.RemoveAll(verb => verbs.Contains(verb));
            if (verbs.Length > 0)
                yield return (title, verbs);
        }
        if (left.Count > 0)
            yield return ("More", left);
    }
}

using System.Text.Json.Nodes;

namespace BekenImage.TestRun.Suites;

/// <summary>
/// The suites in surroundings that are not a developer's. None of them may change an answer: what is made for a Turkish user on a machine
/// without a home is what everybody gets.
/// </summary>
internal static class EnvironmentRun
{
    // A proxy where nobody listens: whatever asks the network fails at once.
    private const string Nowhere = "http://127.0.0.1:9";

    public static Tally Run(string? only)
    {
        SuiteRun.ForgetResults();
        var page = PublishedPage.Begin(only);
        string temporary = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "beken image \u0130\u0131\u00DF\u732B")).FullName;
        var turkish = new Dictionary<string, string?>
        {
            ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["LANGUAGE"] = "tr", ["BEKENIMAGE_CULTURE"] = "tr-TR",
        };
        var bare = new Dictionary<string, string?>
        {
            ["HOME"] = null, ["XDG_CONFIG_HOME"] = null, ["XDG_CACHE_HOME"] = null, ["USER"] = null, ["TERM"] = "dumb", ["COLUMNS"] = null,
            ["http_proxy"] = Nowhere, ["https_proxy"] = Nowhere, ["HTTP_PROXY"] = Nowhere, ["HTTPS_PROXY"] = Nowhere, ["ALL_PROXY"] = Nowhere,
            ["TMPDIR"] = temporary, ["LANG"] = "C", ["LC_ALL"] = "C",
        };
        // Nobody, root included, writes below a device.
        var locked = new Dictionary<string, string?> { ["HOME"] = "/dev/null/home", ["TERM"] = "xterm", ["NO_COLOR"] = null };
        try
        {
            return In("turkish", turkish, icu: true, only, page) + In("bare", bare, icu: false, only, page) + In("locked home", locked, icu: true, only, page);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static Tally In(string mark, Dictionary<string, string?> variables, bool icu, string? only, Task<string?>? page)
    {
        var total = SuiteRun.Projects.Where(project => only is null || project == only)
            .Select(project => PublishedPage.With(new Leg(project, mark, variables), page))
            .Aggregate(Tally.None, (sum, leg) => sum + (icu ? leg with { Folder = WithIcu(leg) } : leg).Run());
        return only is null or NetFxProgram.Name ? total + NetFxProgram.Run(mark, variables) : total;
    }

    // Our programs are built without ICU, which a variable does not undo: it stands in the file beside them. Callers' programs have it. The
    // runner starts the suite in a process of its own, which reads that file and no other: it takes a copy of the program.
    private static string WithIcu(Leg leg)
    {
        string from = Path.GetDirectoryName(leg.Program)!;
        // Named as where it was built: some tests look for other programs built with them.
        string folder = Path.Combine(Repository.Artifacts, "environments", leg.Project, "Release", "net10.0");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (string inner in Directory.GetDirectories(from))
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(inner)), inner);
        string own = Path.Combine(folder, leg.Project + ".runtimeconfig.json");
        var config = JsonNode.Parse(File.ReadAllText(own))!;
        config["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        File.WriteAllText(own, config.ToJsonString());
        return folder;
    }
}

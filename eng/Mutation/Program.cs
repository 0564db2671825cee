using System.Diagnostics;
using BekenImage.Mutation;

if (args is ["worker", .. var worker])
    return Worker.Run(worker);
if (RunOptions.TryParse(args) is not { } options)
{
    Console.WriteLine($"{RunOptions.Usage}\nareas: {string.Join(", ", Area.Names)}");
    return 2;
}
bool held = true;
foreach (string name in options.Areas is ["all"] ? Area.Names : options.Areas)
    held &= Score(options.Only.Count == 0 ? Area.Read(name) : Area.Read(name) with { Classes = options.Only }, options);
return held ? 0 : 1;

static bool Score(Area area, RunOptions options)
{
    var watch = Stopwatch.StartNew();
    string root = Root();
    string built = Path.Combine(root, "tests", area.Tests, "bin", "Debug", "net10.0");
    if (!File.Exists(Path.Combine(built, area.Tests + ".dll")))
        throw new InvalidDataException($"Build tests/{area.Tests} first.");
    string folder = Directory.CreateTempSubdirectory("bekenimage-mutation-").FullName;
    try
    {
        foreach (string file in Directory.EnumerateFiles(built))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var mutants = MutatedBuild.Make(root, area, Path.Combine(folder, area.Project + ".dll"));
        using var run = new MutationRun(area, mutants, Path.Combine(folder, area.Tests + ".dll"), options.IsThorough);
        run.Measure();
        foreach (string failing in run.Failing)
            Console.Error.WriteLine($"{area.Name}: not counted, fails without a mutant: {failing}");
        Console.Error.WriteLine($"{area.Name}: {run.Tests} tests measured, {run.Slow} are too slow to be asked, after {watch.Elapsed.TotalSeconds:0} s");
        var former = options.Again is { } report ? FormerReport.Read(report) : null;
        var tried = former?.StillThere(mutants) ?? mutants.Where((_, at) => at % options.Every == 0).ToList();
        var outcomes = new List<Outcome>();
        foreach (var mutant in tried)
        {
            outcomes.Add(run.Try(mutant));
            if (outcomes.Count % 100 == 0)
                Console.Error.WriteLine($"{area.Name}: {outcomes.Count} of {tried.Count} after {watch.Elapsed.TotalSeconds:0} s");
        }
        return Report.Print(area, outcomes, former?.Noticed ?? 0, run.Tests, watch.Elapsed);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string Root()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
            return folder.FullName;
    }
    throw new InvalidDataException("The repository is not around this program.");
}

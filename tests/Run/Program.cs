// Builds the solution and runs every test, then sums what the runners themselves counted (their TRX files) into one closing line:
//     N passed, N failed, N skipped
// A runner that crashes, writes no TRX or disagrees with its own exit code is a failure, whatever it counted.
//
//     dotnet run --project tests/Run [-- --no-build] [-- --only NAME]

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const string NetFx = "NetFx";

bool build = !args.Contains("--no-build");
string? only = args.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
string root = FindRoot();
string results = Path.Combine(root, "artifacts", "test-results");

if (build && Execute("dotnet", ["build", Path.Combine(root, "BekenImage.sln"), "-c", "Release", "--nologo", "-v", "minimal"]) != 0)
    return Close(new Tally(0, 1, 0));

if (Directory.Exists(results))
    Directory.Delete(results, recursive: true);

// The last legs run the byte layer once more as on machines with fewer vector instructions, and with none.
Leg[] legs =
[
    new("BekenImage.Architecture.Tests"),
    new("BekenImage.Crypto.Tests"),
    new("BekenImage.Tests"),
    new("BekenImage.Boot.Tests"),
    new("BekenImage.Documents.Tests"),
    new("BekenImage.Report.Tests"),
    new("BekenImage.Fuzz"),
    new("BekenImage.NetStandard.Tests"),
    new("BekenImage.PublicApi.Tests"),
    new("BekenImage.Cli.Tests"),
    new("BekenImage.Crypto.Tests", "DOTNET_EnableAVX512", "0"),
    new("BekenImage.Crypto.Tests", "DOTNET_EnableHWIntrinsic", "0"),
];

var total = new Tally(0, 0, 0);
foreach (var leg in legs.Where(leg => only is null || leg.Project == only))
    total += Run(leg);
if (only is null or NetFx)
    total += RunNetFx();
return Close(total);

Tally Run(Leg leg)
{
    string name = leg.Variable is null ? leg.Project : $"{leg.Project} ({leg.Variable}={leg.Value})";
    string folder = Path.Combine(results, leg.Variable is null ? leg.Project : $"{leg.Project}.{leg.Variable}");
    string program = Path.Combine(root, "tests", leg.Project, "bin", "Release", "net10.0", leg.Project + ".dll");
    Console.WriteLine($"== {name}");
    int exit = Execute("dotnet", ["exec", program, "--report-trx", "--results-directory", folder], leg.Variable, leg.Value);

    string[] reports = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.trx") : [];
    if (reports.Length != 1)
    {
        Console.WriteLine($"{name}: {reports.Length} reports instead of one; the runner ended with {exit}");
        return new Tally(0, 1, 0);
    }
    var tally = Count(XDocument.Load(reports[0]));
    if (exit != 0 && tally.Failed == 0)
    {
        Console.WriteLine($"{name}: no test failed, but the runner ended with {exit}");
        return tally with { Failed = 1 };
    }
    return tally;
}

// The .NET Framework program, on Mono. Where that is not installed, the leg counts as one skipped test and says so.
Tally RunNetFx()
{
    Console.WriteLine($"== {NetFx} (mono)");
    string program = Path.Combine(root, "tests", NetFx, "bin", "Release", "net472", NetFx + ".exe");
    string last = string.Empty;
    int exit;
    try
    {
        using var process = Process.Start(new ProcessStartInfo("mono", [program]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } line)
            Console.WriteLine(last = line);
        process.WaitForExit();
        exit = process.ExitCode;
    }
    catch (Win32Exception)
    {
        Console.WriteLine($"{NetFx}: SKIPPED, mono is not installed; the program was compiled, but not run");
        return new Tally(0, 0, 1);
    }
    var counted = Regex.Match(last, "^([0-9]+) passed, ([0-9]+) failed$");
    if (!counted.Success)
    {
        Console.WriteLine($"{NetFx}: no sum at the end of its output; it ended with {exit}");
        return new Tally(0, 1, 0);
    }
    int Number(int group) => int.Parse(counted.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    var tally = new Tally(Number(1), Number(2), 0);
    return (exit != 0) == (tally.Failed > 0) ? tally : tally with { Failed = tally.Failed + 1 };
}

static Tally Count(XDocument report)
{
    var counters = report.Descendants().Single(element => element.Name.LocalName == "Counters");
    int Number(string name) => (int?)counters.Attribute(name) ?? 0;
    int listed = report.Descendants().Count(element => element.Name.LocalName == "UnitTestResult");
    var tally = new Tally(Number("passed"), Number("failed") + Number("error") + Number("timeout") + Number("aborted"), Number("notExecuted"));
    return tally.Passed + tally.Failed + tally.Skipped == listed ? tally : tally with { Failed = tally.Failed + 1 };
}

static int Close(Tally tally)
{
    Console.WriteLine($"{tally.Passed} passed, {tally.Failed} failed, {tally.Skipped} skipped");
    return tally.Failed == 0 && tally.Passed > 0 ? 0 : 1;
}

static int Execute(string program, string[] arguments, string? variable = null, string? value = null)
{
    var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
    if (variable is not null)
        start.Environment[variable] = value;
    using var process = Process.Start(start)!;
    process.WaitForExit();
    return process.ExitCode;
}

static string FindRoot()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
            return folder.FullName;
    }
    throw new InvalidOperationException("BekenImage.sln is not in any folder above this program.");
}

internal sealed record Leg(string Project, string? Variable = null, string? Value = null);

internal sealed record Tally(int Passed, int Failed, int Skipped)
{
    public static Tally operator +(Tally left, Tally right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);
}

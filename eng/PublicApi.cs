// Writes the PublicAPI.Unshipped.txt of every package anew: what is public and not in PublicAPI.Shipped.txt, and what is gone from there.
//
//     dotnet run eng/PublicApi.cs
//
// It asks the analyzer itself: with an empty file, each public name is a warning RS0016, each lost one RS0017. The frameworks share one
// file; a name that only some of them have is refused, because callers move from one framework to another.

using System.Diagnostics;
using System.Text.RegularExpressions;

const string Header = "#nullable enable";
var warning = new Regex(@"(?<code>RS001[67]): Symbol '(?<name>.+)' is (not )?part of the declared (public )?API.*\[(?<project>.+)::TargetFramework=(?<framework>.+)\]$");
string root = FindRoot();
string[] projects = [.. Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    .Where(project => Dotnet("msbuild", project, "-getProperty:HasPublicApiFiles").Output.Trim() == "true")];
foreach (string project in projects)
{
    Write(project, "Unshipped", []);
    if (!File.Exists(FileOf(project, "Shipped")))
        Write(project, "Shipped", []);
}

int refused = 0;
foreach (string project in projects)
{
    string[] frameworks = Dotnet("msbuild", project, "-getProperty:TargetFrameworks").Output.Trim().Split(';');
    var (output, exit) = Dotnet("build", project, "-c", "Debug", "--no-incremental", "--nologo", "-v", "q", "-p:TreatWarningsAsErrors=false");
    if (exit != 0)
    {
        Console.Error.WriteLine(output);
        return 1;
    }
    var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
    foreach (string line in output.Split('\n'))
    {
        var match = warning.Match(line.TrimEnd());
        if (!match.Success || Path.GetFullPath(match.Groups["project"].Value) != project)
            continue;
        string entry = (match.Groups["code"].Value == "RS0017" ? "*REMOVED*" : string.Empty) + match.Groups["name"].Value;
        if (!found.TryGetValue(entry, out var having))
            found.Add(entry, having = []);
        having.Add(match.Groups["framework"].Value);
    }
    foreach (var (entry, having) in found.Where(pair => pair.Value.Count != frameworks.Length))
    {
        Console.Error.WriteLine($"{Path.GetFileNameWithoutExtension(project)}: {entry} in {string.Join(", ", having)} only");
        refused++;
    }
    Write(project, "Unshipped", found.Keys);
    Console.WriteLine($"{Path.GetFileNameWithoutExtension(project)}: {found.Count} names");
}
return refused == 0 ? 0 : 1;

static string FileOf(string project, string kind) => Path.Combine(Path.GetDirectoryName(project)!, $"PublicAPI.{kind}.txt");

static void Write(string project, string kind, IEnumerable<string> names) =>
    File.WriteAllText(FileOf(project, kind), string.Join('\n', names.Prepend(Header)) + "\n");

static (string Output, int Exit) Dotnet(params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (output, process.ExitCode);
}

static string FindRoot()
{
    for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
            return folder.FullName;
    }
    throw new InvalidOperationException("Run this inside the repository.");
}

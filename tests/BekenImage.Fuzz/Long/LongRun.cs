using System.Diagnostics;
using System.Globalization;
using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Targets;

namespace BekenImage.Fuzz.Long;

/// <summary>
/// Instruments a copy of the assemblies and runs each target in a process of its own, so that one that dies is a finding and not the end.
/// </summary>
internal static class LongRun
{
    // What strangers' bytes go through. The targets and the tests' builders stay as they are.
    private static readonly string[] Instrumented =
        ["BekenImage.dll", "BekenImage.Crypto.dll", "BekenImage.Documents.dll", "BekenImage.Boot.dll", "BekenImage.Report.dll"];

    public static int Run(LongOptions options)
    {
        string folder = options.Folder.Length > 0 ? Path.GetFullPath(options.Folder) : Path.Combine(FindRoot(), "artifacts", "fuzz");
        var targets = FuzzTargets.All.Where(target => options.Targets.Count == 0 || options.Targets.Any(name => target.Name.StartsWith(name, StringComparison.Ordinal))).ToArray();
        if (targets.Length == 0)
            throw new ArgumentException($"No target has such a name. There are: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}.");
        if (options.Replay is { } file)
        {
            targets[0].Run(File.ReadAllBytes(file));
            Console.WriteLine($"{targets[0].Name} took {file}");
            return 0;
        }
        string program = Instrument(folder);
        Console.WriteLine(WorkerReport.Heading);
        int findings = 0;
        foreach (var target in targets)
            findings += RunOne(program, target, options, folder, options.Minutes / targets.Length);
        Console.WriteLine($"{findings} findings{(findings > 0 ? $", in {Path.Combine(folder, "findings")}" : string.Empty)}");
        return findings == 0 ? 0 : 1;
    }

    private static int RunOne(string program, IFuzzTarget target, LongOptions options, string folder, double minutes)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            "exec", program, "--worker", "--target", target.Name, "--minutes", minutes.ToString(CultureInfo.InvariantCulture),
            "--executions", options.Executions.ToString(CultureInfo.InvariantCulture), "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), "--folder", folder,
        ]) { UseShellExecute = false })!;
        process.WaitForExit();
        if (process.ExitCode is >= 0 and < Worker.Died)
            return process.ExitCode;
        // It died: a read past the input, a stack without end, all memory, or a run without end.
        var place = new FuzzFolder(folder, target.Name);
        string kept = place.Keep(File.Exists(place.Current) ? GuardedBuffer.Last(place.Current) : [], "died", $"the process ended with {process.ExitCode}");
        Console.WriteLine($"{target.Name}: the process ended with {process.ExitCode}; its last input is {kept}");
        return 1;
    }

    private static string Instrument(string folder)
    {
        string copy = Path.Combine(folder, "bin");
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        foreach (string name in Instrumented)
            SharpFuzz.Fuzzer.Instrument(Path.Combine(copy, name), _ => true, SharpFuzz.Options.Value).Count();
        return Path.Combine(copy, "BekenImage.Fuzz.dll");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("BekenImage.sln is not in any folder above this program; name one by --folder.");
    }
}

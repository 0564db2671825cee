using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace BekenImage.TestRun.Packages;

/// <summary>Restores, builds and runs a program of each framework with the packed packages.</summary>
internal sealed class Consumers
{
    private readonly Checks _checks;
    private readonly string _folder;
    private readonly string _version;
    private readonly Dictionary<string, string?> _variables;

    public Consumers(Checks checks, string work, string feed)
    {
        _checks = checks;
        _folder = Path.Combine(work, "consumers");
        string package = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(feed, "BekenImage.Report.*.nupkg").Single());
        _version = package["BekenImage.Report.".Length..];
        _variables = new() { ["NUGET_PACKAGES"] = Path.Combine(work, "cache") };
        ConsumerProject.WriteSurroundings(_folder, feed);
        ConsumerProject.WriteLibrary(Path.Combine(_folder, "library"), _version);
    }

    /// <param name="framework">Of the program.</param>
    /// <param name="library">True when a .NET Standard 2.0 library does the work: it was compiled against another assembly than it runs with.</param>
    public void Use(string framework, bool library)
    {
        string what = library ? $"{framework} through a netstandard2.0 library" : framework;
        string folder = Path.Combine(_folder, library ? framework + "-library" : framework);
        bool mono = framework.StartsWith("net4", StringComparison.Ordinal);
        string? runtime = mono || IsInstalled(framework) ? null : RuntimeInformation.RuntimeIdentifier;
        ConsumerProject.WriteProgram(folder, framework, _version, library ? "../library/Library.csproj" : null, runtime);

        var built = Command.Dotnet(folder, _variables, "build", "-c", "Release", "--nologo", "-v", "q", "-o", "out");
        if (!built.Succeeded && IsNetwork(built))
        {
            _checks.Skip($"a program for {what}", "what it needs beside the packages cannot be restored here: " + FirstError(built));
            return;
        }
        if (!_checks.That($"a program for {what} is built", built))
            return;

        string output = Path.Combine(folder, "out");
        if (mono)
            _checks.That($"a program for {what} needs no binding redirect", FrameworkReferences.Wrong(output, _variables["NUGET_PACKAGES"]!));
        string[] run = mono ? ["mono", "Consumer.exe"] : runtime is null ? ["dotnet", "exec", "Consumer.dll"] : [Path.Combine(output, "Consumer")];
        if (Command.Ask(run[0], run[1..], _variables, output) is not { } answer)
        {
            _checks.Skip($"running the program for {what}", $"{run[0]} is not installed");
            return;
        }
        bool counted = Regex.IsMatch(answer.LastLine, "^[1-9][0-9]* passed, 0 failed$");
        _checks.That($"a program for {what} runs: {answer.LastLine}", counted ? answer : answer with { Exit = answer.Exit == 0 ? -1 : answer.Exit });
    }

    /// <summary>True for what says that a source of packages was not to be had, or does not have what is not ours.</summary>
    public static bool IsNetwork(Answer answer) =>
        answer.Text.Contains("NU1301", StringComparison.Ordinal) ||
        Regex.IsMatch(answer.Text, "NU110[1-3]: Unable to (find|resolve) (package |')(?!BekenImage)");

    private static string FirstError(Answer answer) =>
        answer.Text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Trim() ?? "no reason given";

    private static bool IsInstalled(string framework) =>
        Command.Ask("dotnet", ["--list-runtimes"])?.Output
            .Contains($"Microsoft.NETCore.App {framework["net".Length..^"0".Length]}", StringComparison.Ordinal) == true;
}

using System.Diagnostics;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.SampleRuns;

/// <summary>Runs what is in samples/, as it was built with these tests.</summary>
internal static class SampleProgram
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static readonly Dictionary<string, string> Nothing = [];

    public static ToolResult Run(string sample, TestFolder folder, params string[] arguments) => RunWith(Nothing, sample, folder, arguments);

    public static ToolResult RunWith(Dictionary<string, string> variables, string sample, TestFolder folder, params string[] arguments) =>
        Start("dotnet", folder.Root, variables,
            ["exec", Repository.PathOf("samples", sample, "bin", Configuration, "net10.0", sample + ".dll"), .. arguments]);

    /// <summary>Runs any program in a folder, and takes down what it says.</summary>
    public static ToolResult Start(string program, string folder, Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace BekenImage.Release;

/// <summary>What a program that was run said.</summary>
internal sealed record Answer(int Exit, string Output, string Error)
{
    public string Text => Output + Error;

    /// <summary>The last line that is not empty.</summary>
    public string LastLine => Output.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? string.Empty;

    public bool Succeeded => Exit == 0;
}

/// <summary>Runs programs. A variable that is null is taken out of the environment.</summary>
internal static class Command
{
    /// <summary>Runs one with this program's own streams; gives its exit code.</summary>
    public static int Show(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null)
    {
        using var process = Process.Start(Prepare(program, arguments, variables, null))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs one and keeps what it says; null where there is no such program.</summary>
    public static Answer? Ask(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, string? folder = null)
    {
        var start = Prepare(program, arguments, variables, folder);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Answer(process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Dotnet with its messages in English and no server that outlives it.</summary>
    public static Answer Dotnet(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var all = new Dictionary<string, string?>(variables)
        {
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_NOLOGO"] = "1",
        };
        return Ask("dotnet", arguments, all, folder) ?? new Answer(-1, string.Empty, "there is no dotnet");
    }

    private static ProcessStartInfo Prepare(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables, string? folder)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder ?? string.Empty };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return start;
    }
}

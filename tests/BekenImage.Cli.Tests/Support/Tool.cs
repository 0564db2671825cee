using System.Diagnostics;
using System.Text.Json;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Tests.Support;

/// <summary>One run of the program: what it answered.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one document it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Standard output as documents, one a line.</summary>
    public JsonElement[] JsonLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToArray();

    /// <summary>The one line <c>bekenimage: file: code: what is wrong</c>; fails when there is another number of lines.</summary>
    public string ErrorLine
    {
        get
        {
            Assert.Single(ErrorLines);
            return ErrorLines[0];
        }
    }

    /// <summary>Checks exit code, silence on standard output, and the one line.</summary>
    public ToolResult Fails(int exitCode, string code, string says)
    {
        Assert.True(exitCode == ExitCode, $"exit {ExitCode} instead of {exitCode}: {Error}{Output}");
        Assert.Matches("^bekenimage: .*BKI[0-9]{4}: .+$", ErrorLine);
        Assert.Contains(": " + code + ": ", ErrorLine, StringComparison.Ordinal);
        Assert.Contains(says, ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }

    public ToolResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit {ExitCode}: {Error}{Output}");
        return this;
    }
}

/// <summary>Runs the program: in this process, or as a real one.</summary>
internal static class Tool
{
    public static ToolResult Run(params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int exitCode = Application.Run(arguments, new Terminal(output, error, isInteractive: false));
        return new ToolResult(exitCode, output.ToString(), error.ToString());
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "BekenImage.Cli.dll");

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        return Process.Start(start)!;
    }

    /// <summary>A real process with bytes at its standard input; gives the bytes of its standard output.</summary>
    public static (int ExitCode, byte[] Output, string Error) Pipe(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var reading = Task.Run(() =>
        {
            using var bytes = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(bytes);
            return bytes.ToArray();
        });
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program did not want all of it.
        }
        process.WaitForExit();
        return (process.ExitCode, reading.Result, error.Result);
    }
}

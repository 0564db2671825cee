using System.Diagnostics;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>Inputs that never end: said, exit 3, and the others are done.</summary>
public sealed class InputAttackTests
{
    [Fact]
    public void ANamedPipe_InAFolderOrNamed_IsSaidAndTheOthersAreDone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs named pipes");
        using var folder = new TestFolder();
        string files = Directory.CreateDirectory(folder["files"]).FullName;
        File.WriteAllBytes(Path.Combine(files, "b.bin"), Samples.ObkN);
        string pipe = Path.Combine(files, "a.bin");
        using (var made = Process.Start("mkfifo", [pipe]))
            made.WaitForExit();
        var (exitCode, output, error) = Run("inspect", files);
        Assert.Equal(3, exitCode);
        Assert.Contains("b.bin: ", output, StringComparison.Ordinal);
        Assert.Contains("a.bin: BKI8010: it is a named pipe", error, StringComparison.Ordinal);
        (exitCode, _, error) = Run("verify", pipe);
        Assert.Equal(3, exitCode);
        Assert.Contains("named pipe", error, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInput_ThatIsClosed_IsSaid()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet exec \"$0\" inspect - <&-", Tool.Program]) { RedirectStandardError = true })!;
        Assert.True(process.WaitForExit(60_000), "it waits for ever");
        Assert.Equal(3, process.ExitCode);
        Assert.Contains("-: BKI8010: standard input is closed", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Tool.Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(60_000))
        {
            process.Kill();
            Assert.Fail("it waits for ever");
        }
        return (process.ExitCode, output.Result, error.Result);
    }
}

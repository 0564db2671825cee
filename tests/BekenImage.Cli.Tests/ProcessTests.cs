using System.Diagnostics;
using System.Text;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>The program as a process: standard input and output, exit codes, interruption.</summary>
public sealed class ProcessTests
{
    [Fact]
    public void StandardInputAndOutput_CarryBytesAndNothingElse()
    {
        var (exitCode, output, error) = Tool.Pipe(Samples.Rotated, "normalize", "-", "-o", "-");
        Assert.Equal(0, exitCode);
        BytesAssert.Equal(Samples.TuyaN, output);
        Assert.Contains("rotated", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_ToStandardOutput_TellsOnStandardError()
    {
        using var folder = new TestFolder();
        var (exitCode, output, error) = Tool.Pipe(Samples.Dreo, "combine", "-", folder.Write("firmware.bin", Samples.ObkN), "-o", "-");
        Assert.Equal(0, exitCode);
        Assert.Equal(0x200000, output.Length);
        BytesAssert.Equal(Samples.Dreo.AsSpan(0, 0x11000), output.AsSpan(0, 0x11000));
        Assert.Contains("boots: yes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_OfStandardInput_NamesItDash()
    {
        var (exitCode, output, error) = Tool.Pipe(Samples.TuyaN, "inspect", "-", "--json");
        Assert.Equal((0, string.Empty), (exitCode, error));
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal("-", json.GetProperty("file").GetString());
        Assert.Equal("dump", json.GetProperty("kind").GetString());
    }

    [Fact]
    public void StandardInput_ThatIsEmptyOrEndless_IsRefused()
    {
        var (exitCode, output, error) = Tool.Pipe([], "inspect", "-");
        Assert.Equal(3, exitCode);
        Assert.Empty(output);
        Assert.Matches("^bekenimage: -: BKI8011: [^\n]+\n$", error);

        (exitCode, output, error) = Tool.Pipe(new byte[(64 << 20) + 1], "crc", "add", "-", "-o", "-");
        Assert.Equal(3, exitCode);
        Assert.Empty(output);
        Assert.Matches("^bekenimage: -: BKI8001: [^\n]+\n$", error);
    }

    [Fact]
    public void ExitCode_IsThatOfTheProgram()
    {
        var (exitCode, output, error) = Tool.Pipe([], "frobnicate");
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("bekenimage: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint X --chip foo --key tuya")]
    [InlineData("lint X --key zzz")]
    [InlineData("fs create D --size foo")]
    public void WrongValue_EndsWith2AndNoTrace(string line)
    {
        var (exitCode, output, error) = Tool.Pipe([], line.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), message => Assert.StartsWith("bekenimage: ", message, StringComparison.Ordinal));
    }

    [Fact]
    public void StandardError_ThatIsFull_LeavesTheExitCode()
    {
        Assert.SkipWhen(!File.Exists("/dev/full"), "needs /dev/full");
        Assert.Equal(2, Shell("exec dotnet exec \"$0\" lint X --key zzz 2> /dev/full", Tool.Program).ExitCode);
        Assert.Equal(3, Shell("exec dotnet exec \"$0\" verify no-such-file 2> /dev/full", Tool.Program).ExitCode);
    }

    [Fact]
    public void Outermost_TurnsWhateverComesInto70AndOneLine()
    {
        var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(70, Program.Outermost(() => throw new TypeInitializationException("Some.Type", new InvalidOperationException("deep")), () => error));
        Assert.Equal("bekenimage: internal error: TypeInitializationException; please report it\n", error.ToString());
        Assert.Equal(70, Program.Outermost(() => throw new InvalidOperationException(), () => throw new IOException()));
        Assert.Equal(4, Program.Outermost(() => 4, () => error));
    }

    [Fact]
    public void StandardOutput_ThatIsFull_IsSaidInOneLine()
    {
        Assert.SkipWhen(!File.Exists("/dev/full"), "needs /dev/full");
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.TuyaN);
        foreach (string line in new[] { "normalize \"$1\" -o -", "inspect \"$1\"", "inspect \"$1\" --json" })
        {
            var (exitCode, error) = Shell($"exec dotnet exec \"$0\" {line} > /dev/full", Tool.Program, dump);
            Assert.Equal(3, exitCode);
            Assert.Matches("^bekenimage: [^\n]*: BKI8012: [^\n]+\n$", error);
        }
    }

    [Fact]
    public void Interrupt_EndsWith130AndLeavesNothing()
    {
        Assert.SkipWhen(!File.Exists("/bin/sh"), "needs a shell");
        Assert.SkipWhen(IgnoresInterrupts(), "started in the background of a shell, which has its programs ignore an interrupt");
        using var folder = new TestFolder();
        using var process = Tool.Start("normalize", "-", "-o", folder["out.bin"]);
        process.StandardInput.BaseStream.Write(Samples.TuyaN.AsSpan(0, 0x10000));
        process.StandardInput.BaseStream.Flush();
        Thread.Sleep(700);
        Shell("kill -INT \"$0\"", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(process.WaitForExit(10_000), "it goes on");
        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("Unhandled", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Output_OnAFullDisk_IsWholeOrNotAtAll()
    {
        Assert.SkipWhen(!File.Exists("/bin/sh"), "needs a shell");
        using var folder = new TestFolder();
        string dump = folder.Write("in.bin", Samples.TuyaN);
        folder.Write("out.bin", Encoding.ASCII.GetBytes("mine"));
        // A limit on file sizes fails in the middle of the write, as a full disk does.
        var (exitCode, error) = Shell(
            "trap '' XFSZ; ulimit -f 100; export DOTNET_EnableDiagnostics=0; export DOTNET_EnableWriteXorExecute=0; exec dotnet exec \"$0\" normalize \"$1\" -o \"$2\" --force", Tool.Program, dump, folder["out.bin"]);
        Assert.True(exitCode == 3, $"exit {exitCode}: {error}");
        Assert.Matches("^bekenimage: [^\n]*out.bin: BKI8012: it cannot be written: [^\n]+\n$", error);
        Assert.DoesNotContain(".bekenimage-", error, StringComparison.Ordinal);
        Assert.Equal(["in.bin", "out.bin"], folder.Names);
        Assert.Equal(Encoding.ASCII.GetBytes("mine"), folder.Read("out.bin"));
    }

    // A program keeps the signals ignored that were ignored where it was started (proc(5): SigIgn; SIGINT is 2, the second bit).
    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        string? ignored = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return ignored is not null && (ulong.Parse(ignored.AsSpan(7).Trim(), System.Globalization.NumberStyles.HexNumber) & 2) != 0;
    }

    private static (int ExitCode, string Error) Shell(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, .. arguments]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>
/// A23: runs that are killed, at random moments and at those where names change. <c>BEKENIMAGE_KILLS</c> says how many random kills there
/// are (a few without it); with it, the placed ones run too, where strace is.
/// </summary>
[Trait("Attack", "A23")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kill = 9, Interrupt = 2, Terminate = 15;

    private static readonly int[] Signals = [Kill, Interrupt, Terminate];

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("BEKENIMAGE_KILLS");

    public static TheoryData<int> Benches => [.. Enumerable.Range(0, KillBench.Lines.Length)];

    /// <summary>Without a wish, half of the verbs are killed once: the others make their files by the same two classes.</summary>
    [Theory]
    [MemberData(nameof(Benches))]
    public void Output_OfARunThatIsKilled_IsTheOldOneOrTheNewOne(int bench)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs signals");
        Assert.SkipUnless(Wanted is not null || bench is 0 or 3 or 6, "set BEKENIMAGE_KILLS to a number of kills");
        int count = Wanted is null ? 1 : (int.Parse(Wanted, CultureInfo.InvariantCulture) + Benches.Count - 1) / Benches.Count;
        using var place = new KillBench(bench);
        var random = new Random(4711 + bench);
        var outcomes = new SortedDictionary<string, int>();
        for (int i = 0; i < count; i++)
        {
            bool isThere = i % 4 != 3;
            place.Reset(isThere);
            int signal = Signals[(i + bench) % Signals.Length];
            using var process = Tool.Start(place.Words);
            int exitCode = KillWhile(process, signal, place, random);
            string outcome = $"{(signal == Kill ? "SIGKILL" : signal == Interrupt ? "SIGINT" : "SIGTERM")}: exit {exitCode}, {place.Left.Length} left";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            // What the end takes away is no error of the run: never 3.
            Assert.Contains(exitCode, new[] { 0, 1, 128 + Kill, ExitCodes.Interrupted, 128 + signal });
            string? wrong = place.Judge(isThere);
            Assert.True(wrong is null, $"{outcome}: {wrong}");
        }
        foreach (var (outcome, times) in outcomes)
            output.WriteLine($"{KillBench.Lines[bench].New}: {outcome}: {times}");
    }

    /// <summary>A signal at the n-th call that changes a name or makes bytes lasting.</summary>
    [Theory]
    [MemberData(nameof(Benches))]
    public void Output_OfARunThatIsKilledWhereNamesChange_IsTheOldOneOrTheNewOne(int bench)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Wanted is not null && File.Exists("/usr/bin/strace"), "set BEKENIMAGE_KILLS; needs strace");
        using var place = new KillBench(bench);
        int runs = 0;
        foreach (string call in new[] { "renameat2", "rename", "link", "rmdir", "mkdir", "fsync" })
        {
            foreach (int signal in Signals)
            {
                for (int when = 1; when <= 2; when++)
                {
                    place.Reset(isThere: true);
                    using var process = Process.Start(new ProcessStartInfo("/usr/bin/strace",
                    [
                        "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e",
                        string.Create(CultureInfo.InvariantCulture, $"inject={call}:signal={signal}:when={when}"), "dotnet", "exec", Tool.Program, .. place.Words,
                    ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                    process.OutputDataReceived += (_, _) => { };
                    process.ErrorDataReceived += (_, _) => { };
                    process.BeginOutputReadLine();
                    process.BeginErrorReadLine();
                    Assert.True(process.WaitForExit(120_000), $"{call} {signal} {when}: it waits for ever");
                    string? wrong = place.Judge(wasThere: true);
                    Assert.True(wrong is null, $"signal {signal} at {call} {when}: {wrong}");
                    runs++;
                }
            }
        }
        output.WriteLine($"{KillBench.Lines[bench].New}: {runs} runs");
    }

    // When its temporary name appears, or after a while of its start-up.
    private static int KillWhile(Process process, int signal, KillBench place, Random random)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        bool waitsForName = random.Next(4) > 0;
        var watch = Stopwatch.StartNew();
        int patience = random.Next(50, 500);
        while (!process.HasExited && (waitsForName ? place.Left.Length == 0 : watch.ElapsedMilliseconds < patience))
            Thread.Yield();
        Thread.SpinWait(random.Next(200_000));
        if (!process.HasExited)
            Send(process.Id, signal);
        Assert.True(process.WaitForExit(120_000), "it waits for ever");
        Task.WaitAll(output, error);
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Send(int process, int signal);
}

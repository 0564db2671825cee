using System.Diagnostics;
using System.Globalization;

namespace BekenImage.Mutation;

/// <summary>A worker process, seen from outside: started again where a mutant has ended it.</summary>
internal sealed class TestHost : IDisposable
{
    private const string MemoryLimit = "0x60000000";

    private readonly Process _process;
    private readonly TimeSpan _patience;

    private TestHost(Process process, TimeSpan patience) => (_process, _patience) = (process, patience);

    /// <summary>How many tests there are; zero where the process did not come up.</summary>
    public int Tests { get; private set; }

    /// <summary>What was reached while the tests were gathered: rows of a theory may come out of the code itself.</summary>
    public int[] Gathered { get; private set; } = [];

    public string? Trouble { get; private set; }

    public static TestHost Start(string testAssembly, Area area, TimeSpan patience, int mutant = -1)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(testAssembly)!,
        };
        foreach (string argument in (string[])["exec", Environment.ProcessPath is { } self && !self.EndsWith("dotnet", StringComparison.Ordinal)
            ? Path.ChangeExtension(self, null) + ".dll" : typeof(TestHost).Assembly.Location, "worker", testAssembly, area.Project, .. area.Classes])
            start.ArgumentList.Add(argument);
        start.Environment["BEKENIMAGE_MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture);
        start.Environment["BEKENIMAGE_CORPUS"] = "/nonexistent";
        start.Environment["BEKENIMAGE_VECTORS"] = "/nonexistent";
        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var host = new TestHost(process, patience);
        string? answer = host.Read();
        if (answer?.Split('\t') is [var ready, var reached] && ready.StartsWith("ready ", StringComparison.Ordinal))
        {
            host.Tests = int.Parse(ready[6..], CultureInfo.InvariantCulture);
            host.Gathered = Numbers(reached);
        }
        else
        {
            host.Trouble = answer ?? "the process ended";
        }
        return host;
    }

    /// <summary>Numbers of mutants, as a worker writes them.</summary>
    public static int[] Numbers(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>Asks; null where the process ended or did not answer.</summary>
    public string? Ask(string request)
    {
        try
        {
            _process.StandardInput.WriteLine(request);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }
        return Read();
    }

    private string? Read()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(_patience) ? line.Result : null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

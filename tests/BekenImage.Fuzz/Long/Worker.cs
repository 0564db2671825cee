using System.Diagnostics;
using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Targets;

namespace BekenImage.Fuzz.Long;

/// <summary>Runs one target for its time, in a process that loaded the instrumented assemblies.</summary>
internal static class Worker
{
    /// <summary>Exit codes from here on are no counts of findings.</summary>
    public const int Died = 99;

    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(120);

    public static int Run(LongOptions options)
    {
        var target = FuzzTargets.Find(options.Targets[0]);
        var place = new FuzzFolder(options.Folder, target.Name);
        long started = 0;
        using var fuzzer = new Fuzzer(target, options.Seed, place.Current)
        {
            TimeLimit = TimeSpan.FromSeconds(5), Started = at => Volatile.Write(ref started, at),
        };
        using var watch = new Timer(_ =>
        {
            if (Volatile.Read(ref started) is var at and > 0 && Stopwatch.GetElapsedTime(at) > Endless)
                Environment.Exit(Died + 1);
        }, null, Endless, TimeSpan.FromSeconds(5));
        var time = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        fuzzer.Load(place.Load());
        fuzzer.Run(() => time.Elapsed.TotalMinutes < options.Minutes || fuzzer.Executions < options.Executions);
        place.Save(fuzzer.Corpus);
        Console.WriteLine(new WorkerReport(target.Name, fuzzer, time.Elapsed, Environment.CpuUsage.TotalTime - cpu));
        foreach (var fault in fuzzer.Faults)
            Console.WriteLine($"  {fault.Signature}: {place.Keep(fault.Input, fault.Id, fault.Exception.ToString())}");
        return Math.Min(fuzzer.Faults.Count, Died - 1);
    }
}

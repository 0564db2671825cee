using System.Globalization;
using BekenImage.Fuzz.Engine;

namespace BekenImage.Fuzz.Long;

/// <summary>One row of the table the long run prints.</summary>
internal sealed record WorkerReport(string Target, Fuzzer Fuzzer, TimeSpan Time, TimeSpan Cpu)
{
    public const string Heading = """
        | target | executions | per second | per CPU second | edges | corpus | slowest, ms CPU | findings |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Target} | {Fuzzer.Executions:N0} | {Fuzzer.Executions / Time.TotalSeconds:N0} | {Fuzzer.Executions / Cpu.TotalSeconds:N0} | {Fuzzer.Edges:N0} | {Fuzzer.Corpus.Count:N0} | {Fuzzer.Slowest.TotalMilliseconds:N0} | {Fuzzer.Faults.Count} |");
}

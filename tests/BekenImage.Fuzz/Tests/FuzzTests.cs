using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Targets;

namespace BekenImage.Fuzz.Tests;

/// <summary>A short run of each target: the same inputs every time, without coverage. The long run is in docs/fuzzing.md.</summary>
public class FuzzTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ChangedInputs_OfATarget_KeepAllPromises(string name)
    {
        var target = FuzzTargets.Find(name);
        using var fuzzer = new Fuzzer(target, seed: 1);
        fuzzer.Load([]);
        fuzzer.Run(() => fuzzer.Executions < target.ShortRuns);
        Assert.True(fuzzer.Faults.Count == 0, string.Join("\n", fuzzer.Faults.Select(fault => $"{fault.Signature}: {Convert.ToBase64String(fault.Input)}\n{fault.Exception}")));
    }
}

using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Targets;

namespace BekenImage.Fuzz.Tests;

/// <summary>
/// Every input that ever failed, made small and put into Regressions/TARGET/ (with <c>-</c> for <c>/</c>), is run by its target again. All were
/// made by the fuzzer from synthetic seeds.
/// </summary>
public class RegressionTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Regressions");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.bin", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void InputThatFailedOnce_KeepsAllPromises(string file)
    {
        string folder = file.Split('/')[0];
        var target = Assert.Single(FuzzTargets.All, target => target.Name.Replace('/', '-') == folder);
        using var fuzzer = new Fuzzer(target, seed: 1);
        byte[] input = File.ReadAllBytes(Path.Combine(Folder, file));
        fuzzer.Try(input);
        fuzzer.Try(input);
        Assert.True(fuzzer.Faults.Count == 0, string.Join("\n", fuzzer.Faults.Select(fault => $"{fault.Signature}\n{fault.Exception}")));
    }
}

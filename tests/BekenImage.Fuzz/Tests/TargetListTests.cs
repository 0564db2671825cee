using System.Reflection;
using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Targets;

namespace BekenImage.Fuzz.Tests;

/// <summary>No reader is left out.</summary>
public class TargetListTests
{
    private static readonly string[] Verbs = ["TryRead", "TryParse", "Read", "Parse", "Find", "FindAll", "TryReadText", "TryReadOtp", "Recover", "Pack", "Write", "Create"];

    [Fact]
    public void EveryPublicReaderAndWriterOfAFormat_HasATarget()
    {
        var covered = FuzzTargets.All.SelectMany(target => target.Covers).ToHashSet();
        var missing = new[] { typeof(FlashImage).Assembly, typeof(Crypto.BekenKey).Assembly }.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.Namespace!.StartsWith("BekenImage.Formats", StringComparison.Ordinal) || type.Namespace == "BekenImage.Crypto")
            .Where(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Any(TakesContent))
            .Where(type => !covered.Contains(type));
        Assert.Empty(missing);
    }

    [Fact]
    public void Names_AreEachUsedOnce() => Assert.Equal(FuzzTargets.All.Count, FuzzTargets.All.Select(target => target.Name).Distinct().Count());

    [Fact]
    public void EverySeed_IsTakenByItsTarget_AndSealingItChangesNothingItPromises()
    {
        foreach (var target in FuzzTargets.All.Where(target => !target.Name.StartsWith("image/", StringComparison.Ordinal)))
        {
            Assert.NotEmpty(target.Seeds);
            foreach (byte[] seed in target.Seeds)
            {
                Assert.True(seed.Length <= target.MaximumLength, target.Name);
                byte[] sealedAgain = (byte[])seed.Clone();
                target.Seal(sealedAgain);
                target.Run(sealedAgain);
            }
        }
    }

    private static bool TakesContent(MethodInfo method) => Verbs.Contains(method.Name) && method.GetParameters() is [var first, ..] &&
        (first.ParameterType == typeof(ReadOnlyMemory<byte>) || first.ParameterType == typeof(ReadOnlySpan<byte>) || first.ParameterType == typeof(byte[]) ||
         first.ParameterType == typeof(string));
}

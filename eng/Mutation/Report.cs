namespace BekenImage.Mutation;

/// <summary>What an area's run gave: the survivors, each on a line, and the score.</summary>
internal static class Report
{
    public static bool Print(Area area, IReadOnlyList<Outcome> outcomes, int noticedBefore, int tests, TimeSpan elapsed)
    {
        int Count(Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
        foreach (var outcome in outcomes.Where(outcome => outcome.Verdict is Verdict.Survived or Verdict.NotReached))
            Console.WriteLine($"{outcome.Verdict}\t{outcome.Mutant.File}:{outcome.Mutant.Line}\t{outcome.Mutant.Words}");
        foreach (var unused in area.Equivalents.Where(one => !outcomes.Any(outcome => one.Is(outcome.Mutant))))
            Console.WriteLine($"Listed as equivalent, and not there\t{unused.File}\t{unused.Mutant}");
        int counted = noticedBefore + outcomes.Count - Count(Verdict.Equivalent);
        int noticed = noticedBefore + Count(Verdict.Killed) + Count(Verdict.Stopped);
        double score = counted == 0 ? 0 : 100.0 * noticed / counted;
        Console.WriteLine(FormattableString.Invariant(
            $"{area.Name}: {score:0.0} % ({noticed} of {counted}; {Count(Verdict.Stopped)} by stopping; {Count(Verdict.Survived)} survived, {Count(Verdict.NotReached)} not reached, {Count(Verdict.Equivalent)} equivalent), {tests} tests, {elapsed.TotalSeconds:0} s; to hold: {area.Hold:0} %"));
        return score >= area.Hold;
    }
}

namespace BekenImage.Planning;

/// <summary>Puts sectors together to steps, and the steps in order.</summary>
internal static class StepOrder
{
    /// <param name="sectors">Those that change, in physical order.</param>
    /// <param name="starts">Where programs begin: the sectors with their vectors go first and come last.</param>
    public static List<StepDraft> Make(IReadOnlyList<PlannedSector> sectors, IReadOnlyCollection<long> starts)
    {
        var steps = new List<StepDraft>();
        foreach (var phase in sectors.GroupBy(sector => sector.Phase).OrderBy(group => group.Key))
        {
            bool isProgram = phase.Key is PlanPhase.Programs or PlanPhase.Bootloader or PlanPhase.LostBootloader;
            // Elsewhere what is erased is written at once: what a sector holds is gone for as short as possible.
            foreach (var run in isProgram ? [phase.ToArray()] : Runs(phase))
            {
                var erased = Join(run.Where(sector => sector.NeedsErase), FlashStepAction.Erase, phase.Key);
                steps.AddRange(erased.OrderByDescending(step => HoldsStart(step.Range)));
                // The vectors' sector is a step of its own: a write that began with it and were cut would leave a program that starts and has no end.
                var written = run.Where(sector => sector.NeedsWrite).ToLookup(sector => HoldsStart(sector.Range));
                steps.AddRange(Join(written[false], FlashStepAction.Write, phase.Key));
                steps.AddRange(Join(written[true], FlashStepAction.Write, phase.Key));
            }
        }
        return steps;

        bool HoldsStart(FlashRange range) => starts.Any(range.Contains);
    }

    private static IEnumerable<PlannedSector[]> Runs(IEnumerable<PlannedSector> sectors)
    {
        var run = new List<PlannedSector>();
        foreach (var sector in sectors)
        {
            if (run.Count > 0 && run[run.Count - 1].Range.End != sector.Range.Start)
            {
                yield return run.ToArray();
                run.Clear();
            }
            run.Add(sector);
        }
        if (run.Count > 0)
            yield return run.ToArray();
    }

    private static IEnumerable<StepDraft> Join(IEnumerable<PlannedSector> sectors, FlashStepAction action, PlanPhase phase) =>
        Runs(sectors).Select(run => new StepDraft(action, FlashRange.FromBounds(run[0].Range.Start, run[run.Length - 1].Range.End), phase)).ToArray();
}

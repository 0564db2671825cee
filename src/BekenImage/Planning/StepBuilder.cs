namespace BekenImage.Planning;

/// <summary>Carries the steps out in memory, one after the other, and says of each what it leaves.</summary>
internal sealed class StepBuilder(PlanInputs inputs, PlannedResult result, PlanStates states, SectorSorter names, int sectorSize)
{
    public List<FlashStep> Build(IReadOnlyCollection<StepDraft> drafts)
    {
        byte[] flash = (byte[])inputs.Before.Clone();
        var state = states.Before;
        var steps = new List<FlashStep>();
        foreach (var draft in drafts)
        {
            ReadOnlyMemory<byte> bytes = draft.Action == FlashStepAction.Write ? draft.Range.Of(result.After) : default;
            FlashSimulator.Run(flash, draft.Action, draft.Range, bytes.Span);
            bool isDecided = states.IsDecidedBy(draft.Range);
            var next = isDecided ? states.Of(flash) : state;
            steps.Add(new FlashStep(
                draft.Action, draft.Range, bytes, Crc32.ComputeRom(draft.Range.Of(flash).Span), SourceOf(draft), names.Names(draft.Range), draft.Reason,
                next, Worst(draft, isDecided, state, next)) { Disarmed = DisarmedBy(draft, drafts) });
            state = next;
        }
        return steps;
    }

    // Sector by sector neither the old nor the new program is there.
    private static StoppedState Worst(StepDraft draft, bool isDecided, StoppedState before, StoppedState after)
    {
        var within = draft.IsOfBootloader ? StoppedState.NeedsBootloader
            : draft.IsOfPrograms || isDecided ? StoppedState.Recoverable : StoppedState.Boots;
        return (StoppedState)Math.Min((int)within, Math.Min((int)before, (int)after));
    }

    // Of a program the sectors it is started by. Where those stay, nothing less than all of it does, nor of a staged update.
    private FlashRange DisarmedBy(StepDraft draft, IReadOnlyCollection<StepDraft> drafts)
    {
        bool isProgram = draft.IsOfPrograms || draft.IsOfBootloader;
        if (draft.Action != FlashStepAction.Erase || !isProgram && draft.Phase != PlanPhase.StagedUpdate)
            return default;
        var starts = states.Starts.Where(start => result.Protected.Any(range => range.Contains(start)) == draft.IsOfBootloader);
        if (!isProgram || starts.Any(start => !drafts.Any(other => other.Phase == draft.Phase && other.Range.Contains(start))))
            return draft.Range;
        long[] first = starts.Where(draft.Range.Contains).Select(start => start / sectorSize * sectorSize).OrderBy(start => start).ToArray();
        return first.Length == 0 ? default : FlashRange.FromBounds(first[0], first[first.Length - 1] + sectorSize);
    }

    private long? SourceOf(StepDraft draft) =>
        draft.Action == FlashStepAction.Write && inputs.Covered.Contains(draft.Range) ? draft.Range.Start - inputs.Covered.Start : null;
}

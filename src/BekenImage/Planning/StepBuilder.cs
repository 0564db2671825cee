namespace BekenImage.Planning;

/// <summary>Carries the steps out in memory, one after the other, and says of each what it leaves.</summary>
internal sealed class StepBuilder(PlanInputs inputs, PlannedResult result, PlanStates states, SectorSorter names)
{
    public List<FlashStep> Build(IEnumerable<StepDraft> drafts)
    {
        byte[] flash = (byte[])inputs.Before.Clone();
        var state = states.Before;
        var steps = new List<FlashStep>();
        foreach (var draft in drafts)
        {
            ReadOnlyMemory<byte> bytes = draft.Action == FlashStepAction.Write ? draft.Range.Of(result.After) : default;
            FlashSimulator.Run(flash, draft.Action, draft.Range, bytes.Span);
            // Data decides neither whether the device boots nor whether a flasher reaches it.
            var next = draft.IsOfPrograms || draft.IsOfBootloader ? states.Of(flash) : state;
            steps.Add(new FlashStep(
                draft.Action, draft.Range, bytes, Crc32.ComputeRom(draft.Range.Of(flash).Span), SourceOf(draft), names.Names(draft.Range), draft.Reason,
                next, Worst(draft, state, next)));
            state = next;
        }
        return steps;
    }

    // Sector by sector neither the old nor the new program is there.
    private static StoppedState Worst(StepDraft draft, StoppedState before, StoppedState after)
    {
        var within = draft.IsOfBootloader ? StoppedState.NeedsBootloader : draft.IsOfPrograms ? StoppedState.Recoverable : StoppedState.Boots;
        return (StoppedState)Math.Min((int)within, Math.Min((int)before, (int)after));
    }

    private long? SourceOf(StepDraft draft) =>
        draft.Action == FlashStepAction.Write && inputs.Covered.Contains(draft.Range) ? draft.Range.Start - inputs.Covered.Start : null;
}

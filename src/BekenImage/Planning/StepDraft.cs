namespace BekenImage.Planning;

/// <summary>A step before it is known what it leaves.</summary>
internal sealed class StepDraft(FlashStepAction action, FlashRange range, PlanPhase phase)
{
    public FlashStepAction Action { get; } = action;

    public FlashRange Range { get; } = range;

    public PlanPhase Phase { get; } = phase;

    public bool IsOfPrograms => Phase == PlanPhase.Programs;

    public bool IsOfBootloader => Phase is PlanPhase.Bootloader or PlanPhase.LostBootloader;

    public string Reason => (Phase, Action) switch
    {
        (PlanPhase.LostBootloader, FlashStepAction.Erase) => "what stands in the bootloader's place goes first: without a bootloader the device cannot be recovered",
        (PlanPhase.LostBootloader, _) => "the target's bootloader comes first: from then on the device can be recovered",
        (PlanPhase.Calibration, FlashStepAction.Erase) => "room for the calibration, which still is where it was",
        (PlanPhase.Calibration, _) => "the calibration, before anything it lies in now is erased",
        (PlanPhase.CalibrationInPlace, FlashStepAction.Erase) => "the calibration changes in its place",
        (PlanPhase.CalibrationInPlace, _) => "the calibration is written at once",
        (PlanPhase.StagedUpdate, _) => "what is staged for an update goes before the app does: a bootloader could install it over the new one",
        (PlanPhase.Programs, FlashStepAction.Erase) => "the old program goes as a whole, so that no mixture of two can start",
        (PlanPhase.Programs, _) => "the target's program; the vectors it is started by come last",
        (PlanPhase.Data, FlashStepAction.Erase) => "the target holds something else there",
        (PlanPhase.Data, _) => "what the target holds there",
        (PlanPhase.LeftOver, _) => "blank in the target; what lies there was of use to the old program only",
        (_, FlashStepAction.Erase) => "the bootloader, as asked, comes last: until now the old one took downloads",
        _ => "the target's bootloader, as asked",
    };
}

using BekenImage.IO;

namespace BekenImage.Planning;

/// <summary>A sector that changes: what that takes, and when.</summary>
internal sealed class PlannedSector(FlashRange range, PlanPhase phase, bool needsErase, bool needsWrite)
{
    public FlashRange Range { get; } = range;

    public PlanPhase Phase { get; } = phase;

    /// <summary>
    /// False only for one that is blank: flash could also clear single bits of another, but programming what is not erased is beyond what
    /// flash chips promise for every byte, and beyond what flashing tools do.
    /// </summary>
    public bool NeedsErase { get; } = needsErase;

    /// <summary>False for one that is to be blank.</summary>
    public bool NeedsWrite { get; } = needsWrite;

    /// <summary>What lies staged for an update goes early, and what takes its place, another update perhaps, comes late.</summary>
    public IEnumerable<PlannedSector> Split() => this is { Phase: PlanPhase.StagedUpdate, NeedsErase: true, NeedsWrite: true }
        ? [new PlannedSector(Range, Phase, needsErase: true, needsWrite: false), new PlannedSector(Range, PlanPhase.Data, needsErase: false, needsWrite: true)]
        : [this];

    public static PlannedSector Of(FlashRange range, PlanPhase phase, byte[] before, byte[] after) => new(
        range, phase, !ByteRuns.IsErased(before.AsSpan((int)range.Start, (int)range.Length)),
        !ByteRuns.IsErased(after.AsSpan((int)range.Start, (int)range.Length)));
}

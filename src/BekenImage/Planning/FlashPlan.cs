using BekenImage.Crypto;

namespace BekenImage;

/// <summary>
/// What to erase and to write, in this order, so that a device holds an image. Each sector is erased once at most and written once at most;
/// what is the same is left alone. Immutable.
/// </summary>
public sealed class FlashPlan
{
    internal FlashPlan(
        ReadOnlyMemory<byte> result, int sectorSize, IReadOnlyList<FlashStep> steps, IReadOnlyList<KeptRange> kept, StoppedState before,
        IReadOnlyList<Finding> findings)
    {
        Result = result;
        SectorSize = sectorSize;
        Steps = steps;
        Kept = kept;
        Before = before;
        Findings = findings;
    }

    /// <summary>Length of the flash.</summary>
    public long FlashSize => Result.Length;

    /// <summary>What is erased at once; offsets and lengths of all steps are multiples of it.</summary>
    public int SectorSize { get; }

    /// <summary>The steps. Those that erase do not overlap, those that write do not either; a sector that is not erased yet is erased before it is written.</summary>
    public IReadOnlyList<FlashStep> Steps { get; }

    /// <summary>What no step touches, in physical order.</summary>
    public IReadOnlyList<KeptRange> Kept { get; }

    /// <summary>What the device is before the first step.</summary>
    public StoppedState Before { get; }

    /// <summary>What is to be said.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>What the flash holds after the last step.</summary>
    public ReadOnlyMemory<byte> Result { get; }

    /// <summary>Bytes that are erased.</summary>
    public long ErasedBytes => Steps.Where(step => step.Action == FlashStepAction.Erase).Sum(step => step.Length);

    /// <summary>Bytes that are written.</summary>
    public long WrittenBytes => Steps.Where(step => step.Action == FlashStepAction.Write).Sum(step => step.Length);

    /// <summary>The device's chip, which tools are told.</summary>
    internal BekenChip Chip { get; init; }

    /// <summary>The key it runs with; null where it is not known.</summary>
    internal BekenKey? Key { get; init; }

    /// <summary>The same, read.</summary>
    public FlashImage Image { get; internal init; } = null!;

    /// <summary>Carries the plan out on a copy, as flash does: erasing sets every bit, writing can only clear some.</summary>
    /// <param name="current">What the flash holds, from physical 0 on; a blank chip is 0xFF throughout.</param>
    /// <exception cref="ArgumentException">It is not as long as the flash.</exception>
    public byte[] Apply(byte[] current) => Apply(current, Steps.Count);

    /// <summary>Carries out the first steps on a copy: what the flash holds if the plan stops there.</summary>
    /// <param name="current">What the flash holds, from physical 0 on; a blank chip is 0xFF throughout.</param>
    /// <param name="steps">How many steps.</param>
    /// <exception cref="ArgumentException">It is not as long as the flash, or there are fewer steps.</exception>
    public byte[] Apply(byte[] current, int steps)
    {
        if (current is null)
            throw new ArgumentNullException(nameof(current));
        if (current.Length != FlashSize)
            throw new ArgumentException(FormattableString.Invariant($"The flash has 0x{FlashSize:x} bytes."), nameof(current));
        if (steps < 0 || steps > Steps.Count)
            throw new ArgumentOutOfRangeException(nameof(steps));
        byte[] flash = (byte[])current.Clone();
        foreach (var step in Steps.Take(steps))
            Planning.FlashSimulator.Run(flash, step);
        return flash;
    }
}

namespace BekenImage;

/// <summary>One step of a <see cref="FlashPlan"/>. Immutable.</summary>
public sealed class FlashStep
{
    internal FlashStep(
        FlashStepAction action, FlashRange range, ReadOnlyMemory<byte> bytes, uint crc32, long? sourceOffset, IReadOnlyList<string> areas, string reason,
        StoppedState ifStopped, StoppedState whileRunning)
    {
        Action = action;
        Range = range;
        Bytes = bytes;
        Crc32 = crc32;
        SourceOffset = sourceOffset;
        Areas = areas;
        Reason = reason;
        IfStopped = ifStopped;
        WhileRunning = whileRunning;
    }

    /// <summary>Erase or write.</summary>
    public FlashStepAction Action { get; }

    /// <summary>Where: whole sectors.</summary>
    public FlashRange Range { get; }

    /// <summary>First byte; physical.</summary>
    public long Offset => Range.Start;

    /// <summary>Number of bytes.</summary>
    public long Length => Range.Length;

    /// <summary>What is written, as many bytes as <see cref="Length"/>; empty for a step that erases.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// CRC-32 of the range as it is after the step, as the chip's ROM reports it to a flasher (<see cref="BekenImage.Crc32.ComputeRom(byte[])"/>).
    /// </summary>
    public uint Crc32 { get; }

    /// <summary>Offset of the bytes in the image the plan leads to, un-rotated; null for erasing, and where some of them are the device's own.</summary>
    public long? SourceOffset { get; }

    /// <summary>Names of what lies there before or afterwards.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>Why it is done, and why now.</summary>
    public string Reason { get; }

    /// <summary>What the device is if nothing follows this step.</summary>
    public StoppedState IfStopped { get; }

    /// <summary>The worst the device may be while the step is under way; the step begins from what the one before left.</summary>
    public StoppedState WhileRunning { get; }

    /// <summary>What an erase takes away so that nothing starts or is installed from it until it is written again; empty for other steps.</summary>
    internal FlashRange Disarmed { get; init; }

    /// <summary>Action, range and areas.</summary>
    public override string ToString() => $"{Action} {Range} {string.Join(", ", Areas)}".TrimEnd();
}

namespace BekenImage;

/// <summary>Where a program that was run could not go on, and why. Immutable.</summary>
public sealed class BootFault
{
    internal BootFault(string message, long address, long programCounter, string? nearestText, IReadOnlyList<uint> registers, uint status)
    {
        Message = message;
        Address = address;
        ProgramCounter = programCounter;
        NearestText = nearestText;
        Registers = registers;
        Status = status;
    }

    /// <summary>What happened.</summary>
    public string Message { get; }

    /// <summary>The address it is about: logical in the flash, else as the processor sees it.</summary>
    public long Address { get; }

    /// <summary>The address of the instruction that was to be run.</summary>
    public long ProgramCounter { get; }

    /// <summary>
    /// The text of the program that lies nearest to that instruction, which often tells what it was at; null where there is none. Text
    /// from an image: escape it before showing.
    /// </summary>
    public string? NearestText { get; }

    /// <summary>R0 to R15.</summary>
    public IReadOnlyList<uint> Registers { get; }

    /// <summary>The program status register.</summary>
    public uint Status { get; }

    /// <summary>What happened, and where.</summary>
    public override string ToString() => FormattableString.Invariant($"{Message} (program counter 0x{ProgramCounter:x8})");
}

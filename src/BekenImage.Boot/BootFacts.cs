namespace BekenImage.Boot;

/// <summary>What a run came to, before anybody judges it.</summary>
internal sealed class BootFacts
{
    public BootStop Stop { get; init; }

    public BootFault? Fault { get; init; }

    public byte[] Log { get; init; } = [];

    public int LogBeforeJump { get; init; }

    public long? Jumped { get; init; }

    public long Steps { get; init; }

    public long? StepsToJump { get; init; }

    public long ProgramCounter { get; init; }
}

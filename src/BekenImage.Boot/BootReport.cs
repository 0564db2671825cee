using BekenImage.Boot;

namespace BekenImage;

/// <summary>What a device's own bootloader did with an image: its words, where it jumped, the flash as it left it. Immutable.</summary>
public sealed class BootReport
{
    private readonly byte[] _log;
    private readonly Lazy<IReadOnlyList<string>> _lines;
    private readonly Lazy<string> _text;

    internal BootReport(byte[] log, byte[] flash)
    {
        _log = log;
        Flash = flash;
        _text = new Lazy<string>(() => BootText.Read(_log));
        _lines = new Lazy<IReadOnlyList<string>>(() => BootText.Lines(_text.Value));
    }

    /// <summary>
    /// The loader's version, such as <c>BK7231n_1.0.8</c>; where it prints none, when it was built; null where it says neither.
    /// </summary>
    public string? Loader { get; internal init; }

    /// <summary>
    /// Whether it takes the application: true when it jumped to one and did not say that it does not fit, false when it said so, or
    /// jumped to what is no program. Null when it never got there. Most loaders do not look at the application before they start it:
    /// <see cref="Judgement"/>.
    /// </summary>
    public bool? Accepted { get; internal init; }

    /// <summary>What it said of the application.</summary>
    public BootJudgement Judgement { get; internal init; }

    /// <summary>The line it said that in; null where it said nothing. Text from an image: escape it before showing.</summary>
    public string? JudgementLine { get; internal init; }

    /// <summary>The logical address it jumped to; null when it did not.</summary>
    public long? Jumped { get; internal init; }

    /// <summary>How many bytes of <see cref="LogBytes"/> were printed before the jump; all of them where there was none.</summary>
    public int LogBytesBeforeJump { get; internal init; }

    /// <summary>True when it installed the update package that was staged in the image.</summary>
    public bool InstalledUpdate { get; internal init; }

    /// <summary>How many instructions were run.</summary>
    public long Steps { get; internal init; }

    /// <summary>How many until the jump; null when there was none.</summary>
    public long? StepsToJump { get; internal init; }

    /// <summary>Where the processor was when the run ended: the address of the next instruction.</summary>
    public long ProgramCounter { get; internal init; }

    /// <summary>True when it had to end before its end: the steps that were given are used up, which says nothing of the image.</summary>
    internal bool IsCutShort { get; init; }

    /// <summary>True when it was followed into the app.</summary>
    internal bool RanApp => Jumped is not null && Stopped != BootStop.Jumped;

    /// <summary>Why the run ended.</summary>
    public BootStop Stopped { get; internal init; }

    /// <summary>Where it could not go on; null where it could.</summary>
    public BootFault? Fault { get; internal init; }

    /// <summary>How many times the flash was programmed or erased.</summary>
    public int FlashWrites { get; internal init; }

    /// <summary>What was seen that matters.</summary>
    public IReadOnlyList<Finding> Findings { get; internal init; } = [];

    /// <summary>What came of it, in one sentence. Holds text from the image: escape it before showing.</summary>
    public string Verdict { get; internal init; } = string.Empty;

    /// <summary>What the device printed on the UART of its log, byte for byte.</summary>
    public ReadOnlyMemory<byte> LogBytes => _log;

    /// <summary>The same as text: UTF-8 where it is, else a character for each byte.</summary>
    public string LogText => _text.Value;

    /// <summary>The same by lines, without their ends. Text from an image: escape it before showing.</summary>
    public IReadOnlyList<string> Log => _lines.Value;

    /// <summary>The whole flash as it is afterwards, from physical 0.</summary>
    public ReadOnlyMemory<byte> Flash { get; }

    /// <summary>
    /// What the bootloader printed, by lines, without what the app printed and without colours. Text from an image: escape it before
    /// showing.
    /// </summary>
    public IReadOnlyList<string> LoaderLines => BootText.Lines(BootText.Read(_log.AsSpan(0, LogBytesBeforeJump).ToArray()))
        .Select(BootText.WithoutColours).ToArray();

    /// <summary>True when the device printed a text.</summary>
    /// <param name="text">The text, without line ends.</param>
    public bool Printed(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        return BootText.Contains(LogText, text);
    }

    /// <summary>The verdict.</summary>
    public override string ToString() => Verdict;
}

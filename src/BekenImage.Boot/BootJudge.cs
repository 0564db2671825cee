using BekenImage.Boot.Device;
using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage.Boot;

/// <summary>
/// Judges a run: what the loader said of the app, whether there is one where it went, whether the staged update is installed. The words
/// are made in <see cref="BootVerdict"/> and <see cref="BootFindings"/>.
/// </summary>
internal sealed class BootJudge
{
    private readonly BootSubject _subject;

    public BootJudge(BootSubject subject, BootOptions options, DeviceBus bus, BootFacts facts)
    {
        _subject = subject;
        Options = options;
        Bus = bus;
        Facts = facts;
        Flash = bus.Flash.Bytes.ToArray();
        Lines = BootText.Lines(BootText.Read(facts.Log.AsSpan(0, facts.LogBeforeJump).ToArray()));
        Loader = subject.Image.BootVersion ?? LoaderWords.BuildIn(Lines);
        (Judgement, JudgementLine) = LoaderWords.JudgementIn(Lines);
        IsInstalled = facts.Jumped is not null && new StagedUpdate(subject).IsInstalled(Flash);
        NoProgram = facts.Jumped is { } target ? WhyNoProgram((uint)target) : null;
        Unfit = facts.Jumped is not null && NoProgram is null ? WhyUnfit() : null;
    }

    public BootOptions Options { get; }

    public DeviceBus Bus { get; }

    public BootFacts Facts { get; }

    /// <summary>The flash as it is afterwards.</summary>
    public byte[] Flash { get; }

    /// <summary>What was printed before the jump.</summary>
    public IReadOnlyList<string> Lines { get; }

    public string? Loader { get; }

    public BootJudgement Judgement { get; }

    public string? JudgementLine { get; }

    /// <summary>The package that was staged before.</summary>
    public bool HasStaged => _subject.Image.UpdatePackage is not null;

    public bool IsInstalled { get; }

    /// <summary>Why there is no program where the loader jumped to; null where there is one, or it did not jump.</summary>
    public string? NoProgram { get; }

    /// <summary>What the loader did not look at: why the app it starts is none of this device, or broken; null where it is sound.</summary>
    public VerifyCheck? Unfit { get; }

    public bool? Accepted => Judgement == BootJudgement.Refused || NoProgram is not null ? false : Facts.Jumped is null ? null : true;

    public BootReport Report() => new(Facts.Log, Flash)
    {
        Loader = Loader,
        Accepted = Accepted,
        Judgement = Judgement,
        JudgementLine = JudgementLine,
        Jumped = Facts.Jumped,
        LogBytesBeforeJump = Facts.LogBeforeJump,
        InstalledUpdate = IsInstalled,
        Steps = Facts.Steps,
        StepsToJump = Facts.StepsToJump,
        ProgramCounter = Facts.ProgramCounter,
        Stopped = Facts.Stop,
        Fault = Facts.Fault,
        IsCutShort = Options.Steps is not null && Facts is { Stop: BootStop.Steps, Jumped: null },
        FlashWrites = Bus.Flash.Writes,
        Findings = BootFindings.Of(this),
        Verdict = BootVerdict.Of(this),
    };

    // The first pages of the app as the processor sees them: is there what a program begins with?
    private string? WhyNoProgram(uint target)
    {
        const int pages = (ArmVectors.Size + FlashPages.DataSize - 1) / FlashPages.DataSize;
        int first = (int)(target / FlashPages.DataSize);
        uint start = target & ~(FlashPages.DataSize - 1u);
        if (start + pages * FlashPages.DataSize > Bus.Window.Length)
            return "the flash ends there";
        var plain = new byte[pages * FlashPages.DataSize];
        var scan = FlashPages.Decode(
            Flash.AsSpan(first * FlashPages.PageSize, pages * FlashPages.PageSize), plain, Bus.Window.Key, start);
        return scan.Erased > 0 ? "the flash is erased there"
            : scan.Bad > 0 ? "the CRC of its first page is wrong"
            : ArmVectors.Match(plain) ? null : $"under the device's key, {Name(Bus.Window.Key)}, there are no ARM vectors";
    }

    // By the rules of verify, of the image as the loader leaves it. A read without page CRCs has no page that could be wrong.
    private VerifyCheck? WhyUnfit()
    {
        var image = IsInstalled ? FlashImage.Parse(Flash, _subject.Image.Options) : _subject.Image;
        return image.Programs.Bootloader is { IsStriped: true }
            ? ImageVerifier.ChecksOfApp(image).FirstOrDefault(check => check.Status == CheckStatus.Fail) : null;
    }

    private static string Name(BekenKey key) => key.Name ?? key.ToString();
}

using BekenImage.Boot.Device;
using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage.Boot;

/// <summary>Makes an answer of a run: what the loader said, where it went, what became of the flash.</summary>
internal sealed class BootJudge(BootSubject subject, BootOptions options, DeviceBus bus)
{
    private readonly List<Finding> _findings = [];

    public BootStop Stop { get; init; }

    public BootFault? Fault { get; init; }

    public byte[] Log { get; init; } = [];

    public int LogBeforeJump { get; init; }

    public long? Jumped { get; init; }

    public long Steps { get; init; }

    public long ProgramCounter { get; init; }

    public long? StepsToJump { get; init; }

    public BootReport Report()
    {
        var lines = BootText.Lines(BootText.Read(Log.AsSpan(0, LogBeforeJump).ToArray()));
        byte[] flash = bus.Flash.Bytes.ToArray();
        string? loader = subject.Image.BootVersion ?? LoaderWords.BuildIn(lines);
        var (judgement, line) = LoaderWords.JudgementIn(lines);
        bool isInstalled = Jumped is not null && new StagedUpdate(subject).IsInstalled(flash);
        string? noProgram = Jumped is { } target ? WhyNoProgram((uint)target) : null;
        bool? accepted = judgement == BootJudgement.Refused || noProgram is not null ? false : Jumped is null ? null : true;
        string verdict = Say(loader, judgement, line, isInstalled, noProgram);
        NoteUpdate(lines, isInstalled);
        NotePages();
        return new BootReport(Log, flash)
        {
            Loader = loader,
            Accepted = accepted,
            Judgement = judgement,
            JudgementLine = line,
            Jumped = Jumped,
            LogBytesBeforeJump = LogBeforeJump,
            InstalledUpdate = isInstalled,
            Steps = Steps,
            StepsToJump = StepsToJump,
            ProgramCounter = ProgramCounter,
            Stopped = Stop,
            Fault = Fault,
            FlashWrites = bus.Flash.Writes,
            Findings = _findings,
            Verdict = verdict,
        };
    }

    // The first pages of the app as the processor sees them: is there what a program begins with?
    private string? WhyNoProgram(uint target)
    {
        const int pages = (ArmVectors.Size + FlashPages.DataSize - 1) / FlashPages.DataSize;
        int first = (int)(target / FlashPages.DataSize);
        var plain = new byte[pages * FlashPages.DataSize];
        var scan = FlashPages.Decode(
            bus.Flash.Bytes.Slice(first * FlashPages.PageSize, pages * FlashPages.PageSize), plain, bus.Window.Key,
            target & ~(FlashPages.DataSize - 1u));
        return scan.Erased > 0 ? "the flash is erased there"
            : scan.Bad > 0 ? "the CRC of its first page is wrong"
            : ArmVectors.Match(plain) ? null : $"under the device's key, {Name(bus.Window.Key)}, there are no ARM vectors";
    }

    private string Say(string? loader, BootJudgement judgement, string? line, bool isInstalled, string? noProgram)
    {
        string name = loader is null ? "the bootloader" : $"the bootloader ({loader})";
        string installed = isInstalled ? " installed the staged update and" : string.Empty;
        if (Jumped is not { } target)
        {
            string why = Stop switch
            {
                BootStop.Fault => Fault!.ToString(),
                BootStop.Halted => bus.Flash.IsPowerCut ? "the power was cut" : "it stands still for ever",
                _ => FormattableString.Invariant($"it had not jumped after {Steps} instructions"),
            };
            if (judgement == BootJudgement.Refused)
            {
                Note(FindingSeverity.Error, FindingCode.BootAppRefused,
                    $"the bootloader does not accept the app and does not start it: \"{line}\"");
                return $"{name} does not accept the app: \"{line}\"; it did not jump: {why}";
            }
            var code = Stop == BootStop.Fault ? FindingCode.BootFault : FindingCode.BootNotReached;
            Note(FindingSeverity.Error, code, $"{name} does not reach the app: {why}");
            return $"{name} does not reach the app: {why}";
        }
        string jumped = FormattableString.Invariant($"{name}{installed} jumped to logical 0x{target:x} after {StepsToJump} instructions");
        string app = Stop == BootStop.Fault ? $"; the app was followed for {Steps - StepsToJump} instructions, up to where {Fault!.Message}"
            : options.RunApp ? FormattableString.Invariant($"; the app was followed for {Steps - StepsToJump} instructions") : string.Empty;
        if (Stop == BootStop.Fault && options.RunApp)
            Note(FindingSeverity.Info, FindingCode.BootAppStopped, $"the app could be followed no further: {Fault}");
        if (noProgram is not null)
        {
            Note(FindingSeverity.Error, FindingCode.BootNoProgram, FormattableString.Invariant(
                $"the bootloader jumps to logical 0x{target:x}, but there is no program: {noProgram}"));
            return $"{jumped}, but there is no program: {noProgram}";
        }
        switch (judgement)
        {
            case BootJudgement.Refused:
                Note(FindingSeverity.Error, FindingCode.BootAppRefused,
                    $"the bootloader does not accept the app: \"{line}\"; it jumped to it all the same");
                return $"{jumped}, but said \"{line}\"{app}";
            case BootJudgement.Accepted:
                return $"{jumped}; it judged the app: \"{line}\"{app}";
            default:
                Note(FindingSeverity.Info, FindingCode.BootAppNotJudged,
                    "the bootloader started the app without judging it: that it jumped says nothing of the app");
                return $"{jumped}; it did not judge the app{app}";
        }
    }

    private void NoteUpdate(IReadOnlyList<string> lines, bool isInstalled)
    {
        var staged = subject.Image.UpdatePackage;
        if (isInstalled)
        {
            Note(FindingSeverity.Warning, FindingCode.BootUpdateInstalled,
                "the bootloader installs the update package that is staged: the app of the image is replaced at the first start");
        }
        else if (staged is not null && LoaderWords.UpdateComplaint(lines) is { } complaint)
        {
            Note(FindingSeverity.Warning, FindingCode.BootUpdateFailed,
                $"the bootloader did not install the update package that is staged: \"{complaint}\"");
        }
        else if (staged is not null && Jumped is not null)
        {
            Note(FindingSeverity.Info, FindingCode.BootUpdateLeft, "the bootloader left the update package that is staged alone");
        }
        else if (staged is null && bus.Flash.Writes > 0 && Jumped is not null)
        {
            Note(FindingSeverity.Info, FindingCode.BootFlashWritten,
                FormattableString.Invariant($"the flash was programmed or erased {bus.Flash.Writes} times"));
        }
    }

    private void NotePages()
    {
        if (bus.Window.FirstBadPage is { } first)
        {
            Note(FindingSeverity.Warning, FindingCode.BootBadPage, FormattableString.Invariant(
                $"the processor read {bus.Window.BadPages} pages whose CRC is wrong; a real one may have stopped there"), first);
        }
        if (bus.Uarts.Any(uart => uart.Sent > Uart.LogLimit))
            Note(FindingSeverity.Warning, FindingCode.BootLogCut,
                FormattableString.Invariant($"more was printed than is kept: the log ends after {Uart.LogLimit} bytes"));
    }

    private void Note(FindingSeverity severity, FindingCode code, string message, long? offset = null) =>
        _findings.Add(new Finding(severity, code, message, offset));

    private static string Name(BekenKey key) => key.Name ?? key.ToString();
}

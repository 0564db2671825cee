using BekenImage.Boot.Device;

namespace BekenImage.Boot;

/// <summary>What was seen in a run that matters.</summary>
internal static class BootFindings
{
    public static IReadOnlyList<Finding> Of(BootJudge run) =>
        [.. new[] { Way(run), App(run), Followed(run), Update(run), Page(run), Cut(run) }.OfType<Finding>()];

    // Did it get to the app, and what did it say of it?
    private static Finding? Way(BootJudge run)
    {
        bool isRefused = run.Judgement == BootJudgement.Refused;
        if (run.Facts.Jumped is not { } target)
        {
            return isRefused
                ? new(FindingSeverity.Error, FindingCode.BootAppRefused,
                    $"the bootloader does not accept the app and does not start it: \"{run.JudgementLine}\"")
                : new(FindingSeverity.Error, run.Facts.Stop == BootStop.Fault ? FindingCode.BootFault : FindingCode.BootNotReached,
                    $"the bootloader does not reach the app: {BootVerdict.WhyNoJump(run)}");
        }
        if (run.NoProgram is { } why)
        {
            return new(FindingSeverity.Error, FindingCode.BootNoProgram,
                FormattableString.Invariant($"the bootloader jumps to logical 0x{target:x}, but there is no program: {why}"));
        }
        return isRefused
            ? new(FindingSeverity.Error, FindingCode.BootAppRefused,
                $"the bootloader does not accept the app: \"{run.JudgementLine}\"; it jumped to it all the same")
            : run.Judgement == BootJudgement.Accepted ? null : new(FindingSeverity.Info, FindingCode.BootAppNotJudged,
                "the bootloader started the app without judging it: that it jumped says nothing of the app");
    }

    private static Finding? App(BootJudge run) => run.Unfit is not { } check ? null
        : new(FindingSeverity.Warning, FindingCode.BootAppUnfit,
            $"the bootloader starts an app that is not fit to run: {check.Message}", check.Offset);

    private static Finding? Followed(BootJudge run) =>
        !run.Options.RunApp || run.Facts is not { Stop: BootStop.Fault, Jumped: not null } ? null
        : new(FindingSeverity.Info, FindingCode.BootAppStopped, $"the app could be followed no further: {run.Facts.Fault}");

    private static Finding? Update(BootJudge run)
    {
        if (run.IsInstalled)
        {
            return new(FindingSeverity.Warning, FindingCode.BootUpdateInstalled,
                "the bootloader installs the update package that is staged: the app of the image is replaced at the first start");
        }
        if (run.HasStaged && LoaderWords.UpdateComplaint(run.Lines) is { } complaint)
        {
            return new(FindingSeverity.Warning, FindingCode.BootUpdateFailed,
                $"the bootloader did not install the update package that is staged: \"{complaint}\"");
        }
        if (run.Facts.Jumped is null)
            return null;
        if (run.HasStaged)
            return new(FindingSeverity.Info, FindingCode.BootUpdateLeft, "the bootloader left the update package that is staged alone");
        return run.Bus.Flash.Writes == 0 ? null : new(FindingSeverity.Info, FindingCode.BootFlashWritten,
            FormattableString.Invariant($"the flash was programmed or erased {run.Bus.Flash.Writes} times"));
    }

    private static Finding? Page(BootJudge run) => run.Bus.Window.FirstBadPage is not { } first ? null
        : new(FindingSeverity.Warning, FindingCode.BootBadPage, FormattableString.Invariant(
            $"the processor read {run.Bus.Window.BadPages} pages whose CRC is wrong; a real one may have stopped there"), first);

    private static Finding? Cut(BootJudge run) => run.Bus.Uarts.All(uart => uart.Sent <= Uart.LogLimit) ? null
        : new(FindingSeverity.Warning, FindingCode.BootLogCut,
            FormattableString.Invariant($"more was printed than is kept: the log ends after {Uart.LogLimit} bytes"));
}

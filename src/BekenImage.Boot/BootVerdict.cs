namespace BekenImage.Boot;

/// <summary>What came of a run, in one sentence.</summary>
internal static class BootVerdict
{
    public static string Of(BootJudge run)
    {
        string name = run.Loader is null ? "the bootloader" : $"the bootloader ({run.Loader})";
        if (run.Facts.Jumped is not { } target)
        {
            return run.Judgement == BootJudgement.Refused
                ? $"{name} does not accept the app: \"{run.JudgementLine}\"; it did not jump: {WhyNoJump(run)}"
                : $"{name} does not reach the app: {WhyNoJump(run)}";
        }
        string installed = run.IsInstalled ? " installed the staged update and" : string.Empty;
        string jumped = FormattableString.Invariant(
            $"{name}{installed} jumped to logical 0x{target:x} after {run.Facts.StepsToJump} instructions");
        return (run.NoProgram, run.Judgement) switch
        {
            ({ } why, _) => $"{jumped}, but there is no program: {why}",
            (_, BootJudgement.Refused) => $"{jumped}, but said \"{run.JudgementLine}\"{App(run)}",
            (_, BootJudgement.Accepted) => $"{jumped}; it judged the app: \"{run.JudgementLine}\"{App(run)}",
            _ => $"{jumped}; it did not judge the app{App(run)}",
        };
    }

    /// <summary>Why a run that did not jump ended.</summary>
    public static string WhyNoJump(BootJudge run) => run.Facts.Stop switch
    {
        BootStop.Fault => run.Facts.Fault!.ToString(),
        BootStop.Halted => run.Bus.Flash.IsPowerCut ? "the power was cut" : "it stands still for ever",
        _ => FormattableString.Invariant($"it had not jumped after {run.Facts.Steps} instructions"),
    };

    private static string App(BootJudge run)
    {
        if (!run.Options.RunApp)
            return string.Empty;
        string end = run.Facts.Stop == BootStop.Fault ? $", up to where {run.Facts.Fault!.Message}" : string.Empty;
        return FormattableString.Invariant($"; the app was followed for {run.Facts.Steps - run.Facts.StepsToJump} instructions{end}");
    }
}

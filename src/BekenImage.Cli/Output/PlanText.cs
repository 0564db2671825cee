using System.Globalization;
using BekenImage.Documents;

namespace BekenImage.Cli.Output;

/// <summary>What <c>plan</c> tells people: how much it is, the steps, what stays, what to know, what to type.</summary>
internal static class PlanText
{
    public static void Write(Terminal terminal, string current, string target, FlashPlan plan, FlashPlanFiles? files)
    {
        terminal.Line($"{current} -> {target}: {Summary(plan)}");
        if (plan.Steps.Count > 0)
        {
            terminal.Line();
            terminal.Table(["step", "physical", "length", "CRC-32", "while it runs", "after it", "what"], plan.Steps.Select(step => (IReadOnlyList<string>)
            [
                DocumentWords.Of(step.Action), Words.Hex(step.Offset), Words.Hex(step.Length), step.Crc32.ToString("x8", CultureInfo.InvariantCulture),
                DocumentWords.Of(step.WhileRunning), DocumentWords.Of(step.IfStopped), What(step),
            ]));
        }
        if (plan.Kept.Count > 0)
        {
            terminal.Line();
            terminal.Table(["kept", "length", "what"], plan.Kept.Select(kept => (IReadOnlyList<string>)
                [Words.Hex(kept.Range.Start), Words.Hex(kept.Range.Length), Areas(kept.Areas)]));
        }
        InspectText.Findings(terminal, plan.Findings, "plan");
        if (files?.Commands is { } commands)
            Write(terminal, commands, files.Folder is null);
    }

    private static void Write(Terminal terminal, NextStep commands, bool isWithoutFiles)
    {
        terminal.Line();
        terminal.Line(commands.Note is null ? commands.Tool : $"{commands.Tool}: {commands.Note}");
        foreach (string line in commands.Lines)
            terminal.Command("  " + line);
        if (isWithoutFiles && commands.Lines.Count > 0)
            terminal.Line("-o DIR writes the files these lines name");
    }

    private static string Summary(FlashPlan plan)
    {
        if (plan.Steps.Count == 0)
            return "nothing to erase or to write";
        return FormattableString.Invariant($"{Plural.Of(plan.Steps.Count, "step")}: 0x{plan.ErasedBytes:x} bytes to erase, 0x{plan.WrittenBytes:x} to write, of the flash's 0x{plan.FlashSize:x}");
    }

    private static string What(FlashStep step) => step.Areas.Count == 0 ? step.Reason : $"{Areas(step.Areas)}: {step.Reason}";

    private static string Areas(IReadOnlyList<string> areas) => areas.Count == 0 ? "-" : string.Join(", ", areas);
}

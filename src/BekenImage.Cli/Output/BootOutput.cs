using BekenImage.Documents;

namespace BekenImage.Cli.Output;

/// <summary>What <c>boot</c> tells people: what the device printed, then what came of it, on one line.</summary>
internal static class BootOutput
{
    private const int RegistersInLine = 4;

    public static void Write(Terminal terminal, BootReport report, string? expect, bool trace)
    {
        terminal.Output.Write(UartText.Filter(report.LogText, terminal.HasColor));
        if (report.LogText.Length > 0 && report.LogText[^1] != '\n')
            terminal.Line();
        // Errors are in the verdict.
        foreach (var finding in report.Findings.Where(finding => finding.Severity == FindingSeverity.Warning))
            terminal.Note($"{Words.Of(finding.Severity)}: {finding}");
        if (trace)
            Trace(terminal, report);
        string expected = expect is null ? string.Empty : report.Printed(expect) ? $"; \"{expect}\" was printed" : $"; \"{expect}\" was not printed";
        terminal.Line($"boot: {report.Verdict}{expected}");
    }

    private static void Trace(Terminal terminal, BootReport report)
    {
        terminal.Line(FormattableString.Invariant(
            $"stopped: {DocumentWords.Of(report.Stopped)} at 0x{report.ProgramCounter:x8} after {Plural.Of(report.Steps, "instruction")}"));
        if (report.Fault is not { } fault)
            return;
        if (fault.NearestText is { } text)
            terminal.Line($"nearest text: \"{text}\"");
        for (int first = 0; first < fault.Registers.Count; first += RegistersInLine)
        {
            terminal.Line(string.Join("  ", fault.Registers.Skip(first).Take(RegistersInLine)
                .Select((value, index) => FormattableString.Invariant($"{"r" + (first + index),-3} {value:x8}"))));
        }
        terminal.Line(FormattableString.Invariant($"cpsr {fault.Status:x8}"));
    }
}

namespace BekenImage.Cli.Output;

/// <summary>What <c>combine</c> tells people: the map of the new image, what was moved where, and whether it would boot.</summary>
internal static class CombineText
{
    private const int Width = 100;

    public static void Write(Terminal terminal, string output, byte[] image, CombinePlan plan, VerifyResult? verify, LintResult? lint)
    {
        terminal.Line(FormattableString.Invariant(
            $"{output}: {image.Length} bytes (0x{image.Length:x}), to be flashed at physical 0x{plan.Output.Start:x}, SHA-256 {ImageHash.Of(image)}"));
        terminal.Line(plan.Mode == CombineMode.Update ? "update: the device's data stays" : "conversion: what the former firmware left is erased");
        terminal.Line();
        Regions(terminal, plan);
        InspectText.Findings(terminal, plan.Findings, "combine");
        if (verify is null)
            return;
        terminal.Line();
        Commands.VerifyCommand.WriteText(terminal, verify);
        var said = plan.Findings.Select(finding => finding.Code).ToHashSet();
        foreach (var check in lint?.Checks.Where(check => check.Status is (CheckStatus.Warn or CheckStatus.Fail) && !said.Contains(check.Code)) ?? [])
            terminal.Line($"{check.Name}: {Cures.Add(check.Message, Cures.For("combine", check.Code))}");
    }

    /// <summary>The block <c>Next</c>: what to do with the image, and what then is to be seen.</summary>
    public static void Next(Terminal terminal, IReadOnlyList<NextStep> steps)
    {
        terminal.Line();
        terminal.Line("Next");
        foreach (var step in steps)
        {
            string head = "  " + step.Tool;
            if (step.Lines.Count > 0)
            {
                terminal.Line(head);
                foreach (string line in step.Lines)
                    terminal.Line("      " + line);
                head = "   ";
            }
            foreach (string line in step.Note is null ? [] : Wrap($"{head}{(step.Lines.Count > 0 ? string.Empty : ":")} {step.Note}"))
                terminal.Line(line);
        }
    }

    // Commands are never broken: they are to be copied.
    private static IEnumerable<string> Wrap(string text)
    {
        const string indent = "    ";
        string rest = text;
        while (rest.Length > Width)
        {
            int end = rest.LastIndexOf(' ', Width);
            if (end <= indent.Length)
                break;
            yield return rest[..end];
            rest = indent + rest[(end + 1)..];
        }
        yield return rest;
    }

    public static void Regions(Terminal terminal, CombinePlan plan) => terminal.Table(
        ["region", "physical", "end", "origin", "from", "why"],
        plan.Regions.Select(region => (IReadOnlyList<string>)
        [
            region.Name, Words.Hex(region.Offset), Words.Hex(region.Range.End), region.Origin.ToString().ToLowerInvariant(),
            region.FromFile is null ? "-" : region.From is { } from ? $"{Path.GetFileName(region.FromFile)} {Words.Hex(from)}" : Path.GetFileName(region.FromFile),
            region.Reason,
        ]));
}

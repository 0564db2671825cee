namespace BekenImage.Cli.Output;

/// <summary>What <c>combine</c> tells people: the map of the new image, what was moved where, and whether it would boot.</summary>
internal static class CombineText
{
    private const int PlainWidth = 100;

    public static void Write(Terminal terminal, string output, byte[] bytes, CombinePlan plan, FlashImage? image, VerifyResult? verify, LintResult? lint)
    {
        terminal.Line(
            Ink.Strong(output), FormattableString.Invariant(
            $": {Plural.Of(bytes.Length, "byte")} (0x{bytes.Length:x}), to be flashed at physical 0x{plan.Output.Start:x}, SHA-256 {ImageHash.Of(bytes)}"));
        terminal.Line(plan.Mode == CombineMode.Update ? "update: the device's data stays" : "conversion: what the former firmware left is erased");
        terminal.Line();
        Regions(terminal, plan);
        if (image is not null && image.Partitions.Count > 0)
            MapText.Write(terminal, image);
        InspectText.Findings(terminal, plan.Findings, "combine");
        if (verify is null)
            return;
        terminal.Line();
        Commands.VerifyCommand.WriteText(terminal, verify);
        var said = plan.Findings.Select(finding => finding.Code).ToHashSet();
        foreach (var check in lint?.Checks.Where(check => check.Status is (CheckStatus.Warn or CheckStatus.Fail) && !said.Contains(check.Code)) ?? [])
            terminal.Line(Ink.Caution(check.Name), $": {Cures.Add(check.Message, Cures.For("combine", check.Code))}");
    }

    /// <summary>The block <c>Next</c>: what to do with the image, and what then is to be seen.</summary>
    public static void Next(Terminal terminal, IReadOnlyList<NextStep> steps)
    {
        terminal.Line();
        terminal.Line([Ink.Strong("Next")]);
        foreach (var step in steps)
        {
            string head = "  " + step.Tool;
            if (step.Lines.Count > 0)
            {
                terminal.Line(head);
                foreach (string line in step.Lines)
                    terminal.Command("      " + line);
                head = "   ";
            }
            if (step.Note is null)
                continue;
            string note = $"{head}{(step.Lines.Count > 0 ? string.Empty : ":")} {step.Note}";
            // Prose is broken in a pipe too: it is to be read there.
            foreach (var (index, stretch) in TextWrap.Lines(note, Math.Min(terminal.Width ?? PlainWidth, PlainWidth), hang: 4).Index())
                terminal.Command((index == 0 ? string.Empty : "    ") + note[stretch.Start..stretch.End]);
        }
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

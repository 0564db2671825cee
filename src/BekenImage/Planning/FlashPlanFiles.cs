using BekenImage.IO;

namespace BekenImage;

/// <summary>A plan as files: what each step writes, and the lines that make a known tool carry it out. Immutable.</summary>
public sealed class FlashPlanFiles
{
    private const string WholeFlash = "result.bin";

    /// <summary>The file with the tool's lines.</summary>
    public const string CommandsName = "commands.txt";

    private readonly List<KeyValuePair<string, ReadOnlyMemory<byte>>> _contents = [];

    private FlashPlanFiles(FlashPlan plan, FlasherTool? tool, string? folder)
    {
        Folder = folder;
        StepFiles = plan.Steps.Select((step, index) => step.Action == FlashStepAction.Write
            ? FormattableString.Invariant($"{index + 1:d2}-write-0x{step.Offset:x6}.bin") : null).ToArray();
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            if (StepFiles[i] is { } name)
                Add(name, plan.Steps[i].Bytes);
        }
        if (tool is not { } known)
            return;
        var ranges = Ranges(plan);
        string prefix = folder is null || folder.Length == 0 ? string.Empty : folder[folder.Length - 1] is '/' or '\\' ? folder : folder + "/";
        Commands = FlashingTools.LinesFor(
            known, plan.Chip, plan.Key, ranges.Select(range => new KeyValuePair<FlashRange, string>(range.Key, prefix + range.Value)).ToArray(), prefix + WholeFlash,
            hasLoader: plan.Before != StoppedState.NeedsBootloader);
        if (Commands.Lines.Count == 0)
            return;
        Add(CommandsName, System.Text.Encoding.UTF8.GetBytes(string.Concat(Commands.Lines.Select(line => line + "\n"))));
        if (known == FlasherTool.Programmer)
            Add(WholeFlash, plan.Result);
        else
        {
            foreach (var blank in ranges.Where(range => _contents.All(content => content.Key != range.Value)).GroupBy(range => range.Value))
                Add(blank.Key, ByteRuns.Erased(blank.First().Key.Length));
        }
    }

    /// <summary>The folder the files lie in; null where they are not written.</summary>
    public string? Folder { get; }

    /// <summary>Names and bytes.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Contents => _contents;

    /// <summary>The file of each step; null for a step that erases.</summary>
    public IReadOnlyList<string?> StepFiles { get; }

    /// <summary>The tool's lines; empty, with the reason as note, where it cannot carry the plan out. Null where no tool was named.</summary>
    public NextStep? Commands { get; }

    /// <summary>Makes them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tool">The tool to make lines for; null for none.</param>
    /// <param name="folder">The folder the files will lie in, as one would type it; null where they are not written, and the lines name them all the same.</param>
    public static FlashPlanFiles Of(FlashPlan plan, FlasherTool? tool = null, string? folder = null)
    {
        if (plan is null)
            throw new ArgumentNullException(nameof(plan));
        return new FlashPlanFiles(plan, tool, folder);
    }

    // Tools erase what they write: what is left to erase are the ranges that stay blank, and what must be gone before another range is written.
    private List<KeyValuePair<FlashRange, string>> Ranges(FlashPlan plan)
    {
        var written = plan.Steps.Where(step => step.Action == FlashStepAction.Write).Select(step => step.Range).OrderBy(range => range.Start).ToArray();
        var ranges = new List<KeyValuePair<FlashRange, string>>();
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            if (StepFiles[i] is { } file)
            {
                ranges.Add(new KeyValuePair<FlashRange, string>(step.Range, file));
                continue;
            }
            // A single sector that is written next is erased by then; a longer range the tool may erase and write sector by sector.
            var next = plan.Steps.Skip(i + 1).FirstOrDefault(later => later.Action == FlashStepAction.Write)?.Range;
            var leftToTool = written.SelectMany(range => range == next && range.Length == plan.SectorSize ? [range] : Without(range, [step.Disarmed]));
            var blanks = Without(step.Range, leftToTool).OrderByDescending(blank => blank.Overlaps(step.Disarmed));
            ranges.AddRange(blanks.Select(blank => new KeyValuePair<FlashRange, string>(
                blank, FormattableString.Invariant($"blank-0x{blank.Length:x}.bin"))));
        }
        return ranges;
    }

    private static IEnumerable<FlashRange> Without(FlashRange range, IEnumerable<FlashRange> taken)
    {
        long at = range.Start;
        foreach (var other in taken.Where(range.Overlaps))
        {
            if (other.Start > at)
                yield return FlashRange.FromBounds(at, other.Start);
            at = Math.Max(at, other.End);
        }
        if (at < range.End)
            yield return FlashRange.FromBounds(at, range.End);
    }

    private void Add(string name, ReadOnlyMemory<byte> bytes) => _contents.Add(new KeyValuePair<string, ReadOnlyMemory<byte>>(name, bytes));
}

namespace BekenImage;

/// <summary>One step that follows a combination: what to do, or what to type into another program. Immutable.</summary>
public sealed class NextStep
{
    internal NextStep(string tool, IReadOnlyList<string> lines, string? note)
    {
        Tool = tool;
        Lines = lines;
        Note = note;
    }

    /// <summary>The program the lines are for, such as <c>ltchiptool</c>, or what the step is about, such as <c>boot log</c>.</summary>
    public string Tool { get; }

    /// <summary>What to type, one command a line; for the boot log what will be read there. May be empty.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>What to know of it; null where the lines say all.</summary>
    public string? Note { get; }

    /// <summary>The tool and its lines.</summary>
    public override string ToString() => Lines.Count == 0 ? $"{Tool}: {Note}" : $"{Tool}: {string.Join("; ", Lines)}";
}

namespace BekenImage.Report.Model;

/// <summary>How something is meant: a colour is only its second sign, a word or mark the first.</summary>
internal enum Tone
{
    Plain,
    Good,
    Warn,
    Bad,
    Muted,
}

/// <summary>A text in a table.</summary>
internal sealed class Cell(string text, Tone tone = Tone.Plain, bool isCode = false)
{
    public string Text { get; } = text;

    public Tone Tone { get; } = tone;

    public bool IsCode { get; } = isCode;

    public static Cell Code(string text) => new(text, isCode: true);

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A piece of a section; the builders say how it looks.</summary>
internal abstract class Block;

internal sealed class TextBlock(string text, Tone tone = Tone.Plain) : Block
{
    public string Text { get; } = text;

    public Tone Tone { get; } = tone;
}

internal sealed class TableBlock(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Cell>> rows) : Block
{
    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<IReadOnlyList<Cell>> Rows { get; } = rows.ToArray();
}

/// <summary>Names and values.</summary>
internal sealed class FactsBlock(IEnumerable<Fact> facts) : Block
{
    public IReadOnlyList<Fact> Facts { get; } = facts.ToArray();
}

internal sealed class ListBlock(IEnumerable<string> items) : Block
{
    public IReadOnlyList<string> Items { get; } = items.ToArray();
}

/// <summary>Something long, behind a line that opens it.</summary>
internal sealed class FoldBlock(string summary, IReadOnlyList<Block> blocks) : Block
{
    public string Summary { get; } = summary;

    public IReadOnlyList<Block> Blocks { get; } = blocks;
}

internal sealed class TreeBlock(IReadOnlyList<TreeNode> nodes) : Block
{
    public IReadOnlyList<TreeNode> Nodes { get; } = nodes;
}

internal sealed class TreeNode(string name, string note)
{
    public string Name { get; } = name;

    public string Note { get; } = note;

    public List<TreeNode> Children { get; } = [];
}

/// <summary>Pins in use, on a drawing of the module where it is known.</summary>
internal sealed class PinsBlock(WifiModule? module, IReadOnlyList<PinUse> uses) : Block
{
    public WifiModule? Module { get; } = module;

    public IReadOnlyList<PinUse> Uses { get; } = uses;
}

internal sealed class PinUse(int gpio, string role, string sentence)
{
    public int Gpio { get; } = gpio;

    public string Role { get; } = role;

    public string Sentence { get; } = sentence;
}

internal sealed class Fact(string name, string value, string? note = null, Tone tone = Tone.Plain, bool isCode = false)
{
    public string Name { get; } = name;

    public string Value { get; } = value;

    /// <summary>How it was concluded, or what it means.</summary>
    public string? Note { get; } = note;

    public Tone Tone { get; } = tone;

    public bool IsCode { get; } = isCode;
}

internal sealed class Section(string id, string title, string? intro, IReadOnlyList<Block> blocks)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    public string? Intro { get; } = intro;

    public IReadOnlyList<Block> Blocks { get; } = blocks;
}

using System.Text.RegularExpressions;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>A block of code of a page: the words behind its fence, the line of its fence, its lines, and the file it says it is a copy of.</summary>
internal sealed record CodeBlock(string Kind, int Line, IReadOnlyList<string> Lines, string? File = null);

/// <summary>A Markdown file of the repository: its blocks of code, its headings as anchors, its links, the commands in its sentences.</summary>
internal sealed partial class MarkdownPage
{
    private static readonly string[] NoPages = ["bin", "obj", "artifacts", "node_modules", ".git", "StrykerOutput"];

    private readonly List<string> _text = [];

    private MarkdownPage(string name)
    {
        Name = name;
        var blocks = new List<CodeBlock>();
        string[] lines = File.ReadAllText(Repository.PathOf(name.Split('/'))).ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                _text.Add(lines[i]);
                continue;
            }
            int end = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
            Assert.True(end > i, $"{name}:{i + 1}: the block has no end");
            var file = i == 0 ? Match.Empty : CopiedFile().Match(lines[i - 1]);
            blocks.Add(new CodeBlock(lines[i].Trim()[3..].Trim(), i + 1, lines[(i + 1)..end], file.Success ? file.Groups[1].Value : null));
            i = end;
        }
        Blocks = blocks;
        Anchors = new HashSet<string>(AnchorsOf(_text), StringComparer.Ordinal);
    }

    /// <summary>Its path in the repository, with forward slashes.</summary>
    public string Name { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    public IReadOnlySet<string> Anchors { get; }

    /// <summary>Where its links and pictures go.</summary>
    public IEnumerable<string> Links =>
        _text.SelectMany(line => Link().Matches(InlineCode().Replace(line, "code"))).Select(match => match.Groups[1].Value);

    /// <summary>What stands between backticks in its sentences and tables.</summary>
    public IEnumerable<string> Code => _text.SelectMany(line => InlineCode().Matches(line)).Select(match => match.Groups[1].Value);

    public static MarkdownPage Read(string name) => new(name);

    /// <summary>The pages people read to use the program: README.md and docs.</summary>
    public static IEnumerable<string> Documentation() =>
        Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Prepend("README.md")
            .Order(StringComparer.Ordinal);

    /// <summary>Every page of the repository.</summary>
    public static IEnumerable<string> All() => Below(Repository.PathOf()).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Below(string folder)
    {
        string root = Repository.PathOf();
        return Directory.GetFiles(folder, "*.md").Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Concat(Directory.GetDirectories(folder).Where(inner => !NoPages.Contains(Path.GetFileName(inner))).SelectMany(Below));
    }

    // As GitHub makes them: lower case, blanks become hyphens, other signs go; one that is there already gets a number.
    private static IEnumerable<string> AnchorsOf(IEnumerable<string> lines)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string line in lines.Where(line => Heading().IsMatch(line)))
        {
            string text = LinkText().Replace(Heading().Replace(line, string.Empty), "$1").Trim().ToLowerInvariant();
            string anchor = NoAnchor().Replace(text, string.Empty).Replace(' ', '-');
            int count = seen.GetValueOrDefault(anchor);
            seen[anchor] = count + 1;
            yield return count == 0 ? anchor : $"{anchor}-{count}";
        }
    }

    [GeneratedRegex("^<!-- file: ([^ ]+) -->$")]
    private static partial Regex CopiedFile();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NoAnchor();
}

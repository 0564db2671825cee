using System.Globalization;

namespace BekenImage;

/// <summary>
/// What a code means, what causes it and what cures it, in words a window can show. They are those of the comments in FindingCode.cs, which
/// the library carries: a code and its text stand in one place. Immutable.
/// </summary>
public sealed class FindingText
{
    private const string Source = "FindingCode.cs";
    private const string CauseMark = " Cause: ";
    private const string CureMark = " Cure: ";

    private static readonly Lazy<IReadOnlyList<FindingText>> Texts = new(ReadAll);

    private FindingText(FindingCode code, string name, string meaning, string cause, string cure)
    {
        Code = code;
        Name = name;
        Meaning = meaning;
        Cause = cause;
        Cure = cure;
    }

    /// <summary>All codes that findings and refusals have, by number.</summary>
    public static IReadOnlyList<FindingText> All => Texts.Value;

    /// <summary>The code.</summary>
    public FindingCode Code { get; }

    /// <summary>Its name in programs: <c>BadPage</c>.</summary>
    public string Name { get; }

    /// <summary>What it means and what follows.</summary>
    public string Meaning { get; }

    /// <summary>What it mostly comes from; empty where nobody wrote it down.</summary>
    public string Cause { get; }

    /// <summary>What to do about it; empty where nobody wrote it down.</summary>
    public string Cure { get; }

    /// <summary>The text of a code; null for <see cref="FindingCode.None"/> and for numbers that are no code.</summary>
    /// <param name="code">The code.</param>
    public static FindingText? Of(FindingCode code) => All.FirstOrDefault(text => text.Code == code);

    /// <summary>The code and what it means.</summary>
    public override string ToString() => $"{Finding.ToText(Code)}: {Meaning}";

    private static IReadOnlyList<FindingText> ReadAll()
    {
        using var stream = typeof(FindingText).Assembly.GetManifestResourceStream(Source)!;
        using var reader = new StreamReader(stream);
        return Read(reader).OrderBy(text => text.Code).ToArray();
    }

    /// <summary>Reads the members of the enumeration: a comment, then name and number.</summary>
    /// <param name="source">Its source.</param>
    internal static IEnumerable<FindingText> Read(TextReader source)
    {
        var comment = new List<string>();
        while (source.ReadLine()?.Trim() is { } line)
        {
            if (line.StartsWith("///", StringComparison.Ordinal))
            {
                comment.Add(line.Substring(3).Trim());
                continue;
            }
            if (TryReadMember(line, out string name, out int number) && number != 0)
                yield return Make(name, (FindingCode)number, PlainText(string.Join(" ", comment)));
            comment.Clear();
        }
    }

    private static bool TryReadMember(string line, out string name, out int number)
    {
        string[] parts = line.Split([" = "], StringSplitOptions.None);
        name = parts[0];
        number = 0;
        return parts.Length == 2 && name.All(char.IsLetterOrDigit) &&
            int.TryParse(parts[1].TrimEnd(','), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static FindingText Make(string name, FindingCode code, string text)
    {
        string cure = Take(ref text, CureMark);
        string cause = Take(ref text, CauseMark);
        return new FindingText(code, name, text, Sentence(cause), Sentence(cure));
    }

    // What stands behind a mark, which ends the text.
    private static string Take(ref string text, string mark)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return string.Empty;
        string behind = text.Substring(at + mark.Length).Trim();
        text = text.Substring(0, at).Trim();
        return behind;
    }

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);

    // A comment without its tags; of a reference its last word is left.
    private static string PlainText(string comment)
    {
        var plain = new System.Text.StringBuilder(comment.Length);
        for (int at = 0; at < comment.Length;)
        {
            int end = comment[at] == '<' ? comment.IndexOf('>', at) : -1;
            if (end < 0)
            {
                plain.Append(comment[at++]);
                continue;
            }
            string tag = comment.Substring(at, end - at);
            int reference = tag.IndexOf("cref=\"", StringComparison.Ordinal);
            if (reference >= 0)
                plain.Append(tag.Substring(reference + 6).Split('"')[0].Split('.').Last());
            at = end + 1;
        }
        return plain.ToString().Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").Trim();
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>
/// A command of a <c>console</c> block, the exit code it ends with, and what it prints where the page shows that. A command begins a line;
/// <c># exit 1</c> behind it says another code than 0, a backslash at its end that it goes on; what stands between it and the next one is
/// its output, in which <c>...</c> on a line of its own stands for any lines, and inside a line for any text.
/// </summary>
internal sealed partial record ConsoleStep(int Line, string[] Words, int ExitCode, IReadOnlyList<string> Output)
{
    private const string Program = "bekenimage ";
    private const string FromSource = "dotnet run -c Release --project src/BekenImage.Cli -- ";

    public static bool IsCommand(string line) =>
        line.StartsWith(Program, StringComparison.Ordinal) || line.StartsWith(FromSource, StringComparison.Ordinal);

    public static IEnumerable<ConsoleStep> Of(string page, CodeBlock block)
    {
        var lines = block.Lines;
        Assert.True(lines.Count > 0 && IsCommand(lines[0]), $"{page}:{block.Line}: a console block begins with a command");
        for (int i = 0; i < lines.Count;)
        {
            int at = block.Line + 1 + i;
            string command = lines[i++];
            while (command.EndsWith(" \\", StringComparison.Ordinal))
                command = command[..^1] + lines[i++].TrimStart();
            int first = i;
            while (i < lines.Count && !IsCommand(lines[i]))
                i++;
            string[] output = lines.Skip(first).Take(i - first).Select(line => line.TrimEnd()).ToArray();
            var exit = Exit().Match(command);
            int code = exit.Success ? int.Parse(exit.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            yield return new ConsoleStep(at, WordsOf(exit.Success ? command[..exit.Index] : command), code, Trimmed(output));
        }
    }

    /// <summary>The words of a command line as sh splits it: quotes, and nothing else.</summary>
    public static string[] WordsOf(string command)
    {
        foreach (string program in new[] { Program, FromSource })
        {
            if (command.StartsWith(program, StringComparison.Ordinal))
                command = command[program.Length..];
        }
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in command)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                word ??= new StringBuilder();
            }
            else if (c == ' ' && quote == '\0')
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }
        if (word is not null)
            words.Add(word.ToString());
        return [.. words];
    }

    /// <summary>Checks what was printed against what the page shows, where it shows something.</summary>
    public void AssertPrints(string page, string printed)
    {
        if (Output.Count == 0)
            return;
        var pattern = new StringBuilder("^");
        foreach (string line in Output)
            pattern.Append(line == "..." ? "(?:.*\n)*?" : Regex.Escape(line).Replace(@"\.\.\.", ".*", StringComparison.Ordinal) + "\n");
        string shown = string.Join('\n', printed.Split('\n').Select(line => line.TrimEnd())).Trim('\n') + "\n";
        bool matches = Regex.IsMatch(shown, pattern.Append('$').ToString(), RegexOptions.CultureInvariant);
        string command = string.Join(' ', Words), expected = string.Join('\n', Output);
        Assert.True(matches, $"{page}:{Line}: bekenimage {command}\nprints\n{shown}\ninstead of\n{expected}");
    }

    private static IReadOnlyList<string> Trimmed(string[] lines)
    {
        int first = Array.FindIndex(lines, line => line.Length > 0);
        return first < 0 ? [] : lines[first..(Array.FindLastIndex(lines, line => line.Length > 0) + 1)];
    }

    [GeneratedRegex(" +# exit ([0-9]+)$")]
    private static partial Regex Exit();
}

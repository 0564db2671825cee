using System.Text.RegularExpressions;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Tests.Support;

/// <summary>A terminal of some width, and what a run of the program shows on it.</summary>
internal static partial class Screen
{
    /// <summary>What both streams show, each after the other: a terminal shows both.</summary>
    public static string Run(int width, bool color, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        Application.Run(arguments, new Terminal(output, error, isInteractive: true, width, color));
        return output.ToString() + error;
    }

    /// <summary>The text without colour codes.</summary>
    public static string Plain(string text) => Code().Replace(text, string.Empty);

    [GeneratedRegex("\e\\[[0-9;]+m")]
    private static partial Regex Code();
}

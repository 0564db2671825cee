namespace BekenImage.Cli.Files;

/// <summary>Names of outputs beside their input, for verbs whose name says what becomes of it.</summary>
internal static class DefaultName
{
    /// <summary><c>x.bin</c> gives <c>x.sanitized.bin</c>.</summary>
    public static string Marked(string input, string mark) => Stem(input) + "." + mark + Path.GetExtension(input);

    /// <summary><c>x.bin</c> gives <c>x.rbl</c>; a file of that extension already is marked instead, so that no input is its own output.</summary>
    public static string WithExtension(string input, string extension, string otherwise) =>
        Path.GetExtension(input).Equals(extension, StringComparison.OrdinalIgnoreCase) ? Marked(input, otherwise) : Stem(input) + extension;

    /// <summary><c>x.bin</c> gives the folder <c>x.split</c>.</summary>
    public static string Folder(string input, string mark) => Stem(input) + "." + mark;

    /// <summary><c>x.split</c> gives <c>x.merged.bin</c>.</summary>
    public static string OfFolder(string folder, string mark, string extension)
    {
        string name = Path.TrimEndingDirectorySeparator(folder);
        return (name.EndsWith("." + mark, StringComparison.OrdinalIgnoreCase) ? Stem(name) : name) + extension;
    }

    private static string Stem(string input) => input[..^Path.GetExtension(input).Length];
}

namespace BekenImage.Cli.Output;

/// <summary>A value that was typed, in a message: quoted, and cut where it would fill the screen.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    public static string Quote(string text) => text.Length <= Longest ? $"'{text}'" : $"'{text[..Longest]}...'";
}

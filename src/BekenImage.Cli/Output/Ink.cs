namespace BekenImage.Cli.Output;

/// <summary>A piece of text and how it is shown where colours are wanted. The text is from anywhere; it is escaped when it is written.</summary>
/// <param name="Text">The text.</param>
/// <param name="Sgr">Numbers of an ANSI sequence (ECMA-48, SGR); empty for the terminal's own colours.</param>
internal readonly record struct Ink(string Text, string Sgr = "")
{
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Red = "1;31";
    public const string Bold = "1";
    public const string Faint = "2";

    public static implicit operator Ink(string text) => new(text);

    public static Ink Good(string text) => new(text, Green);

    public static Ink Caution(string text) => new(text, Yellow);

    public static Ink Bad(string text) => new(text, Red);

    public static Ink Strong(string text) => new(text, Bold);

    /// <summary><c>yes</c>, <c>no</c>, or the word for neither.</summary>
    public static Ink YesNo(bool? answer, string neither = "n/a") => answer switch { true => Good("yes"), false => Bad("no"), null => neither };

    /// <summary><c>ok</c>, <c>WRONG</c>, <c>not checked</c>.</summary>
    public static Ink Verdict(bool? ok) => ok switch { true => Good(Words.Verdict(ok)), false => Bad(Words.Verdict(ok)), null => Words.Verdict(ok) };

    /// <summary>The word of a severity.</summary>
    public static Ink Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => Bad(Words.Of(severity)),
        FindingSeverity.Warning => Caution(Words.Of(severity)),
        _ => new Ink(Words.Of(severity), Faint),
    };

    /// <summary>The word of a check's answer.</summary>
    public static Ink Of(CheckStatus status) => status switch
    {
        CheckStatus.Pass => Good("pass"),
        CheckStatus.Warn => Caution("warn"),
        CheckStatus.Fail => Bad("fail"),
        _ => new Ink("skipped", Faint),
    };
}

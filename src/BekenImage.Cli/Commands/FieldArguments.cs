namespace BekenImage.Cli.Commands;

/// <summary>Fields of a configuration as they are typed: <c>NAME=VALUE</c>.</summary>
internal static class FieldArguments
{
    public static bool IsField(string text) => text.IndexOf('=') > 0;

    /// <summary>The fields. What is behind the first <c>=</c> is the value, further ones included.</summary>
    public static NamedValue[] Parse(IEnumerable<string> texts) =>
        texts.Select(text => new NamedValue(text[..text.IndexOf('=')], text[(text.IndexOf('=') + 1)..])).ToArray();
}

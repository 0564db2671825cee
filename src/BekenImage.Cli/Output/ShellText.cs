namespace BekenImage.Cli.Output;

/// <summary>Arguments as they are typed: quoted where a shell would take them apart. The quotes are those that cmd, PowerShell and sh share.</summary>
internal static class ShellText
{
    public static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.All(character => char.IsAsciiLetterOrDigit(character) || "-_./\\:,=+@%".Contains(character)))
            return argument;
        return argument.IndexOfAny(['"', '$', '`', '\\']) < 0 ? $"\"{argument}\"" : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

namespace BekenImage.Cli;

/// <summary>An error the user can act on: printed as one line, never with a stack trace.</summary>
internal sealed class CliException(int exitCode, FindingCode code, string message, string? file = null, long? offset = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public FindingCode Code { get; } = code;

    public string? File { get; } = file;

    public long? Offset { get; } = offset;

    /// <summary>Which input the library finds at fault; null where that is the only one, or the error is the command's own.</summary>
    public string? Subject { get; private init; }

    /// <summary>True for an error of the library, which knows nothing of options.</summary>
    private bool IsOfLibrary { get; init; }

    /// <summary>The same for an error of the library: a guard's refusal is 4, as is what does not fit; everything else 3.</summary>
    public static CliException From(BekenImageException error, string? file) => new(
        error is ImageGuardException || error.Code == FindingCode.LittleFsDoesNotFit ? ExitCodes.Refused : ExitCodes.BadInput, error.Code, error.Message, file, error.Offset)
    {
        Subject = error.Subject,
        IsOfLibrary = true,
    };

    /// <summary>The same with what to type instead, where this verb knows that.</summary>
    public CliException WithCure(string verb) => IsOfLibrary && Output.Cures.For(verb, Code, Subject) is { } cure
        ? new CliException(ExitCode, Code, Output.Cures.Add(Message, cure), File, Offset)
        : this;

    /// <summary>The same as an error of the library, for documents.</summary>
    public BekenImageException ToLibrary() => new(Code, Message, Offset);

    /// <summary><c>bekenimage: file: code: what is wrong (at 0x...)</c>, with everything from outside escaped.</summary>
    public string ToLine()
    {
        string file = File is null ? string.Empty : File.Length == 0 ? "'': " : VisibleText.Of(File) + ": ";
        string offset = Offset is { } at ? FormattableString.Invariant($" (at 0x{at:x})") : string.Empty;
        return $"bekenimage: {file}{Finding.ToText(Code)}: {VisibleText.Of(Message)}{offset}";
    }
}

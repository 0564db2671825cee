using BekenImage.Cli.Files;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Commands;

/// <summary>What every verb has in common that reads an image, changes something in it and writes it.</summary>
internal static class EditRun
{
    /// <param name="terminal">Where the remark goes.</param>
    /// <param name="file">The image.</param>
    /// <param name="output">What is written.</param>
    /// <param name="force">Whether an existing output is replaced.</param>
    /// <param name="options">What is known about the image; null for nothing.</param>
    /// <param name="change">Changes the draft.</param>
    /// <param name="done">What was done, for people.</param>
    /// <param name="fileOf">The other input a refusal is about; null for the image.</param>
    /// <param name="verb">The verb, where what is to be said may have a cure.</param>
    /// <param name="otherInputs">Files besides the image that must not be written over.</param>
    public static int Run(
        Terminal terminal, string file, string output, bool force, FlashImageOptions? options, Action<ImageDraft> change, string done,
        Func<BekenImageException, string?>? fileOf = null, string verb = "", params string[] otherInputs)
    {
        string[] inputs = [file, .. otherInputs];
        OutputFile.Check(output, force, inputs);
        var image = InputFile.Load(terminal, file, options);
        var draft = image.Edit();
        try
        {
            change(draft);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, fileOf?.Invoke(error) ?? file);
        }
        byte[] changed = draft.ToArray();
        OutputFile.Write(output, changed, force, SecretNote.IsFor(draft.ToImage()), inputs);
        terminal.Note(FormattableString.Invariant($"{output}: {changed.Length} bytes; {done}"));
        foreach (var finding in draft.Findings)
            terminal.Note($"{Words.Of(finding.Severity)}: {Cures.Add(finding.ToString(), Cures.For(verb, finding.Code, finding.Subject))}");
        SecretNote.Write(terminal, output, draft.ToImage());
        return ExitCodes.Done;
    }
}

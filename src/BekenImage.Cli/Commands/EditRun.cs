using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary>What every verb has in common that reads an image, changes something in it and writes it.</summary>
internal static class EditRun
{
    /// <param name="writing">What is written.</param>
    /// <param name="file">The image.</param>
    /// <param name="options">What is known about the image; null for nothing.</param>
    /// <param name="change">Changes the draft.</param>
    /// <param name="done">What was done, for people.</param>
    /// <param name="fileOf">The other input a refusal is about; null for the image.</param>
    /// <param name="otherInputs">Files besides the image that must not be written over.</param>
    public static int Run(
        Writing writing, string file, FlashImageOptions? options, Action<ImageDraft> change, string done,
        Func<BekenImageException, string?>? fileOf = null, params string[] otherInputs)
    {
        string[] inputs = [file, .. otherInputs];
        writing.Check(inputs);
        var draft = InputFile.Within(file, InputFile.Load(writing.Terminal, file, options).Edit);
        try
        {
            change(draft);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, fileOf?.Invoke(error) ?? file);
        }
        return Finish(writing, draft, done, inputs);
    }

    /// <summary>Writes a changed draft and tells of it.</summary>
    public static int Finish(Writing writing, ImageDraft draft, string done, string[] inputs)
    {
        byte[] changed = draft.ToArray();
        writing.Save(changed, SecretNote.IsFor(draft.ToImage()), inputs);
        writing.Tell($"{Plural.Of(changed.Length, "byte")}; {done}");
        foreach (var finding in draft.Findings)
            writing.Terminal.Note($"{Words.Of(finding.Severity)}: {Cures.Add(finding.ToString(), Cures.For(writing.Verb, finding.Code, finding.Subject))}");
        SecretNote.Write(writing.Terminal, writing.Output, draft.ToImage());
        writing.Print(() => ImageDocuments.Changes(draft, writing.Verb, writing.File!, writing.Output));
        return draft.Findings.Any(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.No : ExitCodes.Done;
    }
}

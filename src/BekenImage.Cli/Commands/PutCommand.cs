using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>put IMAGE WHAT FILE -o OUT</c>: replaces one partition or range.</summary>
internal static class PutCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var what = new Argument<string>("WHAT") { Description = "A partition's name as inspect shows it, or a physical range START+LENGTH" };
        var replacement = new Argument<string>("FILE") { Description = "What goes there" };
        var output = CommonOptions.Output("The image to write");
        var plain = new Option<bool>("--plain") { Description = "FILE is a plain program; without this, stored pages are recognised by their CRCs" };
        var force = CommonOptions.Force();
        var command = new Command("put", "Replaces one partition or range; programs are encrypted, paged and described by their header anew")
            { image, what, replacement, output, plain, force };
        var key = new KeyOptions(command, hasCipher: true);
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(what), parsed.GetRequiredValue(replacement),
            parsed.GetRequiredValue(output), parsed.GetValue(plain), key.Read(terminal, parsed), parsed.GetValue(force)));
        return command;
    }

    private static int Run(Terminal terminal, string file, string what, string replacement, string output, bool plain, ReadingOptions given, bool force)
    {
        string[] inputs = [file, replacement, .. given.Files];
        OutputFile.Check(output, force, inputs);
        var image = InputFile.Load(terminal, file, given.Options);
        // A range takes any bytes as they are, also those of an archive.
        bool isRange = CommonOptions.TryParseRange(what, out var range);
        byte[] bytes = isRange ? InputFile.ReadBytes(replacement) : InputFile.ReadImage(terminal, replacement);
        var draft = image.Edit();
        try
        {
            if (what == PartitionNames.Tuya && InputDocuments.IsJson(bytes))
                TuyaValuesFile.Apply(draft, replacement, bytes);
            else if (isRange)
                draft.Put(range, bytes);
            else
                draft.Put(ExtractCommand.Find(image, file, what).Name, bytes, plain);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, IsOfReplacement(error.Code) ? replacement : file);
        }
        byte[] changed = draft.ToArray();
        OutputFile.Write(output, changed, force, SecretNote.IsFor(draft.ToImage()), inputs);
        foreach (var finding in draft.Findings)
            terminal.Note($"{Words.Of(finding.Severity)}: {Cures.Add(finding.ToString(), Cures.For("put", finding.Code, finding.Subject))}");
        SecretNote.Write(terminal, output, draft.ToImage());
        terminal.Note(FormattableString.Invariant($"{output}: {changed.Length} bytes, '{what}' replaced by {bytes.Length} bytes"));
        return ExitCodes.Done;
    }

    // Of a wrong length, too large, or not what the area holds: that is what goes there, not where it goes.
    private static bool IsOfReplacement(FindingCode code) =>
        code is FindingCode.WrongKind or FindingCode.ChipsDiffer or FindingCode.AppTooLarge or FindingCode.TuyaValueTooLarge or FindingCode.TuyaValueInvalid or FindingCode.TuyaUserParamInvalid or
        FindingCode.ObkMasked;
}

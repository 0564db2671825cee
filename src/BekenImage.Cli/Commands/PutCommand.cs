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
        var plain = new Option<bool>("--plain") { Description = "FILE is a plain program; without this, stored pages are recognised by their CRCs" };
        var command = new Command("put", "Replaces one partition or range; programs are encrypted, paged and described by their header anew")
            { image, what, replacement, plain };
        var key = new KeyOptions(command, hasCipher: true);
        var output = new OutputOptions(command, "The image to write");
        command.SetAction(parsed => Run(
            output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image), parsed.GetRequiredValue(what),
            parsed.GetRequiredValue(replacement), parsed.GetValue(plain), key.Read(terminal, parsed)));
        return command;
    }

    private static int Run(Writing writing, string file, string what, string replacement, bool plain, ReadingOptions given)
    {
        var terminal = writing.Terminal;
        string[] inputs = [file, replacement, .. given.Files];
        writing.Check(inputs);
        var image = InputFile.Load(terminal, file, given.Options);
        // A range takes any bytes as they are, also those of an archive.
        bool isRange = CommonOptions.TryParseRange(what, out var range);
        byte[] bytes = isRange ? InputFile.ReadBytes(replacement) : InputFile.ReadImage(terminal, replacement);
        var draft = InputFile.Within(file, image.Edit);
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
        return EditRun.Finish(writing, draft, $"'{what}' replaced by {Plural.Of(bytes.Length, "byte")}", inputs);
    }

    // Of a wrong length, too large, or not what the area holds: that is what goes there, not where it goes.
    private static bool IsOfReplacement(FindingCode code) =>
        code is FindingCode.WrongKind or FindingCode.ChipsDiffer or FindingCode.ResultDoesNotBoot or FindingCode.AppTooLarge or FindingCode.TuyaValueTooLarge or FindingCode.TuyaValueInvalid or FindingCode.TuyaUserParamInvalid or
        FindingCode.ObkMasked;
}

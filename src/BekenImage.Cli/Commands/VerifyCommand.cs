using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>verify IMAGE...</c>: would it boot, and is it a backup worth keeping?</summary>
internal static class VerifyCommand
{
    public static Command Make(Terminal terminal)
    {
        var json = CommonOptions.AsJson();
        var strict = new Option<bool>("--strict") { Description = "Exit 1 on warnings too" };
        var failOn = CommonOptions.FailOnOption(FailOn.Error);
        var boots = new Option<bool>("--boots") { Description = "Only whether it boots decides the exit code" };
        var backup = new Option<bool>("--backup") { Description = "Only whether it is a backup worth keeping decides the exit code" };
        var boot = new Option<bool>("--boot") { Description = "Run the image's own bootloader too, and say what it says" };
        var command = new Command("verify", "Says whether an image would boot, and whether it is a backup worth keeping") { json, strict, failOn, boots, backup, boot };
        var images = CommonOptions.Images(command);
        var key = new KeyOptions(command, hasCipher: true);
        command.Validators.Add(result =>
        {
            if (result.GetValue(boots) && result.GetValue(backup))
                result.AddError("--boots and --backup exclude each other: one question decides the exit code");
        });
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(images), parsed.GetValue(json), parsed.GetValue(boot), key.Read(terminal, parsed).Options,
            parsed.GetValue(strict) ? FailOn.Warning : parsed.GetValue(failOn),
            parsed.GetValue(boots) ? Question.Boots : parsed.GetValue(backup) ? Question.Backup : Question.Both));
        return command;
    }

    public static void WriteText(Terminal terminal, VerifyResult result)
    {
        WriteChecks(terminal, "verify", result.Checks);
        terminal.Line(
            "boots: ", Ink.YesNo(result.Boots), "; its bootloader accepts the app: ", Ink.YesNo(result.BootloaderAccepts),
            "; a backup worth keeping: ", Ink.YesNo(result.Backup));
    }

    public static void WriteChecks(Terminal terminal, string verb, IEnumerable<VerifyCheck> checks) =>
        terminal.Table(["check", "answer", "what was found"], checks.Select(check => (IReadOnlyList<Ink>)
        [
            check.Name, Ink.Of(check.Status),
            check.Offset is { } offset ? FormattableString.Invariant($"{Message(verb, check)} (at 0x{offset:x})") : Message(verb, check),
        ]));

    private static string Message(string verb, VerifyCheck check) =>
        check.Status is CheckStatus.Warn or CheckStatus.Fail ? Cures.Add(check.Message, Cures.For(verb, check.Code)) : check.Message;

    private static int Run(Terminal terminal, string[] images, bool json, bool boot, FlashImageOptions options, FailOn failOn, Question question)
    {
        bool several = images.Length > 1;
        return EachInput.Run(terminal, images, (own, file) => Answer(own, file, several, json, boot, options, failOn, question));
    }

    private static int Answer(
        Terminal terminal, string file, bool several, bool json, bool boot, FlashImageOptions options, FailOn failOn, Question question)
    {
        try
        {
            var image = InputFile.Load(terminal, file, options);
            var result = boot ? BootVerifier.Verify(image) : ImageVerifier.Verify(image);
            if (json)
            {
                terminal.Output.WriteLine(ImageDocuments.Verify(image, file, result, indented: !several));
            }
            else
            {
                terminal.Line(Ink.Strong(file), $": {Words.Of(image.Kind)}");
                WriteText(terminal, result);
                terminal.Line();
            }
            return ExitCodeOf(result, failOn, question);
        }
        catch (CliException error)
        {
            if (json)
                terminal.Output.WriteLine(ImageDocuments.Error("verify", file, error.ToLibrary(), indented: !several));
            terminal.ErrorLine(error);
            return error.ExitCode;
        }
    }

    // What is no whole chip is no backup of one, so the one question about that is answered with "no".
    private static int ExitCodeOf(VerifyResult result, FailOn failOn, Question question)
    {
        var (no, checks) = question switch
        {
            Question.Boots => (!result.Boots, result.BootChecks),
            Question.Backup => (result.Backup != true, result.BackupChecks),
            _ => (!result.Boots || result.Backup == false, result.Checks),
        };
        return failOn switch
        {
            FailOn.Never => ExitCodes.Done,
            FailOn.Warning => no || checks.Any(check => check.Status == CheckStatus.Warn) ? ExitCodes.No : ExitCodes.Done,
            _ => no ? ExitCodes.No : ExitCodes.Done,
        };
    }

    /// <summary>Which answer decides the exit code.</summary>
    private enum Question
    {
        Both,
        Boots,
        Backup,
    }
}

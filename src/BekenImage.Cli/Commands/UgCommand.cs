using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Formats.Ua;
using BekenImage.Formats.Ug;

namespace BekenImage.Cli.Commands;

/// <summary><c>ug pack|unpack</c>: Tuya's wrapper around an update package; on T5 a trailer behind an update file.</summary>
internal static class UgCommand
{
    public static Command Make(Terminal terminal) => new("ug", "Tuya UG packages: a wrapper around an RBL update package, on T5 a trailer behind an update file (UA)") { Pack(terminal), Unpack(terminal) };

    private static Command Pack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The RBL update package; with --chip BK7258 the update file 'build ua' makes; - for standard input");
        var output = CommonOptions.Output("The UG package to write");
        var version = new Option<string?>("--app-version") { Description = "Version text, up to 12 characters" };
        var chip = CommonOptions.Chip("BK7258, BK7236, BK7239N: make an app_ug.bin, which has a trailer and no version");
        var like = new Option<string?>("--like") { HelpName = "FILE", Description = "With --chip: an app_ug.bin of such a device, whose trailer's words are kept" };
        var force = CommonOptions.Force();
        var command = new Command("pack", "Wraps an update package as the vendor's program does") { input, output, version, chip, like, force };
        command.Validators.Add(result =>
        {
            bool isArmino = CommonOptions.IsGiven(result, chip) && ArminoImageBuilder.Supports(result.GetValue(chip));
            if (isArmino)
                CommonOptions.RefuseIdle(result, "an app_ug.bin has no version", version);
            else if (!CommonOptions.IsGiven(result, version))
                result.AddError("ug pack needs --app-version: version text, up to 12 characters");
            if (!isArmino)
                CommonOptions.RefuseIdle(result, "it is for the app_ug.bin of BK7258 and its kin", like);
        });
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            string target = parsed.GetRequiredValue(output);
            bool replace = parsed.GetValue(force);
            string[] inputs = [file, .. new[] { parsed.GetValue(like) }.OfType<string>()];
            OutputFile.Check(target, replace, inputs);
            byte[] body = InputFile.ReadImage(terminal, file);
            if (ArminoImageBuilder.Supports(parsed.GetValue(chip)))
            {
                byte[] wrapped = InputFile.Within(file, () => ArminoUpdates.WrapUa(body, parsed.GetValue(chip), Trailer(parsed.GetValue(like))));
                OutputFile.Write(target, wrapped, replace, inputs);
                terminal.Note(FormattableString.Invariant($"{target}: {wrapped.Length} bytes, with its trailer"));
                return ExitCodes.Done;
            }
            byte[] bytes = Wrap(file, body, parsed.GetValue(version)!);
            OutputFile.Write(target, bytes, replace, file);
            UgPackage.TryRead(bytes, out var package);
            WriteNote(terminal, target, bytes.Length, package!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static UaTrailer? Trailer(string? file)
    {
        if (file is null)
            return null;
        using var bytes = InputFile.Read(file);
        return UaTrailer.TryRead(bytes.Span, out var trailer) ? trailer
            : throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is no app_ug.bin: its last 64 bytes are no trailer", file);
    }

    private static byte[] Wrap(string file, byte[] package, string version)
    {
        try
        {
            return UpdatePackager.Wrap(package, version);
        }
        catch (BekenImageException error)
        {
            throw OtaCommand.UsageOrInput(error, file);
        }
    }

    private static Command Unpack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The UG package; - for standard input");
        var output = CommonOptions.Output("The RBL update package to write, which 'ota unpack' opens further; of an app_ug.bin the update file (UA)");
        var force = CommonOptions.Force();
        var command = new Command("unpack", "Takes the update package out, its sums checked") { input, output, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            string target = parsed.GetRequiredValue(output);
            bool replace = parsed.GetValue(force);
            OutputFile.Check(target, replace, file);
            var image = InputFile.Load(terminal, file);
            if (UpdateFile.TryRead(image.Source, out var update) && update.Form is UpdateForm.AppUg or UpdateForm.Difference)
            {
                byte[] ua = InputFile.Within(file, () => update.Unpack());
                OutputFile.Write(target, ua, replace, file);
                terminal.Note(FormattableString.Invariant($"{target}: {ua.Length} bytes, the update file (UA)"));
                return ExitCodes.Done;
            }
            if (!UgPackage.TryRead(image.Bytes, out var package))
                throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is no UG package: it does not begin with 55 AA 55 AA", file);
            byte[] body = Body(file, package);
            OutputFile.Write(target, body, replace, file);
            WriteNote(terminal, target, body.Length, package);
            return ExitCodes.Done;
        });
        return command;
    }

    private static byte[] Body(string file, UgPackage package)
    {
        try
        {
            return package.Unpack();
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }

    private static void WriteNote(Terminal terminal, string target, int length, UgPackage package)
    {
        terminal.Note(FormattableString.Invariant($"{target}: {length} bytes, version '{package.Header.Version}'"));
        foreach (var finding in package.Findings.Where(finding => finding.Severity >= FindingSeverity.Warning))
            terminal.Note($"{target}: {Words.Of(finding.Severity)}: {finding.CodeText}: {finding.Message}");
    }
}

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
        var version = new Option<string?>("--app-version") { Description = "Version text, up to 12 characters" };
        var chip = CommonOptions.Chip("BK7258, BK7236, BK7239N: make an app_ug.bin, which has a trailer and no version");
        var like = new Option<string?>("--like") { HelpName = "FILE", Description = "With --chip: an app_ug.bin of such a device, whose trailer's words are kept" };
        var command = new Command("pack", "Wraps an update package as the vendor's program does") { input, version, chip, like };
        var output = new OutputOptions(command, "The UG package to write", new Beside(input, file => DefaultName.WithExtension(file, ".ug.bin", "wrapped"), "x.rbl"));
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
            var writing = output.Read(terminal, parsed, file);
            string[] inputs = [file, .. new[] { parsed.GetValue(like) }.OfType<string>()];
            writing.Check(inputs);
            byte[] body = InputFile.ReadImage(terminal, file);
            if (ArminoImageBuilder.Supports(parsed.GetValue(chip)))
            {
                byte[] wrapped = InputFile.Within(file, () => ArminoUpdates.WrapUa(body, parsed.GetValue(chip), Trailer(parsed.GetValue(like))));
                writing.SaveMade(wrapped, body, inputs);
                writing.Tell(FormattableString.Invariant($"{wrapped.Length} bytes, with its trailer"));
                writing.Print(wrapped);
                return ExitCodes.Done;
            }
            byte[] bytes = Wrap(file, body, parsed.GetValue(version)!);
            writing.SaveMade(bytes, body, file);
            UgPackage.TryRead(bytes, out var package);
            return Finish(writing, bytes, package!);
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
        var command = new Command("unpack", "Takes the update package out, its sums checked") { input };
        var output = new OutputOptions(
            command, "The RBL update package to write, which 'ota unpack' opens further; of an app_ug.bin the update file (UA)",
            new Beside(input, file => DefaultName.WithExtension(file, ".rbl", "unpacked")));
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            var writing = output.Read(terminal, parsed, file);
            writing.Check(file);
            var image = InputFile.Load(terminal, file);
            if (UpdateFile.TryRead(image.Source, out var update) && update.Form is UpdateForm.AppUg or UpdateForm.Difference)
            {
                byte[] ua = InputFile.Within(file, () => update.Unpack());
                writing.Save(ua, file);
                writing.Tell($"{Plural.Of(ua.Length, "byte")}, the update file (UA)");
                writing.Print(ua);
                return ExitCodes.Done;
            }
            if (!UgPackage.TryRead(image.Bytes, out var package))
                throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is no UG package: it does not begin with 55 AA 55 AA", file);
            byte[] body = Body(file, package);
            writing.Save(body, file);
            return Finish(writing, body, package);
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

    private static int Finish(Writing writing, byte[] bytes, UgPackage package)
    {
        writing.Tell($"{Plural.Of(bytes.Length, "byte")}, version '{package.Header.Version}'");
        foreach (var finding in package.Findings.Where(finding => finding.Severity >= FindingSeverity.Warning))
            writing.Tell($"{Words.Of(finding.Severity)}: {finding.CodeText}: {finding.Message}");
        writing.Print(bytes, package.Findings);
        return ExitCodes.Done;
    }
}

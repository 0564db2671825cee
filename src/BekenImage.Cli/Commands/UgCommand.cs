using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Formats.Ug;

namespace BekenImage.Cli.Commands;

/// <summary><c>ug pack|unpack</c>: Tuya's wrapper around an update package.</summary>
internal static class UgCommand
{
    public static Command Make(Terminal terminal) => new("ug", "Tuya UG packages: a wrapper around an RBL update package") { Pack(terminal), Unpack(terminal) };

    private static Command Pack(Terminal terminal)
    {
        var input = CommonOptions.Image("IN", "The RBL update package; - for standard input");
        var output = CommonOptions.Output("The UG package to write");
        var version = new Option<string>("--app-version") { Description = "Version text, up to 12 characters", Required = true };
        var force = CommonOptions.Force();
        var command = new Command("pack", "Wraps an update package as the vendor's program does") { input, output, version, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            string target = parsed.GetRequiredValue(output);
            bool replace = parsed.GetValue(force);
            OutputFile.Check(target, replace, file);
            byte[] body = InputFile.ReadImage(terminal, file);
            byte[] bytes = Wrap(file, body, parsed.GetRequiredValue(version));
            OutputFile.Write(target, bytes, replace, file);
            UgPackage.TryRead(bytes, out var package);
            WriteNote(terminal, target, bytes.Length, package!);
            return ExitCodes.Done;
        });
        return command;
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
        var output = CommonOptions.Output("The RBL update package to write; 'ota unpack' opens it further");
        var force = CommonOptions.Force();
        var command = new Command("unpack", "Takes the update package out, its sums checked") { input, output, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(input);
            string target = parsed.GetRequiredValue(output);
            bool replace = parsed.GetValue(force);
            OutputFile.Check(target, replace, file);
            if (!UgPackage.TryRead(InputFile.Load(terminal, file).Bytes, out var package))
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

using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>lint FIRMWARE --against DUMP</c>: would this firmware run on that device?</summary>
internal static class LintCommand
{
    public static Command Make(Terminal terminal)
    {
        var firmware = CommonOptions.Image("FIRMWARE", "The firmware file");
        var against = new Option<string?>("--against") { Description = "A dump of the device" };
        var chip = CommonOptions.Chip("The device's chip, where there is no dump; it also names what firmware or dump do not tell, and overrules neither");
        var key = CommonOptions.Key("The device's key; with --against only where the dump does not tell");
        var json = CommonOptions.AsJson();
        var failOn = CommonOptions.FailOnOption(FailOn.Error);
        var command = new Command("lint", "Says whether a firmware, flashed as it is, would run on a device") { firmware, against, chip, key, json, failOn };
        command.Validators.Add(result =>
        {
            bool kind = result.GetValue(chip) != BekenChip.Unknown && result.GetValue(key) is not null;
            if (result.GetValue(against) is null && !kind)
                result.AddError("lint needs a device: --against DUMP, or --chip and --key");
            else if (result.GetValue(against) is null && result.GetValue(key) is { IsAes: true })
                result.AddError("--key beside --chip is coefficients; an AES key says nothing of a device without its dump: --against DUMP");
        });
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(firmware);
            // Without a dump the chip is the device's, and says nothing of the firmware.
            var image = InputFile.Load(terminal, file, parsed.GetValue(against) is null ? null : new FlashImageOptions { Chip = parsed.GetValue(chip) });
            var result = parsed.GetValue(against) is { } dump
                ? FirmwareLinter.Lint(image, InputFile.Load(terminal, dump, KeyOptions.Read(terminal, parsed.GetValue(key), parsed.GetValue(chip)).Options))
                : FirmwareLinter.Lint(image, parsed.GetValue(chip), parsed.GetValue(key)!.Coefficients!.Value);
            Write(terminal, file, parsed.GetValue(against), result, parsed.GetValue(json));
            bool no = result.Answer != true || parsed.GetValue(failOn) == FailOn.Warning && result.HasWarnings;
            return no && parsed.GetValue(failOn) != FailOn.Never ? ExitCodes.No : ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string file, string? against, LintResult result, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.Lint(result, file, against));
            return;
        }
        VerifyCommand.WriteChecks(terminal, "lint", result.Checks);
        terminal.Line("runs on this device as it is: ", Ink.YesNo(result.Answer, "not known"));
    }
}

using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>boot IMAGE</c>: runs the image's own bootloader and prints what the device would print.</summary>
internal static class BootCommand
{
    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var app = new Option<bool>("--app") { Description = "Go on into the app, as far as the known registers carry it" };
        var steps = CommonOptions.Number("--steps", "How many instructions to run at most; without it as many as it takes", number => number > 0 ? null : "1 or more");
        var log = new Option<string?>("--log") { HelpName = "FILE", Description = "Write what the device printed into a file, byte for byte" };
        var output = new Option<string?>("--output", "-o") { HelpName = "OUT", Description = "Write the whole flash as it is afterwards" };
        var expect = new Option<string?>("--expect")
        {
            HelpName = "TEXT", Description = "Exit 0 when the device printed this text, else 1",
            CustomParser = CommonOptions.Text("--expect", "a text of a line", text => text.Length > 0 && text.IndexOfAny(['\r', '\n']) < 0),
        };
        var trace = new Option<bool>("--trace") { Description = "Print where it ended: the nearest text and the registers" };
        var force = CommonOptions.Force();
        var json = CommonOptions.AsJson();
        var command = new Command("boot", "Runs the image's own bootloader and says whether it takes the app")
            { image, app, steps, log, output, expect, trace, force, json };
        var key = new KeyOptions(command, "The device's key; one that is not the image's shows what the device would do with it");
        command.Validators.Add(result =>
        {
            string[] written = [.. CommonOptions.Typed(result.GetResult(log)), .. CommonOptions.Typed(result.GetResult(output))];
            if (written.Length == 2 && (written[0] == written[1] || PathIdentity.IsSameFile(written[0], written[1])))
                result.AddError("--log and -o name the same file");
            if (written.Contains(InputFile.StandardStream) && result.GetValue(json))
                result.AddError("a file named - and --json both claim standard output; give it a name");
        });
        command.SetAction(parsed => Run(new Job(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(log), parsed.GetValue(output), parsed.GetValue(expect), parsed.GetValue(force),
            parsed.GetValue(json), parsed.GetValue(trace), key.Read(terminal, parsed), new BootOptions { RunApp = parsed.GetValue(app), Steps = parsed.GetValue(steps) })));
        return command;
    }

    private sealed record Job(
        Terminal Terminal, string File, string? Log, string? Output, string? Expect, bool Force, bool Json, bool Trace, ReadingOptions Given, BootOptions Options)
    {
        public string[] Inputs => [File, .. Given.Files];

        /// <summary>Where the text goes: beside standard output when that takes bytes.</summary>
        public Terminal Text => Log == InputFile.StandardStream || Output == InputFile.StandardStream ? Terminal.Beside(InputFile.StandardStream) : Terminal;
    }

    private static int Run(Job job)
    {
        foreach (string path in new[] { job.Log, job.Output }.OfType<string>())
            OutputFile.Check(path, job.Force, job.Inputs);
        job.Options.Key = job.Given.Options.Key;
        var image = InputFile.Load(job.Text, job.File, job.Given.Options);
        var report = Boot(image, job);
        // A program may print what it found.
        if (job.Log is { } log)
            OutputFile.Write(log, report.LogBytes, job.Force, SecretNote.IsFor(image), job.Inputs);
        if (job.Output is { } output)
        {
            var after = FlashImage.Parse(report.Flash, job.Given.Options);
            OutputFile.Write(output, report.Flash, job.Force, SecretNote.IsFor(after), job.Inputs);
            SecretNote.Write(job.Text, output, after);
        }
        if (job.Json)
            job.Terminal.Output.WriteLine(ImageDocuments.Boot(report, job.File, job.Expect));
        else
            BootOutput.Write(job.Text, report, job.Expect, job.Trace);
        bool isYes = job.Expect is { } text ? report.Printed(text) : report is { Accepted: true, Jumped: not null };
        return isYes ? ExitCodes.Done : ExitCodes.No;
    }

    private static BootReport Boot(FlashImage image, Job job)
    {
        try
        {
            return ImageBooter.Boot(image, job.Options);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, job.File);
        }
    }
}

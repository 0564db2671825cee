using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>plan CURRENT|blank TARGET</c>: what a flasher has to erase and to write.</summary>
internal static class PlanCommand
{
    private const string Blank = "blank";

    private static readonly string[] Tools = ["easyflasher", "ltchiptool", "bk7231tools", "programmer"];

    public static Command Make(Terminal terminal)
    {
        var current = CommonOptions.Image("CURRENT", "What the device holds: a read of its whole flash, - for standard input, or blank for an erased chip");
        var target = CommonOptions.Image("TARGET", "What it is to hold: the image of a whole chip, a QIO image or a packed app");
        var bootloader = new Option<bool>("--include-bootloader") { Description = "Write the bootloader too, where it is another than the device's" };
        var restore = new Option<bool>("--restore") { Description = "End in exactly TARGET, a dump of the whole chip, bootloader and all" };
        var sector = CommonOptions.Number("--sector", "How much is erased at once; without this 4K",
            number => FlashPlanner.IsSectorSize(number) ? null : "a power of two from 4K to 64K");
        var tool = CommonOptions.WithWords(new Option<string?>("--for")
        {
            HelpName = string.Join('|', Tools),
            Description = "Add the lines that make this tool carry the plan out",
            CustomParser = CommonOptions.Text("--for", "easyflasher, ltchiptool, bk7231tools or programmer", text => Tools.Contains(text), Tools),
        }, Tools);
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "A folder to write: plan.json, a file for each range to write, the tool's lines" };
        var other = new Option<bool>("--allow-other-rf") { Description = "Lose the device's own calibration and MAC, or replace them by another unit's" };
        var json = CommonOptions.AsJson();
        var force = CommonOptions.Force();
        var command = new Command("plan", "Plans what to erase and to write so that a device holds an image")
            { current, target, bootloader, restore, sector, tool, output, other, json, force };
        var key = new KeyOptions(command, hasCipher: true);
        command.Validators.Add(result =>
        {
            if (CommonOptions.Typed(result.GetResult(current)).Concat(CommonOptions.Typed(result.GetResult(target))).Count(file => file == InputFile.StandardStream) > 1)
                result.AddError("CURRENT and TARGET cannot both be standard input");
        });
        command.SetAction(parsed =>
        {
            var given = key.Read(terminal, parsed);
            var job = new Job(parsed.GetRequiredValue(current), parsed.GetRequiredValue(target), parsed.GetValue(output), parsed.GetValue(force), given.Files);
            var options = new FlashPlanOptions
            {
                IncludeBootloader = parsed.GetValue(bootloader),
                Restore = parsed.GetValue(restore),
                SectorSize = (int)(parsed.GetValue(sector) ?? FlashPlanOptions.SmallestSector),
                AllowOtherCalibration = parsed.GetValue(other),
            };
            return Run(terminal, job, options, given.Options, ToolOf(parsed.GetValue(tool)), parsed.GetValue(json));
        });
        return command;
    }

    private sealed record Job(string Current, string Target, string? Folder, bool Force, string[] KeyFiles)
    {
        public string[] Inputs => Current == Blank ? [Target, .. KeyFiles] : [Current, Target, .. KeyFiles];
    }

    private static FlasherTool? ToolOf(string? name) => Array.IndexOf(Tools, name) switch
    {
        0 => FlasherTool.EasyFlasher,
        1 => FlasherTool.LtChipTool,
        2 => FlasherTool.Bk7231Tools,
        3 => FlasherTool.Programmer,
        _ => null,
    };

    private static int Run(Terminal terminal, Job job, FlashPlanOptions options, FlashImageOptions reading, FlasherTool? tool, bool json)
    {
        if (job.Folder is { } place)
            OutputFolder.Check(place, job.Force, job.Inputs);
        var current = job.Current == Blank ? null : InputFile.LoadAsGiven(terminal, job.Current, reading);
        var target = InputFile.LoadAsGiven(terminal, job.Target, reading);
        var plan = Plan(job, current, target, options);
        var files = job.Folder is not null || tool is not null ? FlashPlanFiles.Of(plan, tool, job.Folder) : null;
        string document = ImageDocuments.Plan(plan, job.Current, job.Target, files);
        if (job.Folder is { } folder)
        {
            var written = WrittenTo(plan, tool);
            bool isSecret = SecretNote.IsFor(plan.Image, written);
            OutputFolder.Write(folder, files!.Contents.Append(new(OutputFolder.PlanName, OutputFolder.ManifestBytes(document))), job.Force, isSecret, job.Inputs);
            SecretNote.Write(terminal, folder, plan.Image, written);
        }
        if (json)
            terminal.Output.WriteLine(document);
        else
            PlanText.Write(terminal, job.Current, job.Target, plan, files);
        return ExitCodes.Done;
    }

    private static FlashPlan Plan(Job job, FlashImage? current, FlashImage target, FlashPlanOptions options)
    {
        try
        {
            return FlashPlanner.Plan(current, target, options);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, error.Subject == "current" ? job.Current : job.Target);
        }
    }

    // A programmer gets the whole flash.
    private static FlashRange[] WrittenTo(FlashPlan plan, FlasherTool? tool) => tool == FlasherTool.Programmer
        ? [new FlashRange(0, plan.FlashSize)]
        : plan.Steps.Where(step => step.Action == FlashStepAction.Write).Select(step => step.Range).ToArray();
}

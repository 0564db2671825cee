using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>doctor IMAGE</c>: what is wrong with a device's image, and the command that repairs it.</summary>
internal static class DoctorCommand
{
    private static readonly DeviceSymptom[] Symptoms = Enum.GetValues<DeviceSymptom>().Where(symptom => symptom != DeviceSymptom.None).ToArray();

    private static string Words => string.Join(", ", Symptoms.Select(DocumentWords.Of));

    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image("IMAGE", "A dump of the device as it is now");
        var backup = new Option<string?>("--backup") { HelpName = "DUMP", Description = "A dump of the same device from before" };
        var symptom = CommonOptions.WithWords(new Option<DeviceSymptom>("--symptom")
        {
            HelpName = "WORD", Description = $"What the device does; problems that look so come first: {Words}",
            CustomParser = result => Symptoms.Any(known => Is(known, result))
                ? Symptoms.First(known => Is(known, result))
                : CommonOptions.Unknown<DeviceSymptom>(result, $"--symptom is one of {Words}, not {CommonOptions.Quoted(result)}", Symptoms.Select(DocumentWords.Of)),
        }, [.. Symptoms.Select(DocumentWords.Of)]);
        var boot = new Option<bool>("--boot") { Description = "Run the image's own bootloader too: its words explain much" };
        var json = CommonOptions.AsJson();
        var command = new Command("doctor", "Names what is wrong with a device's image, the most hurtful first, and the command that repairs it")
            { image, backup, symptom, boot, json };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(backup), parsed.GetValue(symptom), parsed.GetValue(boot), parsed.GetValue(json)));
        return command;
    }

    private static bool Is(DeviceSymptom symptom, ArgumentResult result) =>
        DocumentWords.Of(symptom).Equals(CommonOptions.Given(result), StringComparison.OrdinalIgnoreCase);

    private static int Run(Terminal terminal, string file, string? backupFile, DeviceSymptom symptom, bool boot, bool json)
    {
        var image = InputFile.Load(terminal, file);
        var backup = backupFile is null ? null : InputFile.Load(terminal, backupFile);
        IReadOnlyList<DeviceProblem> problems;
        try
        {
            problems = boot ? BootDoctor.Examine(image, backup, symptom) : ImageDoctor.Examine(image, backup, symptom);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, error.Subject == "backup" ? backupFile : file);
        }
        string output = OutputFor(file);
        if (json)
            terminal.Output.WriteLine(ImageDocuments.Doctor(image, file, problems, output, backupFile));
        else
            Write(terminal, file, problems, output, backupFile, symptom);
        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.No;
    }

    private static void Write(Terminal terminal, string file, IReadOnlyList<DeviceProblem> problems, string output, string? backup, DeviceSymptom symptom)
    {
        if (problems.Count == 0)
        {
            terminal.Line($"{file}: ", Ink.Good("nothing is wrong with this image that can be seen in it"));
            return;
        }
        if (symptom != DeviceSymptom.None && !problems.Any(problem => problem.Symptoms.Contains(symptom)))
            terminal.Line($"{file}: nothing in this image explains the symptom '{DocumentWords.Of(symptom)}'; but:");
        else
            terminal.Line($"{file}: {(problems.Count == 1 ? "one problem" : $"{problems.Count} problems, the most hurtful first")}");
        for (int i = 0; i < problems.Count; i++)
            Write(terminal, i + 1, problems[i], file, output, backup);
        if (problems.Count(problem => problem.Repair is not null) > 1)
        {
            terminal.Line();
            terminal.Line($"Run one repair, then ask again with what it wrote: each begins with '{file}' as it is now.");
        }
    }

    private static void Write(Terminal terminal, int number, DeviceProblem problem, string file, string output, string? backup)
    {
        terminal.Line();
        terminal.Hanging(3, $"{number}. ", Ink.Strong(problem.Title), $" ({Finding.ToText(problem.Code)}, ", Ink.Of(problem.Severity), ")");
        terminal.Hanging(3, $"   {problem.Why}");
        if (problem.Repair is not { } repair)
        {
            terminal.Hanging(3, $"   no command repairs that{(problem.RepairRefusal is { } refusal ? ": " + refusal : string.Empty)}");
            return;
        }
        terminal.Command("   " + string.Join(" ", repair.Command(file, output, backup).Select(ShellWord.Quote)));
        foreach (var need in repair.Needs)
        {
            terminal.Line(need == RepairNeed.Backup
                ? "   where BACKUP is a dump of this device from before; --backup fills it in"
                : "   where MAC is the one on the device's label");
        }
    }

    /// <summary>Beside the image: <c>fan.bin</c> gives <c>fan.repaired.bin</c>, that one <c>fan.repaired-2.bin</c>.</summary>
    private static string OutputFor(string file)
    {
        const string mark = ".repaired";
        if (file == InputFile.StandardStream)
            return "repaired.bin";
        string extension = Path.GetExtension(file);
        string name = file[..^extension.Length];
        int at = name.LastIndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
            return name + mark + extension;
        string count = name[(at + mark.Length)..];
        int next = count.Length == 0 ? 2 : int.TryParse(count.TrimStart('-'), out int last) && last is > 0 and < 1000 ? last + 1 : 0;
        return next == 0 ? name + mark + extension : FormattableString.Invariant($"{name[..at]}{mark}-{next}{extension}");
    }
}

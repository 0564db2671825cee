using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Commands;

/// <summary><c>tuya show</c>, <c>tuya get</c>, <c>tuya set</c>: what Tuya's firmware left, and <c>user_param_key</c> wherever it lies.</summary>
internal static class TuyaCommand
{
    public static Command Make(Terminal terminal) => new("tuya", "Tuya's storage, and the wiring it describes")
    {
        Show(terminal), Get(terminal), Set(terminal),
    };

    private static Command Show(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var asObk = new Option<bool>("--as-obk") { Description = "Print the wiring as a device template of OpenBeken" };
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var key = CommonOptions.Key();
        var command = new Command("show", "Shows values, files, and what the pins mean") { image, asObk, json, secrets, key };
        command.SetAction(parsed => RunShow(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(asObk), parsed.GetValue(json), parsed.GetValue(secrets),
            new FlashImageOptions { Key = parsed.GetValue(key) }));
        return command;
    }

    private static Command Get(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var name = new Argument<string>("NAME") { Description = "The value's name" };
        var secrets = CommonOptions.ShowSecrets();
        var key = CommonOptions.Key();
        var command = new Command("get", "Prints one value: text, else hex") { image, name, secrets, key };
        command.SetAction(parsed => RunGet(
            terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(name), parsed.GetValue(secrets), new FlashImageOptions { Key = parsed.GetValue(key) }));
        return command;
    }

    private static Command Set(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var name = new Argument<string>("NAME") { Description = "The value's name; it need not be there yet" };
        var value = new Argument<string>("VALUE") { Description = "The text; - for standard input" };
        var output = CommonOptions.Output("The image to write");
        var force = CommonOptions.Force();
        var command = new Command("set", "Stores a text, encrypted, with its copies; sums and the crc of user_param_key are renewed") { image, name, value, output, force };
        command.SetAction(parsed =>
        {
            string given = parsed.GetRequiredValue(value);
            string file = parsed.GetRequiredValue(image);
            if (given == InputFile.StandardStream && file == InputFile.StandardStream)
                throw new CliException(ExitCodes.Usage, FindingCode.WrongKind, "image and value cannot both come from standard input");
            string key = parsed.GetRequiredValue(name);
            return EditRun.Run(terminal, file, parsed.GetRequiredValue(output), parsed.GetValue(force), null,
                draft => draft.SetTuya(key, given == InputFile.StandardStream ? ReadText() : given), $"'{key}' is stored", verb: "tuya set");
        });
        return command;
    }

    private static string ReadText()
    {
        using var bytes = InputFile.Read(InputFile.StandardStream);
        return System.Text.Encoding.UTF8.GetString(bytes.Span).TrimEnd('\r', '\n');
    }

    private static int RunShow(Terminal terminal, string file, bool asObk, bool json, bool secrets, FlashImageOptions options)
    {
        var image = InputFile.Load(file, options);
        var parameters = image.UserParameters.FirstOrDefault();
        if (image.TuyaContents.IsEmpty && parameters is null)
            throw new CliException(ExitCodes.BadInput, FindingCode.TuyaNothingToWrite, "there is nothing of Tuya's in it", file);
        if (asObk)
        {
            foreach (string note in TuyaTemplate.Create(image).Notes)
                terminal.Note("note: " + note);
            terminal.Output.WriteLine(json ? ImageDocuments.TuyaAsObk(image, file) : DeviceTemplates.FromTuya(image));
        }
        else if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.Tuya(image, file, secrets));
        }
        else
        {
            TuyaText.Write(terminal, image.TuyaContents, parameters, TuyaTemplate.WiringOf(image), secrets);
            InspectText.Findings(terminal, Findings(image));
        }
        return ExitCodes.Done;
    }

    private static int RunGet(Terminal terminal, string file, string name, bool secrets, FlashImageOptions options)
    {
        var image = InputFile.Load(file, options);
        byte[] data = Find(image, name) ?? throw new CliException(ExitCodes.BadInput, FindingCode.TuyaNothingToWrite,
            $"there is no '{name}' in it; it has {(image.TuyaStorage is { } storage ? string.Join(", ", storage.Values.Select(value => value.Name)) : "no Tuya storage")}", file);
        string shown = TuyaSecrets.Show(name, data, secrets);
        terminal.Line(shown);
        if (!secrets && shown != TuyaSecrets.Show(name, data, showSecrets: true))
            terminal.Note("secrets are masked; --show-secrets prints them");
        return ExitCodes.Done;
    }

    private static byte[]? Find(FlashImage image, string name)
    {
        if (image.TuyaStorage?.Find(name) is { } value)
            return value.Data.ToArray();
        if (name == TuyaUserParameters.Key && image.UserParameters.FirstOrDefault() is { } found)
            return found.Parameters.ToBytes();
        return image.TuyaContents.ProtectedBlocks.Select(block => block.Find(name)).FirstOrDefault(entry => entry is not null)?.Data.ToArray();
    }

    private static Finding[] Findings(FlashImage image) => image.Findings.Where(finding => finding.Area == FindingArea.Tuya).ToArray();
}

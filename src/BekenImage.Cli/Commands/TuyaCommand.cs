using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Commands;

/// <summary><c>tuya show|list|get|set</c>: what Tuya's firmware left, and <c>user_param_key</c> wherever it lies, also in a file in JSON.</summary>
internal static class TuyaCommand
{
    public static Command Make(Terminal terminal) => new("tuya", "Tuya's storage, and the wiring it describes")
    {
        Show(terminal), List(terminal), Get(terminal), Set(terminal),
    };

    private static Argument<string> ImageOrJson() => CommonOptions.Image(
        description: "The image, or a file in JSON: storage.json, a device profile, a user_param_key; - for standard input");

    private static Command Show(Terminal terminal)
    {
        var image = ImageOrJson();
        var asObk = new Option<bool>("--as-obk") { Description = "Print the wiring as a device template of OpenBeken" };
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var command = new Command("show", "Shows values, files, and what the pins mean") { image, asObk, json, secrets };
        var key = new KeyOptions(command);
        command.SetAction(parsed => RunShow(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(asObk), parsed.GetValue(json), parsed.GetValue(secrets),
            key.Read(terminal, parsed).Options));
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var image = ImageOrJson();
        var json = CommonOptions.AsJson();
        var command = new Command("list", "Lists the values by name: of the storage, of protected blocks, of UF files") { image, json };
        var key = new KeyOptions(command);
        command.SetAction(parsed => RunList(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(json), key.Read(terminal, parsed).Options));
        return command;
    }

    private static Command Get(Terminal terminal)
    {
        var image = ImageOrJson();
        var name = new Argument<string>("NAME") { Description = "The value's name" };
        var json = CommonOptions.AsJson();
        var secrets = CommonOptions.ShowSecrets();
        var command = new Command("get", "Prints one value: text, else hex") { image, name, json, secrets };
        var key = new KeyOptions(command);
        command.SetAction(parsed => RunGet(
            terminal, parsed.GetRequiredValue(image), parsed.GetRequiredValue(name), parsed.GetValue(json), parsed.GetValue(secrets),
            key.Read(terminal, parsed).Options));
        return command;
    }

    private static Command Set(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var name = new Argument<string>("NAME") { Description = "The value's name; it need not be there yet" };
        var value = new Argument<string>("VALUE") { Description = "The text; - for standard input" };
        var command = new Command("set", "Stores a text, encrypted, with its copies; sums and the crc of user_param_key are renewed") { image, name, value };
        var output = new OutputOptions(command, "The image to write");
        command.SetAction(parsed =>
        {
            string given = parsed.GetRequiredValue(value);
            string file = parsed.GetRequiredValue(image);
            if (given == InputFile.StandardStream && file == InputFile.StandardStream)
                throw new CliException(ExitCodes.Usage, FindingCode.WrongKind, "image and value cannot both come from standard input");
            string key = parsed.GetRequiredValue(name);
            return EditRun.Run(output.Read(terminal, parsed, file), file, null,
                draft => draft.SetTuya(key, given == InputFile.StandardStream ? ReadText() : given), $"'{key}' is stored");
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
        var input = Read(terminal, file, options);
        if (asObk)
        {
            var template = input.Description is { } told ? TuyaTemplate.FromDescription(told) : TuyaTemplate.Create(input.Image!);
            foreach (var pin in template.Wiring.UnmappedPins)
                terminal.Note(pin.ToString());
            foreach (string note in template.Wiring.Notes)
                terminal.Note("note: " + note);
            terminal.Output.WriteLine(!json ? DeviceTemplates.ToJson(template.Template)
                : input.Description is { } named ? ImageDocuments.TuyaDescriptionAsObk(named, file) : ImageDocuments.TuyaAsObk(input.Image!, file));
        }
        else if (json)
        {
            terminal.Output.WriteLine(input.Description is { } named ? ImageDocuments.TuyaDescription(named, file, secrets) : ImageDocuments.Tuya(input.Image!, file, secrets));
        }
        else if (input.Description is { } description)
        {
            TuyaText.Write(terminal, description, secrets);
        }
        else
        {
            TuyaText.Write(terminal, input.Image!.TuyaContents, input.Image.UserParameters.FirstOrDefault(), TuyaTemplate.WiringOf(input.Image), secrets);
            InspectText.Findings(terminal, Findings(input.Image));
        }
        return ExitCodes.Done;
    }

    private static int RunList(Terminal terminal, string file, bool json, FlashImageOptions options)
    {
        var entries = Read(terminal, file, options).Catalog();
        if (json)
            terminal.Output.WriteLine(ImageDocuments.TuyaCatalogue(entries, file));
        else
            TuyaText.Write(terminal, entries);
        return ExitCodes.Done;
    }

    private static int RunGet(Terminal terminal, string file, string name, bool json, bool secrets, FlashImageOptions options)
    {
        var entries = Read(terminal, file, options).Catalog();
        string[] names = entries.Select(candidate => candidate.Name).Distinct().ToArray();
        var entry = entries.FirstOrDefault(candidate => candidate.Name == name) ?? throw new CliException(ExitCodes.BadInput, FindingCode.TuyaNothingToWrite,
            Guess.Add($"there is no '{name}' in it; it has {string.Join(", ", names)}", name, names), file);
        byte[] data = entry.Data.ToArray();
        string shown = TuyaSecrets.Show(name, data, secrets);
        if (json)
            terminal.Output.WriteLine(ImageDocuments.TuyaValue(entry, file, secrets));
        else
            terminal.Line(shown);
        if (!secrets && shown != TuyaSecrets.Show(name, data, showSecrets: true))
            terminal.Note("secrets are masked; --show-secrets prints them");
        return ExitCodes.Done;
    }

    // One of the two: what is told of a device, or an image of it.
    private sealed record Input(TuyaDescription? Description, FlashImage? Image)
    {
        public IReadOnlyList<TuyaCatalogEntry> Catalog() => Description is { } description ? TuyaCatalog.Of(description) : TuyaCatalog.Of(Image!);
    }

    private static Input Read(Terminal terminal, string file, FlashImageOptions options)
    {
        using var bytes = InputFile.Read(file);
        if (InputDocuments.IsJson(bytes.Span))
        {
            var description = InputFile.Within(file, () => InputDocuments.ParseTuyaDescription(bytes.Span));
            foreach (var finding in description.Findings)
                terminal.Note($"{Words.Of(finding.Severity)}: {finding}");
            return new(description, null);
        }
        var image = InputFile.OpenArchive(terminal, file, FlashImage.Parse(bytes.Span.ToArray(), options));
        return !image.TuyaContents.IsEmpty || image.UserParameters.Any()
            ? new(null, image)
            : throw new CliException(ExitCodes.BadInput, FindingCode.TuyaNothingToWrite, "there is nothing of Tuya's in it", file);
    }

    private static Finding[] Findings(FlashImage image) => image.Findings.Where(finding => finding.Area == FindingArea.Tuya).ToArray();
}

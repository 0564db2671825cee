using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Obk;

namespace BekenImage.Cli.Commands;

/// <summary><c>obk show</c> and <c>obk set</c>: OpenBeken's configuration; the lists of its roles, flags and channel types.</summary>
internal static class ObkCommand
{
    public static Command Make(Terminal terminal) => new("obk", "OpenBeken's configuration")
    {
        Show(terminal), Set(terminal), ListCommands.ObkRoles(terminal), ListCommands.ObkFlags(terminal), ListCommands.ObkChannels(terminal),
    };

    private static Command Show(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var json = CommonOptions.AsJson();
        var template = new Option<bool>("--template") { Description = "Print the device template: pins, flags, start-up command" };
        var secrets = CommonOptions.ShowSecrets();
        var chip = CommonOptions.Chip();
        var command = new Command("show", "Shows every field; --json prints what 'obk set --from' and 'combine --obk-config' take") { image, json, template, secrets, chip };
        command.SetAction(parsed => RunShow(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(json), parsed.GetValue(template), parsed.GetValue(secrets),
            new FlashImageOptions { Chip = parsed.GetValue(chip) }));
        return command;
    }

    private static Command Set(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var values = new Argument<string[]>("NAME=VALUE")
        {
            Description = "Fields as 'obk show' names them; one pin, flag or channel as pins.6=Btn:2, flags.10=true", Arity = ArgumentArity.ZeroOrMore,
        };
        var from = new Option<string?>("--from") { HelpName = "FILE", Description = "A file with fields as 'obk show --json' prints them, a device template, or an image or part of one that holds a configuration" };
        var defaults = new Option<bool>("--defaults") { Description = "Start from the firmware's defaults instead of the configuration that is there" };
        var chip = CommonOptions.Chip();
        var command = new Command("set", "Changes fields; where there is no configuration, one is made from the firmware's defaults")
            { image, values, from, defaults, chip };
        var output = new OutputOptions(command, "The image to write");
        command.Validators.Add(result =>
        {
            string[] given = result.GetValue(values) ?? [];
            if (given.Length == 0 && result.GetValue(from) is null && !result.GetValue(defaults))
                result.AddError("obk set needs NAME=VALUE, --from FILE or --defaults");
            if (!given.All(FieldArguments.IsField))
                result.AddError("obk set takes fields as NAME=VALUE");
        });
        command.SetAction(parsed => RunSet(output.Read(terminal, parsed, parsed.GetRequiredValue(image)), new SetRequest(
            parsed.GetRequiredValue(image), parsed.GetValue(values) ?? [], parsed.GetValue(from), parsed.GetValue(defaults),
            new FlashImageOptions { Chip = parsed.GetValue(chip) })));
        return command;
    }

    private static int RunShow(Terminal terminal, string file, bool json, bool template, bool secrets, FlashImageOptions options)
    {
        var image = InputFile.Load(terminal, file, options);
        if (image.ObkConfig is not { } config)
            throw new CliException(ExitCodes.BadInput, FindingCode.ObkNotAConfig, "there is no OpenBeken configuration in it", file);
        if (template && !json)
        {
            terminal.Output.WriteLine(DeviceTemplates.FromConfig(image, secrets));
        }
        else if (json)
        {
            terminal.Output.WriteLine(template
                ? ImageDocuments.ObkTemplate(image, file, secrets)
                : ImageDocuments.ObkConfig(image, file, secrets));
        }
        else
        {
            WriteText(terminal, config, secrets);
        }
        return ExitCodes.Done;
    }

    private static void WriteText(Terminal terminal, ObkConfig config, bool secrets)
    {
        terminal.Line(FormattableString.Invariant(
            $"OpenBeken config at physical 0x{config.Offset:x}: version {config.Version}, {config.Length} bytes, checksum {Words.Verdict(config.ChecksumOk)}"));
        terminal.Line();
        foreach (var field in config.ToFields(secrets))
            terminal.Pair(field.Name, PlainText.Of(field.Value));
    }

    private sealed record SetRequest(string Image, string[] Values, string? From, bool Defaults, FlashImageOptions Options);

    private static int RunSet(Writing writing, SetRequest request)
    {
        var terminal = writing.Terminal;
        string[] documents = request.From is null ? [] : [request.From];
        writing.Check([request.Image, .. documents]);
        var document = request.From is null ? null : ReadDocument(terminal, request.From);
        foreach (var finding in document?.Findings ?? [])
            terminal.Note($"{Words.Of(finding.Severity)}: {finding}");
        var fields = FieldArguments.Parse(request.Values);
        return EditRun.Run(writing, request.Image, request.Options, draft => draft.SetObkConfig(builder =>
        {
            Apply(request.From, document, builder);
            builder.SetAll(fields);
        }, request.Defaults), "the OpenBeken configuration is set", error => error.Code == FindingCode.ObkMasked ? request.From : null, documents);
    }

    // Text is a document of fields, everything else an image of a configuration.
    private static ObkConfigDocument ReadDocument(Terminal terminal, string file)
    {
        byte[] bytes = InputFile.ReadImage(terminal, file);
        bool isText = InputDocuments.IsJson(bytes) || FlashImage.Parse(bytes).Kind == ImageKind.Unknown;
        return InputFile.Within(file, () => isText ? InputDocuments.ParseObkConfig(bytes) : ObkSource.ReadDocument(bytes));
    }

    private static void Apply(string? file, ObkConfigDocument? document, ObkConfigBuilder builder)
    {
        try
        {
            document?.ApplyTo(builder);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }
}

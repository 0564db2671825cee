using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>combine FACTORY FIRMWARE -o OUT</c>: the main job.</summary>
internal static class CombineCommand
{
    public static Command Make(Terminal terminal)
    {
        var factory = new Argument<string>("FACTORY") { Description = "A dump of the device's whole flash" };
        var firmware = new Argument<string>("FIRMWARE") { Description = "What is to run on it: a QIO, UA, app, RBL, UG or UF2 file, or a plain application" };
        var chip = CommonOptions.Chip();
        var key = CommonOptions.Key("The device's key; it must fit the device's bootloader");
        var mac = new Option<MacAddress?>("--mac") { HelpName = "MAC", Description = "Another MAC for the RF table", CustomParser = result => CommonOptions.ParseMac(result, "--mac") };
        var rf = new Option<string>("--rf") { HelpName = "keep|none|FILE", Description = "RF table: keep (of FACTORY), none, or a file with one", DefaultValueFactory = _ => "keep" };
        var obk = new Option<string?>("--obk-config") { HelpName = "keep|firmware|none|FILE", Description = "OpenBeken config: keep (of FACTORY), firmware, none, or a file: its 3584 bytes, or JSON with the fields to change" };
        var keep = Areas("--keep", "Areas of FACTORY to keep");
        var erase = Areas("--erase", "Areas of FACTORY to erase");
        var bootloader = new Option<string?>("--bootloader") { HelpName = "FILE", Description = "A bootloader for a dump that has none" };
        var replace = new Option<bool>("--replace-bootloader") { Description = "Take FIRMWARE's bootloader" };
        var table = new Option<string>("--partition-table") { HelpName = "keep|firmware", Description = "The bootloader's partition table: keep, or rewrite it for FIRMWARE's layout", DefaultValueFactory = _ => "keep" };
        table.CompletionSources.Add("keep", "firmware");
        table.CustomParser = CommonOptions.Text("--partition-table", "keep or firmware", text => text is "keep" or "firmware", "keep", "firmware");
        var size = new Option<string>("--size") { HelpName = "SIZE", Description = "How much to write: chip, a number such as 2M, qio, or app", DefaultValueFactory = _ => "chip" };
        size.CustomParser = CommonOptions.Text("--size", "chip, qio, app or a number such as 2M",
            text => text is "chip" or "qio" or "app" || (CommonOptions.TryParseNumber(text, out long number) && number > 0), "chip", "qio", "app");
        CommonOptions.WithWords(size, "chip", "qio", "app");
        CommonOptions.WithWords(rf, "keep", "none");
        CommonOptions.WithWords(obk, "keep", "firmware", "none");
        var set = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Description = "A field of OpenBeken's config, as 'obk set' takes it: wifiSsid=..., pins.6=Btn:2; may be repeated" };
        var fromTuya = new Option<bool>("--from-tuya") { Description = "Take pins and start-up command from the Tuya data in FACTORY" };
        var dump = new Option<bool>("--firmware-dump") { Description = "FIRMWARE is a dump of another device, on purpose" };
        var boot = new Option<bool>("--boot") { Description = "Run the device's bootloader on the result before it is written; exit 1 when it does not start it" };
        var failOn = CommonOptions.FailOnOption(FailOn.Never);
        var command = new Command("combine", "Combines a factory dump with a firmware into an image that boots on that device")
            { factory, firmware, chip, key, mac, rf, obk, keep, erase, bootloader, replace, table, size, set, fromTuya, dump, boot, failOn };
        var output = new OutputOptions(command, "The image to write");
        command.Validators.Add(result =>
        {
            if (result.GetValue(replace) && result.GetValue(bootloader) is not null)
                result.AddError("--bootloader and --replace-bootloader exclude each other");
            if (!(result.GetValue(set) ?? []).All(FieldArguments.IsField))
                result.AddError("--set takes a field as NAME=VALUE");
            RefuseContradictions(
                result, AreasTyped(result.GetResult(keep)), AreasTyped(result.GetResult(erase)), CommonOptions.Typed(result.GetResult(obk)).LastOrDefault());
            if (CommonOptions.Typed(result.GetResult(rf)).LastOrDefault() == "none")
                CommonOptions.RefuseIdle(result, "--rf none writes no RF table to put it in", mac);
        });
        command.SetAction(parsed =>
        {
            var job = new Job(output.Read(terminal, parsed, parsed.GetRequiredValue(factory)), parsed.GetRequiredValue(factory), parsed.GetRequiredValue(firmware));
            var given = parsed.GetValue(key);
            job.Writing.Check(job.Inputs(given?.File, parsed.GetValue(rf), parsed.GetValue(obk), parsed.GetValue(bootloader)));
            var options = new CombineOptions
            {
                Chip = parsed.GetValue(chip),
                Key = given?.Coefficients,
                Mac = parsed.GetValue(mac),
                ReplaceBootloader = parsed.GetValue(replace),
                PartitionTable = parsed.GetValue(table) == "firmware" ? PartitionTableChoice.Firmware : PartitionTableChoice.Keep,
                FirmwareIsDump = parsed.GetValue(dump),
                FromTuya = parsed.GetValue(fromTuya),
                FactoryName = job.Factory,
                FirmwareName = job.Firmware,
            };
            foreach (string area in parsed.GetValue(keep) ?? [])
                options.Keep.Add(area);
            foreach (string area in parsed.GetValue(erase) ?? [])
                options.Erase.Add(area);
            foreach (var field in FieldArguments.Parse(parsed.GetValue(set) ?? []))
                options.ObkChanges.Add(field);
            SetRf(terminal, options, parsed.GetValue(rf)!);
            SetObkConfig(terminal, options, parsed.GetValue(obk));
            SetSize(options, parsed.GetValue(size)!);
            if (parsed.GetValue(bootloader) is { } file)
            {
                options.Bootloader = InputFile.Load(terminal, file);
                options.BootloaderName = file;
            }
            // Coefficients are judged by the combiner; an AES key only reads the dump.
            var dumped = given is { IsAes: true } ? KeyOptions.Read(terminal, given).Options : null;
            return Run(job, options, dumped, parsed.GetValue(boot), parsed.GetValue(failOn));
        });
        return command;
    }

    private sealed record Job(Writing Writing, string Factory, string Firmware)
    {
        public Terminal Terminal => Writing.Terminal;

        public string Output => Writing.Output;

        public string[] Inputs(params string?[] more) => [Factory, Firmware, .. more.Where(file => file is not null && File.Exists(file)).Select(file => file!)];
    }

    private static int Run(Job job, CombineOptions options, FlashImageOptions? dumped, bool boot, FailOn failOn)
    {
        var factory = InputFile.LoadAsGiven(job.Terminal, job.Factory, dumped);
        var firmware = InputFile.LoadAsGiven(job.Terminal, job.Firmware);
        var plan = new ImageCombiner(factory, firmware, options).Plan();
        byte[] image;
        CombineReview review;
        Finding? obstacle;
        try
        {
            image = plan.ToArray();
            review = CombineReview.Of(plan);
            // The rules refuse; what the device's own bootloader says is an answer, and the image is written.
            obstacle = review.Obstacle;
            if (boot)
                review = BootVerifier.Review(review);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, FileOf(error, options, job));
        }
        if (obstacle is not null)
            throw new CliException(ExitCodes.Refused, obstacle.Code, obstacle.Message + "; nothing was written", job.Factory, obstacle.Offset);
        job.Writing.Save(image, review.Image is { } written && SecretNote.IsFor(written), job.Inputs());
        if (review.Image is { } result)
            SecretNote.Write(job.Terminal, job.Output, result);
        job.Writing.Print(() => ImageDocuments.Combine(plan, job.Output, review));
        if (!job.Writing.Json)
        {
            CombineText.Write(job.Terminal, job.Output, image, plan, review.Image, review.Verify, review.Lint);
            CombineText.Next(job.Terminal, NextSteps.After(plan, review, job.Output == InputFile.StandardStream ? "IMAGE" : job.Output));
        }
        // Who asks whether it boots gets "no" as an answer.
        return boot && review.Verify is { Boots: false } ? ExitCodes.No : CommonOptions.ExitCodeOf(failOn, plan.Findings);
    }

    // A field that was typed is in no file.
    private static string? FileOf(BekenImageException error, CombineOptions options, Job job) =>
        error.Subject == Cures.ObkChanges ? null : options.NameOf(error.Subject) ?? job.Factory;

    private static Option<string[]> Areas(string name, string description)
    {
        return CommonOptions.WithWords(new Option<string[]>(name)
        {
            HelpName = "LIST",
            Description = $"{description}, joined by commas: {string.Join(", ", CombineOptions.AreaNames)}",
            CustomParser = result =>
            {
                string[] areas = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
                if (areas.Length == 0 && result.Tokens.Count > 0)
                    result.AddError($"{name} names areas, joined by commas: {string.Join(", ", CombineOptions.AreaNames)}");
                foreach (string area in areas.Except(CombineOptions.AreaNames))
                    result.AddError(Guess.Add($"{name} does not know {ShownText.Quote(area)}; it knows {string.Join(", ", CombineOptions.AreaNames)}", area, CombineOptions.AreaNames));
                return areas;
            },
        }, [.. CombineOptions.AreaNames]);
    }

    // '--erase all --keep X' keeps X, and the other way round: the name that says less has the word.
    private static void RefuseContradictions(
        System.CommandLine.Parsing.CommandResult result, IReadOnlyList<string> kept, IReadOnlyList<string> erased, string? obk)
    {
        foreach (string area in kept.Intersect(erased))
            result.AddError($"--keep {area} and --erase {area} contradict each other");
        if (obk == "none" && kept.Contains(PartitionNames.ObkConfig) || obk == "keep" && erased.Contains(PartitionNames.ObkConfig))
            result.AddError($"--obk-config {obk} and --{(obk == "none" ? "keep" : "erase")} {PartitionNames.ObkConfig} contradict each other");
    }

    private static string[] AreasTyped(System.CommandLine.Parsing.SymbolResult? option) => SplitAreas(CommonOptions.Typed(option));

    private static string[] SplitAreas(IEnumerable<string> lists) =>
        lists.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();

    private static void SetRf(Terminal terminal, CombineOptions options, string rf)
    {
        switch (rf)
        {
            case "keep":
                break;
            case "none":
                options.Rf = RfChoice.None;
                break;
            default:
                options.Rf = RfChoice.Given;
                options.RfTableName = rf;
                options.RfTable = RfFile.Read(terminal, rf, out var chip);
                options.RfTableChip = chip;
                break;
        }
    }

    private static void SetObkConfig(Terminal terminal, CombineOptions options, string? obk)
    {
        switch (obk)
        {
            case null:
                break;
            case "keep":
                options.ObkConfigFrom = ObkConfigChoice.Keep;
                break;
            case "firmware":
                options.ObkConfigFrom = ObkConfigChoice.Firmware;
                break;
            case "none":
                options.ObkConfigFrom = ObkConfigChoice.None;
                break;
            default:
                options.ObkConfigName = obk;
                SetObkFile(terminal, options, obk);
                break;
        }
    }

    private static void SetObkFile(Terminal terminal, CombineOptions options, string file)
    {
        byte[] bytes = InputFile.ReadImage(terminal, file);
        if (InputDocuments.IsJson(bytes))
        {
            options.ObkConfigFrom = ObkConfigChoice.Changed;
            options.ObkConfigChanges = WithFile(file, () => InputDocuments.ParseObkConfig(bytes));
            return;
        }
        options.ObkConfigFrom = ObkConfigChoice.Given;
        // It is stored as it is: how its pins are counted does not matter.
        options.ObkConfig = WithFile(file, () => ObkSource.Read(bytes));
    }

    private static void SetSize(CombineOptions options, string size)
    {
        options.Extent = size switch { "chip" => OutputExtent.Chip, "qio" => OutputExtent.Qio, "app" => OutputExtent.App, _ => OutputExtent.Length };
        if (options.Extent == OutputExtent.Length && CommonOptions.TryParseNumber(size, out long length))
            options.Length = length;
    }

    private static T WithFile<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }
}

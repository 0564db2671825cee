using System.CommandLine;
using System.Reflection;
using System.Text;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Report;

namespace BekenImage.Cli.Commands;

/// <summary><c>report IMAGE...</c>: a page about an image or about many, or Markdown for a forum.</summary>
internal static class ReportCommand
{
    private const string Html = "html";
    private const string Markdown = "markdown";

    private sealed record Part(CollectionEntry? Entry, string? Text, ReportedFile File, CliException? Error, bool HasSecrets);

    private sealed record Manner(string Format, ReportOptions Report, FlashImageOptions Options);

    public static Command Make(Terminal terminal)
    {
        var output = new Option<string?>("--output", "-o") { HelpName = "OUT", Description = "The file to write; without it Markdown is printed" };
        var force = CommonOptions.Force();
        var html = new Option<bool>("--html") { Description = "One page that holds all it needs; the default for a file, but for one that is called .md" };
        var markdown = new Option<bool>("--markdown") { Description = "Under 40 lines to paste into a forum, without secrets and whole MACs" };
        var title = new Option<string?>("--title") { HelpName = "TEXT", Description = "The heading; default: the file's name" };
        var secrets = CommonOptions.ShowSecrets();
        var boot = new Option<bool>("--boot") { Description = "Run each image's own bootloader too, and show what it says" };
        var json = CommonOptions.AsJson();
        var command = new Command("report", "Makes a page about an image, about a collection of them, or Markdown for a forum")
            { output, force, html, markdown, title, secrets, boot, json };
        var images = CommonOptions.Images(command, "Images; a folder means every file in it and in its folders; - for standard input");
        var key = new KeyOptions(command, hasCipher: true);
        command.Validators.Add(result =>
        {
            if (result.GetValue(html) && result.GetValue(markdown))
                result.AddError("--html and --markdown exclude each other: a report is one of them");
            if (result.GetValue(json) && IsPrinted(result.GetValue(output)))
                result.AddError("the report and --json both claim standard output; give it a file with -o");
        });
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(output);
            var beside = IsPrinted(path) ? terminal.Beside(InputFile.StandardStream) : terminal;
            var given = key.Read(beside, parsed);
            var report = new ReportOptions
            {
                Title = parsed.GetValue(title), ShowSecrets = parsed.GetValue(secrets), RunBootloader = parsed.GetValue(boot), ToolVersion = Version(),
            };
            var manner = new Manner(FormatOf(path, parsed.GetValue(html), parsed.GetValue(markdown)), report, given.Options);
            int exitCode = Make(
                beside, parsed.GetRequiredValue(images), given.Files, path ?? InputFile.StandardStream, parsed.GetValue(force), parsed.GetValue(json), manner,
                out string? printed);
            terminal.Output.Write(printed);
            return exitCode;
        });
        return command;
    }

    private static bool IsPrinted(string? output) => output is null or InputFile.StandardStream;

    private static string FormatOf(string? output, bool html, bool markdown) =>
        markdown || !html && (IsPrinted(output) || output!.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) ? Markdown : Html;

    private static string? Version() =>
        typeof(ReportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    // What is to be printed is text, as any answer; into a file go its bytes, whole or not at all.
    private static int Make(
        Terminal terminal, string[] images, string[] keyFiles, string output, bool force, bool json, Manner manner, out string? printed)
    {
        printed = null;
        var inputs = Images(images).ToArray();
        string[] files = [.. inputs.Select(input => input.File), .. keyFiles];
        OutputFile.Check(output, force, files);
        bool several = images.Length > 1 || Directory.Exists(images[0]);
        var parts = EachInput.Answers(inputs, input => PartsOf(input, several, manner)).SelectMany(all => all).ToArray();
        foreach (var part in parts)
        {
            if (part.Error is { } error)
                terminal.ErrorLine(error);
        }
        int exitCode = parts.Max(part => part.Error?.ExitCode ?? ExitCodes.Done);
        if (parts.All(part => part.Error is not null))
        {
            // With one input its document says all there is to say; with several, each has its own.
            foreach (var part in json ? parts : [])
                terminal.Output.WriteLine(ImageDocuments.Error("report", part.File.File, part.Error!.ToLibrary(), indented: parts.Length == 1));
            return exitCode;
        }
        string text = TextOf(parts, manner);
        if (IsPrinted(output))
        {
            printed = text;
            return exitCode;
        }
        byte[] written = Encoding.UTF8.GetBytes(text);
        OutputFile.Write(output, written, force, parts.Any(part => part.HasSecrets), files);
        if (parts.Any(part => part.HasSecrets))
            terminal.Note($"{output}: holds passwords or cloud keys, as --show-secrets asked for");
        if (json)
            terminal.Output.WriteLine(ImageDocuments.Report(output, manner.Format, written, [.. parts.Select(part => part.File)]));
        return exitCode;
    }

    // A report that was written into the folder is no image of it: the next one leaves it out, and may take its place.
    private static IEnumerable<Input> Images(string[] paths)
    {
        foreach (string path in paths)
        {
            var found = InputTree.Expand([path], isDeep: true).ToArray();
            var kept = Directory.Exists(path) ? [.. found.Where(input => !IsReport(input))] : found;
            foreach (var input in kept.Length > 0 ? kept : [InputTree.Nothing(path)])
                yield return input;
        }
    }

    private static bool IsReport(Input input)
    {
        if (input.Error is not null)
            return false;
        try
        {
            using var file = InputFile.Read(input.File);
            return ImageReport.IsReport(file.Memory);
        }
        catch (CliException)
        {
            // Reading it as an image says what is wrong.
            return false;
        }
    }

    private static string TextOf(Part[] parts, Manner manner) =>
        parts.Length == 1 && parts[0].Text is { } only ? only
        : manner.Format == Markdown ? string.Join("\n", parts.Select(part => part.Text).OfType<string>())
        : ImageReport.Collection(parts.Select(part => part.Entry).OfType<CollectionEntry>(), manner.Report);

    private static Part[] PartsOf(Input input, bool several, Manner manner)
    {
        try
        {
            if (input.Error is not null)
                throw input.Error;
            using var bytes = InputFile.Read(input.File);
            var image = FlashImage.Parse(bytes.Memory, manner.Options);
            // An archive with one image in it is that image; with several it is a collection.
            return image is { IsArchive: true, Contained: null } && image.Members.Count > 0
                ? [.. image.Members.Select(member => PartOf(InputFile.NameOf(input.File, member), member, manner))]
                : [PartOf(input.File, image, several, manner)];
        }
        catch (CliException error)
        {
            return [Failed(input.File, error)];
        }
    }

    private static Part PartOf(string name, ImageMember member, Manner manner)
    {
        try
        {
            return PartOf(name, InputFile.OpenMember(name, member, manner.Options), several: true, manner);
        }
        catch (CliException error)
        {
            return Failed(name, error);
        }
    }

    private static Part PartOf(string name, FlashImage image, bool several, Manner manner)
    {
        var options = manner.Report;
        bool isSecret = options.ShowSecrets && ImageSecrets.NamesIn(image, new FlashRange(0, image.Bytes.Length)).Count > 0;
        var file = new ReportedFile(name, image.Sha256);
        if (manner.Format == Markdown)
        {
            var each = several ? options.ForOneOfMany() : options;
            return new Part(null, ImageReport.Markdown(image, name, each), file, null, isSecret);
        }
        return several
            ? new Part(CollectionEntry.Of(image, name, options), null, file, null, isSecret)
            : new Part(null, ImageReport.Html(image, name, options), file, null, isSecret);
    }

    private static Part Failed(string name, CliException error) =>
        new(CollectionEntry.Unreadable(name, error.ToLibrary()), null, new ReportedFile(name, error.ToLibrary()), error, HasSecrets: false);
}

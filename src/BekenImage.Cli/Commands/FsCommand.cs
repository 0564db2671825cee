using System.CommandLine;
using System.Globalization;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.LittleFs;

namespace BekenImage.Cli.Commands;

/// <summary><c>fs list</c>, <c>fs extract</c>, <c>fs add</c>, <c>fs create</c>: OpenBeken's LittleFS.</summary>
internal static class FsCommand
{
    private const int SmallestSize = 0x2000;
    private const int LargestSize = FlashImage.MaximumLength;

    public static Command Make(Terminal terminal) => new("fs", "OpenBeken's files: the LittleFS volume")
    {
        List(terminal), Extract(terminal), Add(terminal), Create(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var json = CommonOptions.AsJson();
        var chip = CommonOptions.Chip();
        var command = new Command("list", "Lists the files of an image or of a volume file; exit 1 when some are damaged") { image, json, chip };
        var key = new KeyOptions(command);
        command.SetAction(parsed => RunList(
            terminal, parsed.GetRequiredValue(image), parsed.GetValue(json), key.Read(terminal, parsed, parsed.GetValue(chip)).Options));
        return command;
    }

    private static Command Extract(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var chip = CommonOptions.Chip();
        var command = new Command("extract", "Writes the files into a folder, under safe names; exit 1 when some are damaged") { image, chip };
        var key = new KeyOptions(command);
        var output = new OutputOptions(
            command, "The folder to write; it must not exist, or be empty", new Beside(image, file => DefaultName.Folder(file, "files")), isFolder: true);
        command.SetAction(parsed => Extract(
            output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image), key.Read(terminal, parsed, parsed.GetValue(chip))));
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Files to put in under their own names, or PATH=FILE to say under which" };
        var chip = CommonOptions.Chip();
        var command = new Command("add", "Puts files into the volume, which is made where the firmware looks if there is none") { image, files, chip };
        var key = new KeyOptions(command);
        var output = new OutputOptions(command, "The image to write");
        command.SetAction(parsed => RunAdd(
            output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image), parsed.GetRequiredValue(files),
            key.Read(terminal, parsed, parsed.GetValue(chip))));
        return command;
    }

    private static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder with the files" };
        var size = CommonOptions.Number("--size", "Size of the volume in bytes, a multiple of 4096; without this OpenBeken's default, 0x8000",
            number => number is < SmallestSize or > LargestSize || number % FlashGeometry.SectorSize != 0
                ? FormattableString.Invariant($"a multiple of 0x{FlashGeometry.SectorSize:x} from 0x{SmallestSize:x} to 0x{LargestSize:x}")
                : null);
        var command = new Command("create", "Makes a volume of the files in a folder") { folder, size };
        var output = new OutputOptions(command, "The volume to write");
        command.SetAction(parsed => RunCreate(
            output.Read(terminal, parsed, parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(folder), (int)(parsed.GetValue(size) ?? LittleFsPlace.DefaultLength)));
        return command;
    }

    private static int RunList(Terminal terminal, string file, bool json, FlashImageOptions options)
    {
        var image = InputFile.Load(terminal, file, options);
        var volume = Volume(image, file);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.LittleFs(image, file));
            return ExitCodeOf(volume);
        }
        terminal.Line(InspectText.LittleFs(volume));
        if (volume.Entries.Count > 0)
        {
            terminal.Table(["size", "path"], volume.Entries.Select(entry => (IReadOnlyList<string>)
            [
                entry.IsDirectory ? "-" : entry.Size.ToString(CultureInfo.InvariantCulture),
                entry.IsDirectory ? entry.Path + "/" : entry.IsComplete ? entry.Path : entry.Path + " (damaged)",
            ]));
        }
        InspectText.Findings(terminal, Findings(image));
        return ExitCodeOf(volume);
    }

    /// <summary>Writes the files of an image into a folder.</summary>
    public static int Extract(Writing writing, string file, ReadingOptions given)
    {
        var terminal = writing.Terminal;
        OutputFolder.CheckTree(writing.Output, writing.Force, [file, .. given.Files]);
        var image = InputFile.Load(terminal, file, given.Options);
        var volume = Volume(image, file);
        var paths = LittleFsSafePaths.Map(volume.Entries);
        var folders = new List<string>();
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var (entry, path) in volume.Entries.Zip(paths))
        {
            AddFolders(path, entry.IsDirectory, folders);
            if (!entry.IsDirectory)
                files.Add(new(path, entry.ToArray()));
            if (!entry.IsComplete)
                terminal.Note($"'{entry.Path}' is damaged: the last {entry.ReadableLength} of its {Plural.Of(entry.Size, "byte")} are written");
            if (path != entry.Path)
                terminal.Note($"'{entry.Path}' is written as '{path}'");
        }
        OutputFolder.WriteTree(writing.Output, folders, files, writing.Force, SecretNote.IsFor(image, volume.Range), [file, .. given.Files]);
        writing.Tell(FormattableString.Invariant($"{Plural.Of(files.Count, "file")}, {Plural.Of(files.Sum(item => (long)item.Value.Length), "byte")}"));
        NoteFindings(terminal, image);
        SecretNote.Write(terminal, writing.Output, image, volume.Range);
        writing.Print(() => ImageDocuments.WrittenFolder(writing.Verb, file, writing.Output, files, Findings(image)));
        return ExitCodeOf(volume);
    }

    // A damaged volume may list a file without the directory it lies in.
    private static void AddFolders(string path, bool isFolder, List<string> folders)
    {
        for (int end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (!folders.Contains(path[..end]))
                folders.Add(path[..end]);
        }
        if (isFolder && !folders.Contains(path))
            folders.Add(path);
    }

    private static int RunAdd(Writing writing, string file, string[] arguments, ReadingOptions reading)
    {
        var given = arguments.Select(VolumeFiles.Parse).ToArray();
        if (given.Select(item => item.File).Append(file).Count(name => name == InputFile.StandardStream) > 1)
            throw new CliException(ExitCodes.Usage, FindingCode.WrongKind, "only one input can come from standard input");
        return EditRun.Run(writing, file, reading.Options, draft =>
        {
            var image = draft.ToImage();
            draft.EditFiles(given.Select(VolumeFiles.Read).ToArray(), remove: null);
            NoteFindings(writing.Terminal, image);
        }, $"{Plural.Of(given.Length, "file")} put into its LittleFS", otherInputs: [.. given.Select(item => item.File), .. reading.Files]);
    }

    private static int RunCreate(Writing writing, string folder, int size)
    {
        var found = VolumeFiles.List(folder);
        string[] inputs = found.Where(item => item.File is not null).Select(item => item.File!).ToArray();
        writing.Check(inputs);
        RefuseTooMuch(folder, inputs, size);
        byte[] volume;
        try
        {
            volume = LittleFsWriter.Create(size, found.Select(item =>
                item.File is null ? LittleFsEntry.Directory(item.Path) : VolumeFiles.Read((item.Path, item.File))).ToArray());
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, folder);
        }
        writing.Save(volume, inputs);
        writing.Tell(FormattableString.Invariant($"a LittleFS volume of 0x{volume.Length:x} bytes with {Plural.Of(inputs.Length, "file")}"));
        writing.Print(volume);
        return ExitCodes.Done;
    }

    // Before anything is read: a wrong folder may hold more than memory does.
    private static void RefuseTooMuch(string folder, string[] files, int size)
    {
        long total = 0;
        foreach (string file in files)
            total += new FileInfo(file) is { Exists: true } info ? info.Length : 0;
        if (total > size)
        {
            throw new CliException(ExitCodes.Refused, FindingCode.LittleFsDoesNotFit,
                FormattableString.Invariant($"the files have 0x{total:x} bytes, the LittleFS volume 0x{size:x} (--size); nothing was written"), folder);
        }
    }

    private static LittleFsVolume Volume(FlashImage image, string file)
    {
        if (image.LittleFs is { } volume)
            return volume;
        var why = Findings(image).FirstOrDefault();
        throw new CliException(ExitCodes.BadInput, why?.Code ?? FindingCode.LittleFsNotFound, why?.Message ?? "there is no LittleFS in it", file, why?.Offset);
    }

    private static void NoteFindings(Terminal terminal, FlashImage image)
    {
        foreach (var finding in Findings(image))
            terminal.Note($"{Words.Of(finding.Severity)}: {finding}");
    }

    private static Finding[] Findings(FlashImage image) => image.Findings.Where(finding => finding.Area == FindingArea.LittleFs).ToArray();

    private static int ExitCodeOf(LittleFsVolume volume) => volume.IsDamaged || volume.Files.Any(file => !file.IsComplete) ? ExitCodes.No : ExitCodes.Done;
}

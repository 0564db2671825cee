using System.CommandLine;
using System.Text;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>extract IMAGE WHAT -o FILE</c>: one partition or range.</summary>
internal static class ExtractCommand
{
    private const string Ota = "ota";

    public static Command Make(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var what = new Argument<string>("WHAT") { Description = "A partition's name as inspect shows it (tuya comes out as JSON, littlefs as a folder), ota (the application in a staged update package), or a physical range START+LENGTH; of a zip file also the name of a file in it" };
        var raw = new Option<bool>("--raw") { Description = "The bytes as stored, with page CRCs and encryption" };
        var appOnly = new Option<bool>("--app-only") { Description = "With app: the application alone, without the bytes the vendor's encrypt adds behind it; 'build' and 'ota pack' make the same image of it" };
        var secrets = new Option<bool>("--show-secrets") { Description = "With tuya: write passwords, keys and tokens instead of masking them" };
        var command = new Command("extract", "Takes one partition or range out of an image; programs come out plain") { image, what, raw, appOnly, secrets };
        var key = new KeyOptions(command, hasCipher: true);
        var output = new OutputOptions(command, "The file to write; for littlefs the folder");
        command.Validators.Add(result =>
        {
            string? wanted = CommonOptions.Typed(result.GetResult(what)).LastOrDefault();
            bool only = CommonOptions.IsGiven(result, appOnly), asStored = CommonOptions.IsGiven(result, raw);
            if (only && asStored)
                result.AddError("--app-only and --raw exclude each other");
            if (only && wanted != PartitionNames.App)
                result.AddError("--app-only is for app");
            if (CommonOptions.IsGiven(result, secrets) && (wanted != PartitionNames.Tuya || asStored))
                result.AddError("--show-secrets is for tuya as JSON: every other part comes out as it is");
            if (asStored && wanted == Ota)
                result.AddError("--raw has no effect: ota is the application in an update package; download is the partition it lies in");
        });
        command.SetAction(parsed => Run(
            output.Read(terminal, parsed, parsed.GetRequiredValue(image)), parsed.GetRequiredValue(image), parsed.GetRequiredValue(what),
            parsed.GetValue(raw), parsed.GetValue(appOnly), parsed.GetValue(secrets), key.Read(terminal, parsed)));
        return command;
    }

    /// <summary>The partition of that name; an error that lists the names where there is none.</summary>
    public static Partition Find(FlashImage image, string file, string name)
    {
        if (image.FindPartition(name) is { } partition)
            return partition;
        string[] names = image.Partitions.Select(known => known.Name).ToArray();
        string hint = name.Contains('+', StringComparison.Ordinal) ? "; a range is START+LENGTH, such as 0x11000+64K" : string.Empty;
        throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, Guess.Add(
            $"there is no {ShownText.Quote(name)} in it; it has {(names.Length == 0 ? "no partitions" : string.Join(", ", names))}{hint}", name, names), file);
    }

    private static int Run(Writing writing, string file, string what, bool raw, bool appOnly, bool showSecrets, ReadingOptions given)
    {
        if (what == PartitionNames.LittleFs && !raw)
            return FsCommand.Extract(writing, file, given);
        var terminal = writing.Terminal;
        string[] inputs = [file, .. given.Files];
        writing.Check(inputs);
        var read = FlashImage.Parse(InputFile.ReadBytes(file), given.Options);
        if (read.IsArchive && MemberOf(read, what) is { } member)
            return TakeMember(writing, file, member);
        var image = InputFile.OpenArchive(terminal, file, read);
        bool isTuya = what == PartitionNames.Tuya && !raw;
        var bytes = isTuya ? TakeTuya(image, file, showSecrets) : appOnly ? InputFile.Within(file, () => PlainApplication.Take(image)) : Take(image, file, what, raw);
        bool isSecret = isTuya ? showSecrets : PartOf(image, what) is { } place && SecretNote.IsFor(image, place);
        writing.Save(bytes, isSecret, inputs);
        if (!isTuya && PartOf(image, what) is { } part)
            SecretNote.Write(terminal, writing.Output, image, part);
        string secretWords = !isTuya ? string.Empty
            : showSecrets ? "; it holds the secrets of the device in readable form" : "; secrets are masked, --show-secrets writes them";
        writing.Tell($"{Plural.Of(bytes.Length, "byte")} of '{what}'{secretWords}");
        writing.Print(bytes);
        return ExitCodes.Done;
    }

    // By its whole name, or by the last part of it where no other ends so.
    private static ImageMember? MemberOf(FlashImage archive, string what)
    {
        var named = archive.Members.Where(member => member.Name == what).ToArray();
        if (named.Length == 0)
            named = archive.Members.Where(member => member.Name.EndsWith("/" + what, StringComparison.Ordinal)).ToArray();
        return named.Length == 1 ? named[0] : null;
    }

    private static int TakeMember(Writing writing, string file, ImageMember member)
    {
        if (member.Problem is { } problem)
            throw new CliException(ExitCodes.BadInput, FindingCode.ArchiveListed, $"{ShownText.Quote(member.Name)} in it cannot be read: it {problem}", file);
        byte[] bytes = member.ToArray();
        var image = member.Kind == ImageKind.Unknown ? null : FlashImage.Parse(bytes);
        writing.Save(bytes, image is not null && SecretNote.IsFor(image), file);
        if (image is not null)
            SecretNote.Write(writing.Terminal, writing.Output, image);
        writing.Tell($"{Plural.Of(bytes.Length, "byte")}, {ShownText.Quote(member.Name)} of the archive");
        writing.Print(bytes);
        return ExitCodes.Done;
    }

    private static FlashRange? PartOf(FlashImage image, string what) =>
        CommonOptions.TryParseRange(what, out var range) ? range : image.FindPartition(what)?.Range;

    private static byte[] TakeTuya(FlashImage image, string file, bool showSecrets)
    {
        if (image.TuyaStorage is null)
            throw new CliException(ExitCodes.BadInput, FindingCode.TuyaNothingToWrite, "there is no Tuya storage in it that can be deciphered; --raw takes the stored bytes", file);
        return Encoding.UTF8.GetBytes(ImageDocuments.TuyaValues(image, file, showSecrets) + "\n");
    }

    private static ReadOnlyMemory<byte> TakePart(FlashImage package, string file, string what, bool raw)
    {
        if (what == PartitionNames.App && !raw)
            return InputFile.Within(file, () => PlainApplication.Take(package));
        return package.Members.FirstOrDefault(member => member.Name == what)?.ToArray() ?? throw new CliException(
            ExitCodes.BadInput, FindingCode.WrongKind,
            $"there is no {ShownText.Quote(what)} in it; it has {string.Join(", ", package.Members.Select(member => member.Name))}", file);
    }

    private static ReadOnlyMemory<byte> Take(FlashImage image, string file, string what, bool raw)
    {
        if (CommonOptions.TryParseRange(what, out var range))
        {
            return range.End <= image.Bytes.Length
                ? range.Of(image.Bytes)
                : throw new CliException(ExitCodes.BadInput, FindingCode.OutsideFlash, $"the range {range} reaches beyond the file", file, range.Start);
        }
        if (image is { Kind: ImageKind.Package, IsPackagedFlash: false } && what != Ota)
            return TakePart(image, file, what, raw);
        if (what == Ota && image.FindPartition(what) is null)
            return OtaCommand.Open(file, image, key: null);
        var partition = Find(image, file, what);
        try
        {
            return raw ? partition.Range.Of(image.Bytes) : image.Extract(partition);
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, file);
        }
    }
}

using BekenImage.Crypto;

namespace BekenImage.Documents.Inputs;

/// <summary>The manifest of a split folder, read back. It comes out of a folder that anyone may have edited.</summary>
internal static class SplitManifestInput
{
    public static SplitManifest Read(PlainObject document)
    {
        var files = (document.Objects("file", "files") ?? throw Unfit("it names no files")).Select(ReadFile).ToArray();
        long rotation = Whole(document, "rotation");
        return new SplitManifest(Whole(document, "length"), (int)rotation, Text(document, "sha256"), files) { Package = ReadPackage(document) };
    }

    private static byte[]? ReadPackage(PlainObject document)
    {
        if (document.Find("package") is null)
            return null;
        try
        {
            return Convert.FromBase64String(Text(document, "package"));
        }
        catch (FormatException)
        {
            throw Unfit("'package' is base64");
        }
    }

    private static SplitFile ReadFile(PlainObject json)
    {
        string name = Text(json, "name");
        if (!IsSafe(name))
            throw Unfit("a file's name is made of [A-Za-z0-9._-]");
        string word = Text(json, "role");
        SplitRole? role = word switch { "raw" => SplitRole.Raw, "plain" => SplitRole.Plain, "part" => SplitRole.Part, _ => null };
        if (role is not { } known)
            throw Unfit("a file's role is raw, plain or part");
        if (!json.Members.Any(member => member.Name == "partition" && member.Value is (null or string)))
            throw Unfit("'partition' is a text, or null");
        var file = new SplitFile(
            name, known, json.Text("partition"), Range(json, "offset", "length"),
            Whole(json, "fileLength"), Text(json, "sha256"));
        if (file.Role != SplitRole.Plain)
            return file;
        string text = Text(json, "key");
        if (json.Find("cipher") is null)
            file.Key = BekenKey.TryParse(text, out var key) ? key : throw Unfit("'key' is no key");
        else
            ReadAesKey(file, text, json.Text("cipher"));
        file.LogicalStart = Whole(json, "logicalOffset");
        file.PartitionRange = Range(json, "partitionOffset", "partitionLength");
        file.HeaderOffset = json.Find("headerOffset") is null ? null : Whole(json, "headerOffset");
        return file;
    }

    private static void ReadAesKey(SplitFile file, string text, string? cipher)
    {
        file.AesKey = AesFlashKey.TryParse(text, out var key) ? key : throw Unfit("'key' is no AES key");
        file.AesVariant = cipher == DocumentWords.Of(AesFlashVariant.WordSwapped) ? AesFlashVariant.WordSwapped
            : cipher == DocumentWords.Of(AesFlashVariant.Standard) ? AesFlashVariant.Standard
            : throw Unfit("'cipher' is aes-xts or aes-xts-standard");
    }

    private static FlashRange Range(PlainObject json, string start, string length) =>
        FlashRange.TryCreate(Whole(json, start), Whole(json, length), FlashImage.MaximumLength, out var range)
            ? range
            : throw Unfit($"'{start}' and '{length}' are no range of an image");

    private static long Whole(PlainObject json, string name) => json.Find(name) is long number and >= 0 and <= FlashImage.MaximumLength
        ? number
        : throw Unfit($"'{name}' is a number up to 64 MiB");

    private static string Text(PlainObject json, string name) => json.Text(name) ?? throw Unfit($"'{name}' is a text");

    // Names that split makes; anything else could lead out of the folder.
    private static bool IsSafe(string name) => name.Length > 0 && name.Trim('.').Length > 0 && name.All(character =>
        character is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '_' or '-');

    private static BekenImageException Unfit(string why) => PlainObject.Unfit("it is not the manifest of a split folder: " + why);
}

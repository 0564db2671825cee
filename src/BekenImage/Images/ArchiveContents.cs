using BekenImage.Formats.Archives;
using BekenImage.Formats.Foreign;

namespace BekenImage.Images;

/// <summary>The files of an archive, each named; and the image, where exactly one of them is one.</summary>
internal sealed class ArchiveContents
{
    /// <summary>More files than a release has images; the rest is not looked at.</summary>
    private const int MaximumImages = 32;

    private const int ShownNames = 12;

    private ArchiveContents(IReadOnlyList<ImageMember> members, FlashImage? image, string? name, Finding? refusal)
    {
        Members = members;
        Image = image;
        Name = name;
        Refusal = refusal;
    }

    public IReadOnlyList<ImageMember> Members { get; }

    public FlashImage? Image { get; }

    public string? Name { get; }

    /// <summary>Why there is no image to take; null where there is.</summary>
    public Finding? Refusal { get; }

    /// <summary>Reads an archive.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="parse">Reads a file of it.</param>
    public static ArchiveContents Read(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, FlashImage> parse)
    {
        var archive = Archive.Read(bytes);
        var members = new List<ImageMember>();
        var found = new List<(string Name, FlashImage Image)>();
        bool isWhole = archive.Problem is null;
        int looked = 0;
        foreach (var file in archive.Members)
        {
            var image = MayBeImage(file) && ++looked <= MaximumImages ? parse(file.Bytes) : null;
            bool isKnown = image is { Kind: not ImageKind.Unknown };
            if (isKnown)
                found.Add((file.Name, image!));
            members.Add(new ImageMember(file.Name, file.Length, isKnown ? image!.Kind : ImageKind.Unknown, file.Bytes, file.Problem));
            isWhole &= file.Problem is null;
        }
        isWhole &= looked <= MaximumImages;
        if (found.Count == 1 && isWhole)
            return new ArchiveContents(members, found[0].Image, found[0].Name, null);
        string message = Describe(archive, members, found.Count);
        return new ArchiveContents(members, null, null, new Finding(FindingSeverity.Warning, FindingCode.ArchiveListed, message));
    }

    // Texts are no images, and neither are archives in an archive.
    private static bool MayBeImage(ArchiveMember file) =>
        file.Bytes.Length > 0 && Archive.FormOf(file.Bytes.Span) == ArchiveForm.None && ForeignFormats.NameOf(file.Bytes.Span) is null &&
        !IsText(file.Bytes.Span);

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes.Slice(0, Math.Min(bytes.Length, 0x1000)))
        {
            // No UTF-8 has 0xFF, and a read may begin with erased flash.
            if (value is < 0x20 and not (0x09 or 0x0A or 0x0D) or 0x7F or 0xFF)
                return false;
        }
        return true;
    }

    private static string Describe(Archive archive, List<ImageMember> members, int images)
    {
        string what = archive.Form == ArchiveForm.Zip ? "the zip file" : "the gzip file";
        var shown = images > 1 ? members.Where(member => member.Kind != ImageKind.Unknown || member.Problem is not null) : members;
        var names = shown.Take(ShownNames).Select(Describe).ToList();
        if (shown.Skip(ShownNames).Any())
            names.Add("more");
        string list = names.Count == 0 ? string.Empty : ": " + string.Join(", ", names);
        string problem = archive.Problem is { } told ? $"; {told}" : string.Empty;
        return images switch
        {
            0 when members.Count == 0 && archive.Problem is not null => $"{what} cannot be read{problem}",
            0 when members.Count == 0 => $"{what} is empty",
            0 => $"{what} holds no image that can be read{list}{problem}",
            1 => $"{what} holds one image, but not everything in it can be read{list}{problem}; take out the one that is meant",
            _ => FormattableString.Invariant($"{what} holds {images} images{list}{problem}; take out the one that is meant"),
        };
    }

    private static string Describe(ImageMember member)
    {
        if (member.Problem is { } problem)
            return $"{member.Name} ({problem})";
        if (member.Kind != ImageKind.Unknown)
            return member.ToString();
        var bytes = member.Bytes.Span;
        string? other = ForeignFormats.NameOf(bytes) ?? (Archive.FormOf(bytes) != ArchiveForm.None ? "an archive in the archive" : null);
        return other is null ? member.Name : $"{member.Name} ({other})";
    }
}

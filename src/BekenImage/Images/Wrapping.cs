using BekenImage.Formats.Archives;
using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.SecureBoot;
using BekenImage.Formats.Ua;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;

namespace BekenImage.Images;

/// <summary>
/// A file that is there for another one in it: an update package and the application it installs, a UG file and its update package, a UF2
/// file and what LibreTiny's tools flash of it, an archive and its image. The one place that opens them; nothing is opened before it is
/// asked for, and each opening has a budget. Never throws on content.
/// </summary>
internal sealed class Wrapping
{
    /// <summary>An archive, a UF2 file, an update package and its application are three.</summary>
    private const int MaximumDepth = 5;

    private Wrapping(IReadOnlyList<ImageMember> members, FlashImage? contained, string? member)
    {
        Members = members;
        Contained = contained;
        Member = contained is null ? null : member;
    }

    public IReadOnlyList<ImageMember> Members { get; }

    /// <summary>The one that counts; null where there is none, or it cannot be opened.</summary>
    public FlashImage? Contained { get; }

    /// <summary>Its name.</summary>
    public string? Member { get; }

    /// <summary>What is odd about the wrapper itself.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>Why nothing can be taken out of it; null where something can, or where opening what is inside says why.</summary>
    public Finding? Refusal { get; private init; }

    /// <summary>The chips it says it is for: <see cref="FlashImageOptions.StatedChips"/>.</summary>
    public IReadOnlyList<BekenChip>? StatedChips { get; private init; }

    /// <summary>True for an archive.</summary>
    public bool IsArchive { get; private init; }

    /// <summary>True for the first bytes of a file of <see cref="ImageKind.Package"/>.</summary>
    public static bool IsPackage(ReadOnlyMemory<byte> bytes) =>
        Uf2Block.StartsWithMagic(bytes.Span) || Archive.FormOf(bytes.Span) != ArchiveForm.None || PackagedFlash.Is(bytes);

    /// <summary>What a file of <see cref="ImageKind.Package"/> is, as a sentence calls it.</summary>
    public static string NameOf(ReadOnlyMemory<byte> file) =>
        Uf2Block.StartsWithMagic(file.Span) ? "a UF2 file" :
        Archive.FormOf(file.Span) switch
        {
            ArchiveForm.Zip => "a zip archive",
            ArchiveForm.Gzip => "a gzip file",
            _ => DownloadPackage.TryRead(file, out _) ? "a download package" : "an update package",
        };

    /// <summary>True for a file this class opens.</summary>
    /// <param name="origin">What the file begins with: one with a program at its start is no wrapper.</param>
    public static bool Is(ImageOrigin origin)
    {
        var bytes = origin.Bytes.Span;
        return origin.Start == ImageStart.Other &&
            (IsPackage(origin.Bytes) || ImageKinds.IsUg(bytes) || UaPackage.TryRead(origin.Bytes, out _) || RblHeader.TryRead(bytes, out var header) && header!.HeaderCrcOk);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">The file; <see cref="Is"/> was true.</param>
    /// <param name="options">What the caller knows.</param>
    public static Wrapping Open(ReadOnlyMemory<byte> bytes, FlashImageOptions options)
    {
        if (options.Depth >= MaximumDepth)
            return new Wrapping([], null, null);
        if (Uf2Package.TryRead(bytes, out var uf2))
            return OfUf2(uf2!, options);
        if (Archive.FormOf(bytes.Span) != ArchiveForm.None)
            return options.Depth == 0 ? OfArchive(bytes, options) : new Wrapping([], null, null);
        if (DownloadPackage.TryRead(bytes, out var download))
            return OfDownload(download);
        if (McuUpdatePackage.TryRead(bytes, out var update))
            return OfMcuUpdate(update, options);
        if (UaPackage.TryRead(bytes, out var ua))
            return OfUa(ua, options);
        if (ImageKinds.IsUg(bytes.Span) && UgPackage.TryRead(bytes, out var ug))
            return OfUg(ug!, options);
        return OtaPackage.TryRead(bytes, out var ota) ? OfUpdate(ota!, options) : new Wrapping([], null, null);
    }

    // The key an image may be read with is the flash's; what a package holds is plain.
    private static Wrapping OfUpdate(OtaPackage package, FlashImageOptions options)
    {
        if (!package.TryUnpack(new OtaUnpackOptions { MaximumLength = OtaUnpackOptions.Budget(package.Length) }, out byte[]? firmware, out _))
            return new Wrapping([], null, null) { StatedChips = options.StatedChips };
        var inside = Parse(firmware!, options, options.StatedChips, passesKey: false);
        string name = package.Header.Name;
        return new Wrapping([new(name, inside.FileLength, inside.Kind, firmware)], inside, name) { StatedChips = options.StatedChips };
    }

    // A device refuses a UG file whose sums are wrong before it looks at what is inside.
    private static Wrapping OfUg(UgPackage package, FlashImageOptions options)
    {
        if (package.Findings.Any(IsError))
            return new Wrapping([], null, null) { StatedChips = options.StatedChips };
        var inside = Parse(package.Body, options, options.StatedChips, passesKey: false);
        const string name = PartitionNames.Download;
        return new Wrapping([new(name, inside.FileLength, inside.Kind, package.Body)], inside, name) { StatedChips = options.StatedChips };
    }

    // One that is whole is read as the flash it makes; of this one not even that is sure.
    private static Wrapping OfDownload(DownloadPackage package) => new([], null, null)
    {
        Findings = package.Findings,
        Refusal = package.Findings.FirstOrDefault(IsError) ??
            new Finding(FindingSeverity.Error, FindingCode.DownloadHeaderDamaged, "the package holds nothing for the flash"),
    };

    // A body under the flash's cipher, in pages, is read as flash; these are MCUboot images, or packed into one.
    private static Wrapping OfMcuUpdate(McuUpdatePackage package, FlashImageOptions options)
    {
        var members = new List<ImageMember>();
        FlashImage? inside = null;
        for (int i = 0; i < package.Images.Count; i++)
        {
            var image = package.Images[i];
            var body = Unpacked(image.Data, out string? problem);
            var read = Parse(body, options, options.StatedChips, passesKey: false);
            inside ??= problem is null && image.IsComplete ? read : null;
            members.Add(new(FormattableString.Invariant($"image-{i + 1}"), read.FileLength, read.Kind, body, problem));
        }
        return new Wrapping(members, inside, members.FirstOrDefault()?.Name)
        {
            StatedChips = options.StatedChips,
            Findings = package.Findings,
            Refusal = package.Findings.FirstOrDefault(IsError),
        };
    }

    private static ReadOnlyMemory<byte> Unpacked(ReadOnlyMemory<byte> body, out string? problem)
    {
        problem = null;
        if (!McuBootImage.TryRead(body, out var image) || !OverwriteBody.TryRead(image.Payload, out var packed))
            return body;
        try
        {
            return packed.Unpack();
        }
        catch (BekenImageException error)
        {
            problem = error.Message;
            return body;
        }
    }

    private static Wrapping OfUa(UaPackage package, FlashImageOptions options)
    {
        const string name = PartitionNames.App;
        var inside = Parse(package.Body, options, options.StatedChips, passesKey: false);
        var refusal = package.Findings.FirstOrDefault(IsError);
        return new Wrapping([new(name, package.Body.Length, inside.Kind, package.Body)], refusal is null ? inside : null, name)
        {
            StatedChips = options.StatedChips,
            Findings = package.Findings,
            Refusal = refusal,
        };
    }

    private static Wrapping OfUf2(Uf2Package package, FlashImageOptions options)
    {
        var stated = Uf2Chips.Stated(package);
        var members = package.Parts.Select(part => new ImageMember(part.Name, part.Data.Length, KindOf(part.Data, options), part.Data)).ToArray();
        var damage = package.Findings.FirstOrDefault(IsError);
        var firmware = damage is null ? Uf2Firmware.Of(package, data => Parse(data, options, stated, passesKey: true)) : null;
        var part = firmware?.Part;
        var inside = part is null ? null : Parse(part.Data, options, stated, passesKey: true);
        return new Wrapping(members, inside, part?.Name)
        {
            StatedChips = stated,
            Findings = part is not null && firmware!.Finding is { } told ? [.. package.Findings, told] : package.Findings,
            Refusal = damage ?? (part is not null ? null : firmware!.Finding),
        };
    }

    private static Wrapping OfArchive(ReadOnlyMemory<byte> bytes, FlashImageOptions options)
    {
        var archive = ArchiveContents.Read(bytes, member => Parse(member, options, options.StatedChips, passesKey: true));
        return new Wrapping(archive.Members, archive.Image, archive.Name)
        {
            IsArchive = true,
            StatedChips = options.StatedChips,
            Refusal = archive.Refusal,
            Findings = archive.Refusal is { } refusal ? [refusal] : [],
        };
    }

    private static ImageKind KindOf(ReadOnlyMemory<byte> bytes, FlashImageOptions options) => Parse(bytes, options, null, passesKey: true).Kind;

    private static FlashImage Parse(ReadOnlyMemory<byte> bytes, FlashImageOptions outer, IReadOnlyList<BekenChip>? stated, bool passesKey)
    {
        var options = outer.Copy();
        options.Depth++;
        options.StatedChips = stated;
        (options.Key, options.AesKey) = passesKey ? (outer.Key, outer.AesKey) : (null, null);
        return FlashImage.Parse(bytes, options);
    }

    private static bool IsError(Finding finding) => finding.Severity == FindingSeverity.Error;
}

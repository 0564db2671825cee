using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>Files that are given where the code of an app belongs: pages, images and packages are none, and are never written as code.</summary>
internal static class PlainApp
{
    /// <summary>The app a file is, or that was read of its slot without page CRCs: then as much of it as its header says, deciphered.</summary>
    /// <exception cref="BekenImageException">It is something known that is no plain program (<see cref="FindingCode.WrongKind"/>).</exception>
    public static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> file)
    {
        var image = FlashImage.Parse(file);
        if (What(image) is { } what)
            throw new BekenImageException(FindingCode.WrongKind, $"the file is no plain program but {what}");
        return image.Programs.App is { Key: not null } app && LogicalReads.IsSlot(image, app)
            ? image.Decode(app).Slice(0, (int)ProgramPayload.Find(image, app).Length)
            : file;
    }

    /// <summary>Refuses stored pages that are more than an app's: they would lie where only an app may.</summary>
    /// <exception cref="BekenImageException">They begin with a bootloader (<see cref="FindingCode.WrongKind"/>).</exception>
    public static void RequirePages(ReadOnlyMemory<byte> pages)
    {
        var image = FlashImage.Parse(pages);
        if (image.Kind is ImageKind.Qio or ImageKind.Dump or ImageKind.Bootloader or ImageKind.Package)
            throw new BekenImageException(FindingCode.WrongKind, $"the file is not the pages of an app but {Describe(image)}");
    }

    private static string? What(FlashImage file)
    {
        var kind = file.Kind;
        if (kind is ImageKind.Qio or ImageKind.Dump or ImageKind.Ua or ImageKind.Ota or ImageKind.Ug or ImageKind.Package)
            return Describe(file);
        return PagedFile.IsPaged(file.Bytes.Span) ? "34-byte pages, as they are stored in flash; the page CRCs and the cipher must be taken off first" : null;
    }

    private static string Describe(FlashImage file) => file.Kind switch
    {
        ImageKind.Qio => "a QIO image, bootloader and app in 34-byte pages; the app must be taken out of it first",
        ImageKind.Dump => "a dump of a chip; the app must be taken out of it first",
        ImageKind.Ua => "a packed app, in 34-byte pages; the app must be taken out of it first",
        ImageKind.Bootloader => "a bootloader",
        ImageKind.Package => $"{Wrapping.NameOf(file.Source)}; what is in it must be taken out first",
        _ => "an update package; the app must be unpacked first",
    };
}

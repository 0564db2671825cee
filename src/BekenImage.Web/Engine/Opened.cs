using BekenImage.Report;

namespace BekenImage.Web;

/// <summary>A file on the shelf: an image, or why it is none.</summary>
/// <param name="name">What it goes by: a text, never a path.</param>
/// <param name="image">The image; null where it could not be read.</param>
/// <param name="problem">Why it could not be read.</param>
internal sealed class Opened(string name, FlashImage? image, BekenImageException? problem = null)
{
    public string Name => name;

    /// <summary>The image.</summary>
    /// <exception cref="BekenImageException">It could not be read.</exception>
    public FlashImage Image => image ?? throw problem!;

    /// <summary>The document of the verb that made it; null of a file that was given.</summary>
    public string? Story { get; init; }

    /// <summary>The file, or the images in an archive: with one it is that image, with several it is each of them.</summary>
    public static IEnumerable<Opened> Of(string name, byte[] bytes)
    {
        if (bytes.Length == 0)
            return [new Opened(name, null, new BekenImageException(FindingCode.InputEmpty, "the file is empty"))];
        FlashImage image;
        try
        {
            image = FlashImage.Parse(bytes);
        }
        catch (BekenImageException error)
        {
            return [new Opened(name, null, error)];
        }
        return image is { IsArchive: true, Contained: null } && image.Members.Count > 0
            ? image.Members.Select((member, place) => Of($"{name}:{NameIn(image.Members, place)}", () => member.Parse()))
            : [Of(name, image.OpenArchive)];
    }

    /// <summary>The same as entries of a collection.</summary>
    public static IEnumerable<CollectionEntry> ForCollection(string name, byte[] bytes) => Of(name, bytes).Select(file => file.ToEntry());

    // Two members may have one name.
    private static string NameIn(IReadOnlyList<ImageMember> members, int place)
    {
        string name = members[place].Name;
        int before = members.Take(place).Count(member => member.Name == name);
        return before == 0 ? name : $"{name} ({before + 1})";
    }

    private static Opened Of(string name, Func<FlashImage> open)
    {
        try
        {
            return new Opened(name, open());
        }
        catch (BekenImageException error)
        {
            return new Opened(name, null, error);
        }
    }

    private CollectionEntry ToEntry() => image is null ? CollectionEntry.Unreadable(name, problem!) : CollectionEntry.Of(image, name);
}

using BekenImage.Formats.Rbl;
using BekenImage.Formats.Uf2;
using BekenImage.Splitting;

namespace BekenImage;

/// <summary>A UF2 file as separate files, one for each part.</summary>
public static class Uf2Splitter
{
    /// <summary>The parts with the names of their files: the partition's, <c>.rbl</c> for an update package, else <c>.bin</c>; never a path.</summary>
    /// <param name="package">The file.</param>
    public static IReadOnlyList<KeyValuePair<string, Uf2Part>> Split(Uf2Package package)
    {
        if (package is null)
            throw new ArgumentNullException(nameof(package));
        var names = new SafeNames();
        return package.Parts.Select(part => new KeyValuePair<string, Uf2Part>(
            names.Take(part.Name, part.Data.Span.StartsWith(RblHeader.Magic) ? ".rbl" : ".bin"), part)).ToArray();
    }
}

using BekenImage.Formats.LittleFs;

namespace BekenImage.Analysis;

/// <summary>The files of a volume in a sentence; a directory of hundreds does not fill it.</summary>
internal static class VolumeFileNames
{
    private const int Shown = 20;

    /// <summary>With what leads over to them; empty for a volume without files.</summary>
    public static string Of(LittleFsVolume volume)
    {
        if (volume.Files.Count == 0)
            return string.Empty;
        string names = string.Join(", ", volume.Files.Take(Shown).Select(file => LittleFsNames.Shorten(file.Path)));
        string more = volume.Files.Count > Shown ? FormattableString.Invariant($" and {volume.Files.Count - Shown} more") : string.Empty;
        return ", with the files " + names + more;
    }
}

using System.Text;
using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>Names between their bytes in a volume and text.</summary>
internal static class LittleFsNames
{
    /// <summary>The longest name in bytes, the limit of OpenBeken's volumes.</summary>
    public const int MaximumLength = 255;

    /// <summary>The deepest path, in names.</summary>
    public const int MaximumDepth = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string ToPath(byte[][] rawPath) => string.Join("/", rawPath.Select(ToText));

    /// <summary>UTF-8; a name that is not valid UTF-8 becomes Latin-1, so that nothing is lost.</summary>
    public static string ToText(byte[] name)
    {
        try
        {
            return StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Text.FromLatin1(name);
        }
    }

    /// <summary>The names of a path that a caller gave.</summary>
    public static byte[][] Parse(string path)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        var names = path.Split('/');
        if (names.Length > MaximumDepth)
            throw Refused(path, FormattableString.Invariant($"it is {names.Length} names deep, {MaximumDepth} are possible"));
        return names.Select(name => ParseName(path, name)).ToArray();
    }

    /// <summary>What makes a name unusual enough to tell: the firmware cannot open such a file by its path.</summary>
    public static bool IsUnusual(byte[] name) => ToText(name) is "." or ".." || name.Any(value => value is < 0x20 or 0x7F or (byte)'/');

    /// <summary>
    /// Order of entries in a volume: bytewise, but a name comes after all longer ones that begin with it. The firmware stops looking at
    /// the first directory block with a name behind the one it wants, so in any other order it does not find every file.
    /// </summary>
    public static int CompareInVolume(byte[] left, byte[] right)
    {
        int common = Math.Min(left.Length, right.Length);
        int order = left.AsSpan(0, common).SequenceCompareTo(right.AsSpan(0, common));
        return order != 0 ? order : right.Length.CompareTo(left.Length);
    }

    /// <summary>Order of entries in a list: bytewise, a shorter name first, a directory before what it holds.</summary>
    public static int ComparePaths(byte[][] left, byte[][] right)
    {
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            int order = left[i].AsSpan().SequenceCompareTo(right[i]);
            if (order != 0)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>A path for a message: not longer than a line.</summary>
    public static string Shorten(string path) => path.Length <= 80 ? path : path.Substring(0, 77) + "...";

    private static byte[] ParseName(string path, string name)
    {
        if (name.Length == 0 || name is "." or "..")
            throw Refused(path, "a name is empty, '.' or '..'; names are separated by one '/', with none at the ends");
        if (name.Any(character => character is < ' ' or '\x7F'))
            throw Refused(path, "it contains control characters, and the firmware could not open it by its path");
        byte[] bytes;
        try
        {
            bytes = StrictUtf8.GetBytes(name);
        }
        catch (EncoderFallbackException)
        {
            throw Refused(path, "it is not valid Unicode");
        }
        if (bytes.Length > MaximumLength)
            throw Refused(path, FormattableString.Invariant($"a name has {bytes.Length} bytes, {MaximumLength} are possible"));
        return bytes;
    }

    private static BekenImageException Refused(string path, string why) =>
        new(FindingCode.LittleFsNameRefused, $"'{Shorten(path)}' cannot be stored in a LittleFS volume: {why}");
}

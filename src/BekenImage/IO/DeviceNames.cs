namespace BekenImage.IO;

/// <summary>
/// File names that Windows does not give to files: those of its devices, whatever their case and extension, and those whose last dot or
/// space it drops. A file of such a name opens a device or another file there, wherever it was made.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
/// </summary>
internal static class DeviceNames
{
    private static readonly HashSet<string> Names = new(
        new[] { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" }
            .Concat("0123456789\u00B9\u00B2\u00B3".SelectMany(digit => new[] { "COM" + digit, "LPT" + digit })),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for <c>NUL</c>, <c>con.txt</c>, <c>Com1 .tar.gz</c>; false for <c>console</c>.</summary>
    public static bool IsDevice(string name) => Names.Contains(name.Split('.')[0].TrimEnd(' '));

    /// <summary>True for a name that stays as it is on every system.</summary>
    public static bool IsPlain(string name) => name.Length > 0 && name[name.Length - 1] is not ('.' or ' ') && !IsDevice(name);
}

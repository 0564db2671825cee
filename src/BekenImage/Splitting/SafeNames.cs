using BekenImage.IO;

namespace BekenImage.Splitting;

/// <summary>File names made of names from an image: only [A-Za-z0-9._-], never a path, unique whatever the file system's case rules.</summary>
internal sealed class SafeNames
{
    private const int MaximumLength = 64;

    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A file name that was not given out before: the cleaned name, a number where it must be, and the ending.</summary>
    public string Take(string name, string ending)
    {
        string clean = Clean(name);
        string candidate = clean + ending;
        for (int number = 2; !_used.Add(candidate); number++)
            candidate = FormattableString.Invariant($"{clean}-{number}{ending}");
        return candidate;
    }

    /// <summary>True for a name this class could have given out: nothing that leaves a folder, and a file's on every system.</summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= 2 * MaximumLength && name[0] != '.' && name.All(IsAllowed) && DeviceNames.IsPlain(name);

    private static string Clean(string name)
    {
        string clean = new(name.Select(character => IsAllowed(character) ? character : '_').Take(MaximumLength).ToArray());
        clean = clean.Trim('.', '_');
        if (clean.Length == 0)
            return "unnamed";
        return DeviceNames.IsDevice(clean) ? "_" + clean : clean;
    }

    private static bool IsAllowed(char character) =>
        character is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '_' or '-';
}

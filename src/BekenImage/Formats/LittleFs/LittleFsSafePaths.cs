using BekenImage.IO;

namespace BekenImage.Formats.LittleFs;

/// <summary>
/// Turns paths found in an image into relative paths that are safe on any machine: only letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, no
/// <c>..</c>, no device names, no two alike when case is ignored. Whatever the image says, the result stays inside the folder it is put in.
/// </summary>
public static class LittleFsSafePaths
{
    private const int LongestName = 255;

    // Below deep directories names are cut, so that a path stays well below what file systems take.
    private const int ComfortablePath = 700;
    private const int CutName = 32;

    private const int LongestExtension = 12;

    /// <summary>A safe path for each entry.</summary>
    /// <param name="entries">Entries as the reader lists them.</param>
    /// <returns>As many paths, in the same order, with <c>/</c> between the names. A name that was safe and unique is unchanged; directories
    /// keep what they hold together. Same entries, same paths.</returns>
    public static IReadOnlyList<string> Map(IReadOnlyList<LittleFsEntry> entries)
    {
        if (entries is null)
            throw new ArgumentNullException(nameof(entries));
        var root = new Member(string.Empty) { Path = string.Empty };
        var members = entries.Select(root.Add).ToArray();
        var pending = new Queue<Member>([root]);
        while (pending.Count > 0)
        {
            var folder = pending.Dequeue();
            NameMembers(folder);
            foreach (var member in folder.Members)
                pending.Enqueue(member);
        }
        return members.Select(member => member.Path).ToArray();
    }

    /// <summary>A file, or a directory with what it holds.</summary>
    private sealed class Member(string name)
    {
        private readonly Dictionary<string, Member> _folders = new(StringComparer.Ordinal);

        public string Name { get; } = name;

        /// <summary>The safe path; null until it is named.</summary>
        public string Path { get; set; } = null!;

        public List<Member> Members { get; } = [];

        public Member Add(LittleFsEntry entry)
        {
            var folder = this;
            for (int depth = 0; depth < entry.RawPath.Length - 1; depth++)
                folder = folder.Folder(entry.RawPath[depth]);
            byte[] name = entry.RawPath[entry.RawPath.Length - 1];
            if (entry.IsDirectory)
                return folder.Folder(name);
            var file = new Member(LittleFsNames.ToText(name));
            folder.Members.Add(file);
            return file;
        }

        private Member Folder(byte[] name)
        {
            string key = Text.FromLatin1(name);
            if (!_folders.TryGetValue(key, out var folder))
            {
                folder = new Member(LittleFsNames.ToText(name));
                _folders.Add(key, folder);
                Members.Add(folder);
            }
            return folder;
        }
    }

    private static void NameMembers(Member folder)
    {
        int room = folder.Path.Length < ComfortablePath ? LongestName : CutName;
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var next = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        // Names that are safe as they are come first, so that it is the others that give way.
        foreach (var member in folder.Members.OrderBy(member => Clean(member.Name, room) != member.Name))
        {
            string clean = Clean(member.Name, room);
            string unique = clean;
            if (!used.Add(unique))
            {
                next.TryGetValue(clean, out int number);
                for (number = Math.Max(number, 2); !used.Add(unique = Numbered(clean, number, room)); number++)
                {
                }
                next[clean] = number + 1;
            }
            member.Path = folder.Path.Length == 0 ? unique : folder.Path + "/" + unique;
        }
    }

    /// <summary>One name made safe, without regard to others.</summary>
    private static string Clean(string name, int room)
    {
        string clean = new(name.Select(character => IsSafe(character) ? character : '_').ToArray());
        if (DeviceNames.IsDevice(clean))
            clean = "_" + clean;
        clean = Cut(clean, string.Empty, room);
        // Some systems drop dots at the end, which would make two names one, or climb.
        int end = clean.TrimEnd('.').Length;
        clean = clean.Substring(0, end) + new string('_', clean.Length - end);
        return clean.Length == 0 ? "_" : clean;
    }

    private static string Numbered(string clean, int number, int room) => Cut(clean, FormattableString.Invariant($"-{number}"), room);

    /// <summary>Puts a suffix before the extension and cuts what is before that to the room there is.</summary>
    private static string Cut(string name, string suffix, int room)
    {
        int dot = name.LastIndexOf('.');
        string extension = dot > 0 && name.Length - dot <= LongestExtension ? name.Substring(dot) : string.Empty;
        string stem = name.Substring(0, name.Length - extension.Length);
        int stemRoom = room - extension.Length - suffix.Length;
        return (stem.Length > stemRoom ? stem.Substring(0, stemRoom) : stem) + suffix + extension;
    }

    private static bool IsSafe(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '_' or '-';
}

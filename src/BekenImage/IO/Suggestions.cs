namespace BekenImage;

/// <summary>Names near to one that does not exist: what a refusal offers in its place.</summary>
public static class Suggestions
{
    private const int Most = 3;
    private const int ShortestPart = 3;

    /// <summary>
    /// Up to three of the known names that may have been meant, the likeliest first: those that hold the given one or are held by it, and
    /// those that differ in a third of its letters at most. Case, underscores and dashes do not matter.
    /// </summary>
    /// <param name="given">What was given.</param>
    /// <param name="known">The names there are.</param>
    public static IReadOnlyList<string> Nearest(string? given, IEnumerable<string> known)
    {
        if (known is null)
            throw new ArgumentNullException(nameof(known));
        string wanted = Simplify(given);
        if (wanted.Length == 0)
            return [];
        int farthest = Math.Max(1, wanted.Length / 3);
        return known.Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Distance: DistanceOf(wanted, Simplify(name), farthest)))
            .Where(candidate => candidate.Distance <= farthest)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name.Length)
            .Take(Most).Select(candidate => candidate.Name).ToArray();
    }

    /// <summary>The nearest names as a question, <c>did you mean wifiSsid or wifiSsid2?</c>; empty where none is near.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="known">The names there are.</param>
    public static string Ask(string? given, IEnumerable<string> known) => Ask(Nearest(given, known));

    /// <summary>The same for names that were found already.</summary>
    /// <param name="names">The names, the likeliest first.</param>
    internal static string Ask(IReadOnlyList<string> names) => names.Count switch
    {
        0 => string.Empty,
        1 => $"did you mean {names[0]}?",
        _ => $"did you mean {string.Join(", ", names.Take(names.Count - 1))} or {names[names.Count - 1]}?",
    };

    // A name that is longer or shorter by more than may differ is not compared letter by letter.
    private static int DistanceOf(string wanted, string name, int farthest)
    {
        bool isPart = wanted.Length >= ShortestPart && name.Contains(wanted) || name.Length >= ShortestPart && wanted.Contains(name);
        int longer = Math.Abs(name.Length - wanted.Length);
        return isPart ? Math.Min(1, longer) : longer > farthest ? longer : EditDistance(wanted, name);
    }

    // Damerau and Levenshtein's: letters changed, left out, added, or two neighbours swapped.
    private static int EditDistance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }

    private static string Simplify(string? name) =>
        (name ?? string.Empty).Replace("_", string.Empty).Replace("-", string.Empty).ToUpperInvariant();
}

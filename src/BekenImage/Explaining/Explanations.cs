using BekenImage.Explaining;

namespace BekenImage;

/// <summary>What the library can explain: every code of a finding, and the words of this field. docs/findings.md and docs/glossary.md say the same.</summary>
public static class Explanations
{
    private const string CodePrefix = "BKI";

    /// <summary>Nothing that is explained has a longer name.</summary>
    private const int LongestName = 80;

    private static readonly Lazy<Explanation[]> FindingList = new(() => FindingText.All.Select(text => new Explanation(text)).ToArray());
    private static readonly Lazy<Explanation[]> TermList =
        new(() => Glossary.All().OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase).ToArray());

    // By name as simplified; of two with the same name the first.
    private static readonly Lazy<Dictionary<string, Explanation>> ByName = new(() =>
    {
        var known = new Dictionary<string, Explanation>(StringComparer.Ordinal);
        foreach (var explanation in Terms.Concat(Findings))
        {
            foreach (string name in Names(explanation).Select(Simplify).Where(name => !known.ContainsKey(name)))
                known.Add(name, explanation);
        }
        return known;
    });

    /// <summary>The codes, by number.</summary>
    public static IReadOnlyList<Explanation> Findings => FindingList.Value;

    /// <summary>The words, in alphabetical order.</summary>
    public static IReadOnlyList<Explanation> Terms => TermList.Value;

    /// <summary>
    /// The explanation of a code (<c>BKI3005</c>, <c>3005</c>, its name in programs) or a word; null when there is none. Case, blanks and
    /// punctuation do not matter.
    /// </summary>
    /// <param name="asked">What was asked for.</param>
    public static Explanation? Find(string? asked)
    {
        string wanted = Simplify(asked);
        if (wanted.Length is 0 or > LongestName)
            return null;
        return ByName.Value.TryGetValue(wanted, out var found) ? found : null;
    }

    /// <summary>Up to three names that may have been meant, the likeliest first.</summary>
    /// <param name="asked">What was asked for.</param>
    public static IReadOnlyList<string> Nearest(string? asked) => asked is null || asked.Length > LongestName
        ? []
        : Suggestions.Nearest(asked, Terms.Concat(Findings).SelectMany(known => new[] { known.Term }.Concat(known.OtherNames)));

    internal static IEnumerable<string> Names(Explanation known) => known.Code is null
        ? [known.Term, .. known.OtherNames]
        : [known.Term, known.Term.Substring(CodePrefix.Length), .. known.OtherNames];

    internal static string Simplify(string? name) => string.Concat((name ?? string.Empty).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

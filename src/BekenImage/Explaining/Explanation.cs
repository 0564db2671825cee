namespace BekenImage;

/// <summary>What a word or a code means. Immutable.</summary>
public sealed class Explanation
{
    internal Explanation(string term, string meaning, params string[] otherNames)
    {
        Term = term;
        Meaning = meaning;
        OtherNames = otherNames;
    }

    internal Explanation(FindingText text)
        : this(Finding.ToText(text.Code), text.Meaning, text.Name)
    {
        Code = text.Code;
        Cause = text.Cause;
        Cure = text.Cure;
    }

    /// <summary>The word; of a finding its code, as printed.</summary>
    public string Term { get; }

    /// <summary>What else it is called.</summary>
    public IReadOnlyList<string> OtherNames { get; }

    /// <summary>What it means.</summary>
    public string Meaning { get; }

    /// <summary>The code, where it is that of a finding; else null.</summary>
    public FindingCode? Code { get; }

    /// <summary>What a finding mostly comes from; null for a word.</summary>
    public string? Cause { get; }

    /// <summary>What to do about a finding; null for a word.</summary>
    public string? Cure { get; }

    /// <summary>Word and meaning.</summary>
    public override string ToString() => $"{Term}: {Meaning}";
}

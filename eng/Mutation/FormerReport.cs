using System.Globalization;
using System.Text.RegularExpressions;

namespace BekenImage.Mutation;

/// <summary>What an earlier run printed: how many mutants it noticed, and which it did not.</summary>
internal sealed record FormerReport(int Noticed, IReadOnlyList<(string File, string Words)> Unnoticed)
{
    public static FormerReport Read(string path)
    {
        var unnoticed = new List<(string, string)>();
        int? noticed = null;
        foreach (string line in File.ReadLines(path))
        {
            string[] parts = line.Split('\t');
            if (parts.Length == 3 && parts[0] is nameof(Verdict.Survived) or nameof(Verdict.NotReached))
                unnoticed.Add((parts[1][..parts[1].LastIndexOf(':')], parts[2]));
            else if (Regex.Match(line, @"\((\d+) of \d+;") is { Success: true } match)
                noticed = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        }
        return new FormerReport(noticed ?? throw new InvalidDataException($"{path} ends without a score."), unnoticed);
    }

    /// <summary>The mutants among these that were not noticed: by file and words, as lines move.</summary>
    public IReadOnlyList<Mutant> StillThere(IReadOnlyList<Mutant> mutants)
    {
        var wanted = Unnoticed.CountBy(one => one).ToDictionary();
        return [.. mutants.Where(mutant => wanted.TryGetValue((mutant.File, mutant.Words), out int left) && (wanted[(mutant.File, mutant.Words)] = left - 1) >= 0)];
    }
}

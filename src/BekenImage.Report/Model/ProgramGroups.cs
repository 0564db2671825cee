namespace BekenImage.Report.Model;

/// <summary>Which images have the same program.</summary>
internal sealed class ProgramGroups
{
    private readonly Dictionary<string, ProgramGroup> _groups = new(StringComparer.Ordinal);

    private ProgramGroups()
    {
    }

    /// <summary>Those that more than one image has, in the order in which they come up.</summary>
    public IReadOnlyList<ProgramGroup> Shared { get; private set; } = [];

    /// <param name="fingerprints">Of each image; null where it has none.</param>
    /// <param name="letter">What names begin with.</param>
    public static ProgramGroups Of(IEnumerable<string?> fingerprints, string letter)
    {
        var groups = new ProgramGroups();
        var order = new List<ProgramGroup>();
        int index = 0;
        foreach (string? fingerprint in fingerprints)
        {
            if (fingerprint is not null)
            {
                if (!groups._groups.TryGetValue(fingerprint, out var group))
                    order.Add(groups._groups[fingerprint] = group = new ProgramGroup());
                group.Members.Add(index);
            }
            index++;
        }
        groups.Shared = order.Where(group => group.Members.Count > 1).ToArray();
        for (int number = 0; number < groups.Shared.Count; number++)
            groups.Shared[number].Name = letter + Words.Number(number + 1);
        return groups;
    }

    /// <summary>The name of the group; a dash for a program of its own, and for none.</summary>
    public string NameOf(string? fingerprint) => fingerprint is not null && _groups[fingerprint].Name is { } name ? name : "-";
}

internal sealed class ProgramGroup
{
    public string? Name { get; set; }

    public List<int> Members { get; } = [];
}

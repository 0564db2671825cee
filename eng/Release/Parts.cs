namespace BekenImage.Release;

/// <summary>A part of a release that can be made by itself.</summary>
internal interface IPart
{
    /// <summary>As it is asked for.</summary>
    string Name { get; }

    /// <exception cref="ReleaseException">It could not be made.</exception>
    IReadOnlyList<Product> Make(Build build);
}

/// <summary>What a release consists of.</summary>
internal static class Parts
{
    private static readonly IPart[] All =
    [
        new LibraryPackages(), new ToolPackages(), .. CommandFile.Systems.Select(system => new CommandFile(system)), new PageArchive(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(part => part.Name)];

    /// <summary>Names with commas between them; null for all.</summary>
    /// <exception cref="ReleaseException">One is none.</exception>
    public static IReadOnlyList<string>? Parse(string? text)
    {
        if (text is null)
            return null;
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        string? unknown = names.FirstOrDefault(name => !Names.Contains(name, StringComparer.Ordinal));
        if (unknown is not null || names.Length == 0)
            throw new ReleaseException($"\"{unknown ?? text}\" is no part; there are {string.Join(", ", Names)}", ReleaseException.Usage);
        return names;
    }

    /// <summary>The parts in their order; without the page where these sources have none and nobody asked for it.</summary>
    public static IEnumerable<IPart> Of(IReadOnlyList<string>? names, string sources) => names is null
        ? All.Where(part => part is not PageArchive || PageArchive.IsIn(sources))
        : All.Where(part => names.Contains(part.Name, StringComparer.Ordinal));
}

using System.Text.Json;

namespace BekenImage.Mutation;

/// <summary>A part of the code whose tests are put to the test: its files, the tests that answer for it, the score to hold.</summary>
internal sealed record Area
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public string Name { get; init; } = "";

    /// <summary>The project under src/ that is mutated.</summary>
    public required string Project { get; init; }

    /// <summary>Paths below the project's folder; <c>*</c> stands for anything.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The test project that answers.</summary>
    public required string Tests { get; init; }

    /// <summary>The test classes, by full name; <c>*</c> stands for anything.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether texts are facts here, and are mutated too: names and signs of chips.</summary>
    public bool Texts { get; init; }

    /// <summary>Tests that take longer, in milliseconds of the processor's time, are not asked.</summary>
    public int Slowest { get; init; } = 2000;

    /// <summary>A run below this many percent fails.</summary>
    public double Hold { get; init; }

    /// <summary>Mutants that change nothing anybody can see, with the reason.</summary>
    public IReadOnlyList<Equivalent> Equivalents { get; init; } = [];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Areas");

    public static Area Read(string name)
    {
        string file = Path.Combine(Folder, name + ".json");
        var area = JsonSerializer.Deserialize<Area>(File.ReadAllText(file), Options) ?? throw new InvalidDataException($"{file} is empty.");
        return area with { Name = name };
    }

    public static IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
}

/// <summary>A mutant that is no fault: the end of its file's path, what it does as the report prints it, and why nobody can tell.</summary>
internal sealed record Equivalent(string File, string Mutant, string Reason)
{
    public bool Is(Mutant mutant) => mutant.File.EndsWith(File, StringComparison.Ordinal) && mutant.Words == Mutant;
}

namespace BekenImage.TestRun.Suites;

/// <summary>What CI runs: every suite, the byte layer also as on machines with fewer vector instructions and with none, and NetFx on Mono.</summary>
internal static class SuiteRun
{
    public static IReadOnlyList<string> Projects { get; } =
    [
        "BekenImage.Architecture.Tests",
        "BekenImage.Crypto.Tests",
        "BekenImage.Tests",
        "BekenImage.Boot.Tests",
        "BekenImage.Documents.Tests",
        "BekenImage.Report.Tests",
        "BekenImage.Fuzz",
        "BekenImage.NetStandard.Tests",
        "BekenImage.PublicApi.Tests",
        "BekenImage.Cli.Tests",
        PublishedPage.Suite,
    ];

    public static Tally Run(string? only)
    {
        ForgetResults();
        var page = PublishedPage.Begin(only);
        Leg[] legs = [.. Projects.Select(project => new Leg(project)), Slower("DOTNET_EnableAVX512"), Slower("DOTNET_EnableHWIntrinsic")];
        var total = legs.Where(leg => only is null || leg.Project == only).Aggregate(Tally.None, (sum, leg) => sum + PublishedPage.With(leg, page).Run());
        return only is null or NetFxProgram.Name ? total + NetFxProgram.Run() : total;
    }

    public static void ForgetResults()
    {
        string results = Path.Combine(Repository.Artifacts, "test-results");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
    }

    private static Leg Slower(string variable) =>
        new("BekenImage.Crypto.Tests", variable + "=0", new Dictionary<string, string?> { [variable] = "0" });
}

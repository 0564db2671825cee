namespace BekenImage.TestRun.Suites;

/// <summary>
/// The page, published once while the other suites run: its linker and its compression leave a processor to them. It is made in this
/// run's own surroundings, since the surroundings of a suite may have no packages to make it from.
/// </summary>
internal static class PublishedPage
{
    /// <summary>The suite that needs it.</summary>
    public const string Suite = "BekenImage.Web.Tests";

    // What the suite is told: the folder, and that is all; without it the suite publishes by itself.
    private const string Variable = "BEKENIMAGE_WEB";

    /// <summary>Begins; null where the suite is not among those that are asked for.</summary>
    public static Task<string?>? Begin(string? only) => only is null or Suite ? Task.Run(Publish) : null;

    /// <summary>The suite as it is run with what was published; with nothing, as it is.</summary>
    public static Leg With(Leg leg, Task<string?>? publishing) =>
        leg.Project == Suite && publishing?.Result is { } folder
            ? leg with { Variables = new Dictionary<string, string?>(leg.Variables ?? new Dictionary<string, string?>()) { [Variable] = folder } }
            : leg;

    private static string? Publish()
    {
        string output = Path.Combine(Repository.Artifacts, "page");
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        var answer = Command.Ask("dotnet", ["publish", "-c", "Release", Path.Combine(Repository.Root, "src", "BekenImage.Web"), "-o", output, "--nologo", "-v", "quiet"]);
        if (answer is { Succeeded: true })
            return Path.Combine(output, "wwwroot");
        // The suite tries once more and fails with what was said.
        Console.WriteLine($"the page was not published: {answer?.Text}");
        return null;
    }
}

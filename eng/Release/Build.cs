using System.Globalization;

namespace BekenImage.Release;

/// <summary>A file of the release and what it is for.</summary>
internal sealed record Product(string File, string What);

/// <summary>Where a release is built.</summary>
/// <param name="Sources">The copy of the sources.</param>
/// <param name="Work">For what is no part of the release.</param>
/// <param name="Output">Where its files go.</param>
/// <param name="Version">Of the project.</param>
/// <param name="Time">What every file bears: that of the commit.</param>
/// <param name="ToolSystems">As <see cref="ReleaseOptions.ToolSystems"/>.</param>
internal sealed record Build(string Sources, string Work, string Output, string Version, DateTimeOffset Time, string? ToolSystems)
{
    /// <summary>Runs the SDK in the sources.</summary>
    /// <exception cref="ReleaseException">It failed; what it said last is the message.</exception>
    public void Dotnet(params string[] arguments)
    {
        // CI would switch on what a build elsewhere has not; the time is what NuGet dates its entries with.
        var variables = new Dictionary<string, string?>
        {
            ["CI"] = null, ["SOURCE_DATE_EPOCH"] = Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        var answer = Command.Dotnet(Sources, variables, [.. arguments, "-c", "Release", "--nologo", "-v", "q"]);
        if (answer.Succeeded)
            return;
        string said = string.Join('\n', answer.Text.Split('\n').Where(line => line.Trim().Length > 0).Distinct().TakeLast(12));
        throw new ReleaseException($"dotnet {string.Join(' ', arguments)} ended with {answer.Exit}:\n{said}");
    }

    /// <summary>The name of an archive: what it is for follows name and version.</summary>
    public string ArchiveName(string what) => $"bekenimage-{Version}-{what}";
}

using System.Diagnostics;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Web.Tests.Support;

/// <summary>
/// The page as it is put online: published once for all tests, by the command of the documentation. <c>BEKENIMAGE_WEB</c> names a folder
/// that was published before.
/// </summary>
internal static class PublishedPage
{
    private static readonly Lazy<string> Published = new(Publish);

    /// <summary>The folder of the static files.</summary>
    public static string Folder => Published.Value;

    private static string Publish()
    {
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_WEB") is { Length: > 0 } given)
            return given;
        string output = Path.Combine(AppContext.BaseDirectory, "page");
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", "-c", "Release", Repository.PathOf("src", "BekenImage.Web"), "-o", output, "--nologo", "-v", "quiet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Path.Combine(output, "wwwroot") : throw new InvalidOperationException($"The page was not published: {said}{error.Result}");
    }
}

using System.IO.Compression;
using System.Reflection.PortableExecutable;

namespace BekenImage.TestRun.Packages;

/// <summary>The command installed as a tool, and its package for systems without one of their own.</summary>
internal static class ToolPackage
{
    private const string Name = "BekenImage.Cli";

    /// <summary>The installed command; null where it could not be installed.</summary>
    public static string? Check(Checks checks, string work, string feed, string system)
    {
        string home = Directory.CreateDirectory(Path.Combine(work, "home")).FullName;
        string tools = Path.Combine(work, "tools");
        var variables = new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = Path.Combine(work, "tool-cache"), ["DOTNET_CLI_HOME"] = home, ["HOME"] = home,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        string version = Path.GetFileName(Directory.EnumerateFiles(feed, $"{Name}.any.*.nupkg").Single())[(Name.Length + 5)..^6];
        if (!checks.That("the tool is installed",
            Command.Dotnet(work, variables, "tool", "install", Name, "--tool-path", tools, "--version", version, "--source", feed)))
        {
            return null;
        }
        string tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "bekenimage.exe" : "bekenimage");
        var said = Run(tool, variables, "--version");
        checks.That($"the tool says its version, {version}", said.Output.StartsWith(version, StringComparison.Ordinal) ? said : said with { Exit = -1 });
        checks.That("the tool runs its demonstration", Run(tool, variables, "demo"));

        string[] files = Directory.GetFiles(tools, "*", SearchOption.AllDirectories);
        checks.That("the tool brings no documentation of the libraries", [.. files.Where(file => Path.GetExtension(file) == ".xml" && IsOurs(file))]);
        string[] ours = [.. files.Where(file => Path.GetExtension(file) == ".dll" && IsOurs(file))];
        checks.That($"the tool for {system} is compiled ahead",
            ours.Length == 0 ? ["there is nothing of ours"] : [.. ours.Where(file => !IsCompiledAhead(file))]);

        string any = Path.Combine(work, "any");
        ZipFile.ExtractToDirectory(Path.Combine(feed, $"{Name}.any.{version}.nupkg"), any);
        string program = Directory.GetFiles(any, Name + ".dll", SearchOption.AllDirectories).Single();
        checks.That("the tool for any system runs its demonstration", Run("dotnet", variables, "exec", program, "demo"));
        return tool;
    }

    private static Answer Run(string program, Dictionary<string, string?> variables, params string[] arguments) =>
        Command.Ask(program, arguments, variables) ?? new Answer(-1, string.Empty, $"{program} is not there");

    private static bool IsOurs(string file) => Path.GetFileName(file).StartsWith("BekenImage", StringComparison.Ordinal);

    private static bool IsCompiledAhead(string file)
    {
        using var portable = new PEReader(File.OpenRead(file));
        return portable.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }
}

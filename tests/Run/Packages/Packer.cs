namespace BekenImage.TestRun.Packages;

/// <summary>Packs everything under src/ from a copy of the sources in a folder that has seen no build.</summary>
internal sealed class Packer(string[] properties)
{
    private static readonly Dictionary<string, string?> Nothing = [];

    public bool Pack(Checks checks, string copy, string output)
    {
        var projects = Directory.EnumerateFiles(Path.Combine(copy, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return projects.All(project => checks.That(
            $"{Path.GetFileNameWithoutExtension(project)} is packed in {Path.GetFileName(copy)}",
            Command.Dotnet(copy, Nothing, ["pack", project, "-c", "Release", "-o", output, "--nologo", "-v", "q", .. properties])));
    }

    /// <summary>A clone, where this is one, with what has changed since the last commit; a plain copy otherwise.</summary>
    public static void Copy(string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Git("clone", "--quiet", "--no-hardlinks", Repository.Root, target) is not { Succeeded: true } ||
            Git("-C", Repository.Root, "-c", "core.quotepath=false", "ls-files", "-co", "--exclude-standard") is not { Succeeded: true } listed)
        {
            CopyAll(new DirectoryInfo(Repository.Root), target);
            return;
        }
        foreach (string file in listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string source = Path.Combine(Repository.Root, file), copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (File.Exists(source))
                File.Copy(source, copy, overwrite: true);
            else
                File.Delete(copy);
        }
    }

    private static void CopyAll(DirectoryInfo folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in folder.EnumerateFiles())
            file.CopyTo(Path.Combine(target, file.Name));
        foreach (var below in folder.EnumerateDirectories().Where(below => below.Name is not ("bin" or "obj" or "artifacts" or ".git")))
            CopyAll(below, Path.Combine(target, below.Name));
    }

    private static Answer? Git(params string[] arguments) => Command.Ask("git", arguments);
}

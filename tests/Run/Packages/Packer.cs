namespace BekenImage.TestRun.Packages;

/// <summary>Packs everything under src/ from a copy of the sources in a folder that has seen no build.</summary>
internal sealed class Packer(string[] properties)
{
    private static readonly Dictionary<string, string?> Nothing = [];

    public bool Pack(Checks checks, string copy, string output)
    {
        return PackedProjects.All(copy).All(project => checks.That(
            $"{PackedProjects.NameOf(project)} is packed in {Path.GetFileName(copy)}",
            Command.Dotnet(copy, Nothing, ["pack", project, "-c", "Release", "-o", output, "--nologo", "-v", "q", .. properties])));
    }
}

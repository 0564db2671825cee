using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BekenImage.Release;

/// <summary>What of others is in a published command, with the terms it is given away under: as the packages that were restored for it say.</summary>
internal static class ThirdPartyNotices
{
    private static readonly string[] Texts = ["LICENSE.TXT", "LICENSE.md", "License.md", "THIRD-PARTY-NOTICES.TXT", "ThirdPartyNotices.txt"];

    /// <param name="assetsFile">What the restore wrote: project.assets.json.</param>
    /// <param name="system">The system that was published for.</param>
    public static string Of(string assetsFile, string system)
    {
        var assets = JsonNode.Parse(File.ReadAllText(assetsFile))!;
        string[] caches = [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];
        var text = new StringBuilder("This program contains parts of the following packages.\n");
        foreach (string package in Linked(assets, system).Append(Runtime(assets, system)).Order(StringComparer.Ordinal))
            Append(text, caches.Select(cache => Path.Combine(cache, package)).First(Directory.Exists));
        return text.ToString();
    }

    // Packages with assemblies for the program; tools of the build have none.
    private static IEnumerable<string> Linked(JsonNode assets, string system) => assets["targets"]![$"net10.0/{system}"]!.AsObject()
        .Where(library => (string)library.Value!["type"]! == "package" &&
            library.Value["runtime"]?.AsObject().Any(file => file.Key.EndsWith(".dll", StringComparison.Ordinal)) == true)
        .Select(library => (string)assets["libraries"]![library.Key]!["path"]!);

    private static string Runtime(JsonNode assets, string system)
    {
        var downloads = assets["project"]!["frameworks"]!["net10.0"]!["downloadDependencies"]!.AsArray()
            .ToDictionary(item => (string)item!["name"]!, item => ((string)item!["version"]!).Trim('[', ']').Split(',')[0], StringComparer.OrdinalIgnoreCase);
        string name = new[] { $"Microsoft.NETCore.App.Runtime.NativeAOT.{system}", $"Microsoft.NETCore.App.Runtime.{system}" }.First(downloads.ContainsKey);
        return $"{name.ToLowerInvariant()}/{downloads[name]}";
    }

    private static void Append(StringBuilder text, string package)
    {
        var about = XDocument.Load(Directory.EnumerateFiles(package, "*.nuspec").Single()).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        string First(string element) => about[element].FirstOrDefault() ?? string.Empty;
        text.Append('\n').Append('=', 80).Append('\n').Append($"{First("id")} {First("version")}\n");
        foreach (string line in new[] { First("copyright"), First("projectUrl"), $"Licence: {First("license")}" }.Where(line => line.Length > 0))
            text.Append(line).Append('\n');
        foreach (string file in Texts.Select(name => Path.Combine(package, name)).Where(File.Exists).DistinctBy(file => file.ToUpperInvariant()))
            text.Append('\n').Append(File.ReadAllText(file).ReplaceLineEndings("\n").Trim()).Append('\n');
    }
}

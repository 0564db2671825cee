using System.Xml.Linq;

namespace BekenImage.Release;

/// <summary>The version, which stands in Directory.Build.props and nowhere else.</summary>
internal static class ProjectVersion
{
    public static string Read(string sources) =>
        XDocument.Load(Path.Combine(sources, "Directory.Build.props")).Descendants().First(element => element.Name.LocalName == "Version").Value;
}

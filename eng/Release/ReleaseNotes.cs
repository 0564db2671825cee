using System.Globalization;
using System.Text;

namespace BekenImage.Release;

/// <summary>What stands beside the files: which they are, of which commit, and what is new.</summary>
internal static class ReleaseNotes
{
    public const string FileName = "RELEASE-NOTES.md";

    /// <param name="version">Of the project.</param>
    /// <param name="sources">What it was made from.</param>
    /// <param name="products">The files.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="changelog">What is new.</param>
    public static string Render(string version, SourceTree sources, IReadOnlyList<Product> products, string folder, Changelog changelog)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# BekenImage {version}\n\nMade from {sources.Name} of {sources.Time:yyyy-MM-dd}.\n\n");
        text.Append("| file | bytes | what it is |\n| --- | ---: | --- |\n");
        foreach (var product in products)
            text.Append(CultureInfo.InvariantCulture, $"| `{product.File}` | {new FileInfo(Path.Combine(folder, product.File)).Length} | {product.What} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n`sha256sum -c {Sha256Sums.FileName}` checks what was downloaded.\n\n");
        text.Append("## What is new\n\n").Append(changelog.Text).Append('\n');
        return text.ToString();
    }
}

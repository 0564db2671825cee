using System.Text;

namespace BekenImage.Help;

/// <summary>The pages of <c>docs/</c> as files of the web page's help.</summary>
internal static class HelpPages
{
    /// <summary>Where they lie in the repository.</summary>
    public const string Folder = "src/BekenImage.Web/wwwroot/help";

    private const string Index = "README";

    /// <summary>Each file by its path in the help: a page for each Markdown file, and the pictures.</summary>
    /// <param name="docs">The folder of the documentation.</param>
    public static SortedDictionary<string, byte[]> Of(string docs)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string page in Directory.GetFiles(docs, "*.md"))
            files.Add(NameOf(Path.GetFileNameWithoutExtension(page)), Encoding.UTF8.GetBytes(HelpPage.Render(File.ReadAllText(page).ReplaceLineEndings("\n"), docs)));
        foreach (string picture in Directory.GetFiles(Path.Combine(docs, "images"), "*.svg"))
            files.Add("images/" + Path.GetFileName(picture), Encoding.UTF8.GetBytes(File.ReadAllText(picture).ReplaceLineEndings("\n")));
        return files;
    }

    /// <summary>The name of a page's file.</summary>
    /// <param name="page">Its name in docs/, without the ending.</param>
    public static string NameOf(string page) => (page == Index ? "index" : page) + ".html";
}

using System.IO;
using BekenImage;
using BekenImage.Report;

/// <summary>A page to look at, and text for a forum.</summary>
public static class ReportRecipe
{
    public static string Run(string dump, string page)
    {
        FlashImage image = FlashImage.Load(dump);
        File.WriteAllText(page, ImageReport.Html(image, Path.GetFileName(dump)));
        return ImageReport.Markdown(image, Path.GetFileName(dump));
    }
}

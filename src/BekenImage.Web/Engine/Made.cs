using BekenImage.Documents;

namespace BekenImage.Web;

/// <summary>Files the page makes, each with the document of its verb.</summary>
internal static class Made
{
    /// <summary>The image of <c>combine</c>; one that would not boot is none, and its document tells why.</summary>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">A guard refused.</exception>
    public static Opened Combination(Opened device, Opened firmware, string output, CombineOptions options)
    {
        options.FactoryName = device.Name;
        options.FirmwareName = firmware.Name;
        var plan = new ImageCombiner(device.Image, firmware.Image, options).Plan();
        var review = CombineReview.Of(plan);
        var problem = review.Obstacle is { } obstacle
            ? new ImageGuardException(obstacle.Code, obstacle.Message + "; nothing was written", obstacle.Offset)
            : null;
        return new Opened(output, problem is null ? plan.ToImage() : null, problem) { Story = ImageDocuments.Combine(plan, output, review) };
    }

    public static Opened Sanitized(Opened file, string output)
    {
        var draft = file.Image.Edit().Sanitize();
        return new Opened(output, FlashImage.Parse(draft.ToArray())) { Story = ImageDocuments.Sanitize(draft, file.Name, output) };
    }
}

using BekenImage.Documents;

namespace BekenImage.Web;

/// <summary>Files the page makes, each with the document of its verb.</summary>
internal static class Made
{
    /// <summary>The image of <c>combine</c>, which exists only where nothing stands against it.</summary>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    /// <exception cref="ImageGuardException">A guard refused, or the image would not boot.</exception>
    public static Opened Combination(Opened device, Opened firmware, string output, CombineOptions options)
    {
        options.FactoryName = device.Name;
        options.FirmwareName = firmware.Name;
        var plan = new ImageCombiner(device.Image, firmware.Image, options).Plan();
        byte[] image = plan.ToArray();
        var review = CombineReview.Of(plan);
        if (review.Obstacle is { } obstacle)
            throw new ImageGuardException(obstacle.Code, obstacle.Message + "; nothing was written", obstacle.Offset);
        return new Opened(output, review.Image ?? FlashImage.Parse(image)) { Story = ImageDocuments.Combine(plan, output, review) };
    }

    public static Opened Sanitized(Opened file, string output)
    {
        var draft = file.Image.Edit().Sanitize();
        return new Opened(output, FlashImage.Parse(draft.ToArray())) { Story = ImageDocuments.Sanitize(draft, file.Name, output) };
    }
}

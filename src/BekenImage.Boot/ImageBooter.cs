using BekenImage.Boot;

namespace BekenImage;

/// <summary>
/// Runs the bootloader of an image in a model of the chip, and tells what it does: the judge that will decide on the device. It needs
/// nothing native, changes no image, and ends within its steps whatever the program is.
/// </summary>
public static class ImageBooter
{
    /// <summary>Boots an image.</summary>
    /// <param name="image">An image with a bootloader: a dump, a QIO, a bootloader alone, one in an archive. Never changed.</param>
    /// <param name="options">How; null for up to the jump.</param>
    /// <exception cref="BekenImageException">
    /// Nothing in it can be run (<see cref="FindingCode.BootNothingToRun"/>): no bootloader, none whose key is known, or one for another
    /// core.
    /// </exception>
    public static BootReport Boot(FlashImage image, BootOptions? options = null)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        options ??= new BootOptions();
        var subject = BootSubject.Of(image, options.Key);
        return new BootRun(subject, options).Run();
    }
}

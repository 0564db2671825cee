using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>The application of an image as it was before the vendor's tools: what images and update packages are made of.</summary>
public static class PlainApplication
{
    /// <summary>
    /// Takes the app out of an image: as many bytes as its RBL header covers, deciphered, without what the vendor's <c>encrypt</c> added.
    /// Up to 31 bytes at its end may not be the app's: <c>encrypt</c> rounds up. Built anew it gives the same image.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <exception cref="BekenImageException">There is no app in it, its key is not known, or it is damaged.</exception>
    public static byte[] Take(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        if (image is { Kind: ImageKind.Package, IsPackagedFlash: false })
        {
            image = image.OpenPackage();
            if (image.Kind is ImageKind.Ota or ImageKind.Ug)
                return image.UnpackUpdate();
        }
        var app = image.Programs.App ?? throw new BekenImageException(FindingCode.WrongKind, "there is no application in it");
        byte[] bytes = image.Extract(app).ToArray();
        if (ProgramPayload.Find(image, app) is { Container: not null } payload)
        {
            if (payload.Length > bytes.Length)
            {
                throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                    $"the application is damaged: its header covers 0x{payload.Length:x} bytes, 0x{bytes.Length:x} can be read"), app.Offset);
            }
            bytes = bytes.AsSpan(0, (int)payload.Length).ToArray();
        }
        return VendorTail.TryRemove(bytes, app.Key, out byte[]? plain) ? plain : bytes;
    }
}

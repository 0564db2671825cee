using BekenImage.Editing;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Makes update packages of what a bootloader can install: a plain application. It adds page CRCs and cipher itself, so that what has them
/// already would not start. <see cref="OtaWriter"/> packs whatever it is given.
/// </summary>
public static class UpdatePackager
{
    /// <summary>Packs a plain application.</summary>
    /// <param name="app">The application; one that ends in what the vendor's <c>encrypt</c> had added is packed without.</param>
    /// <param name="options">How; null for gzip and AES-256 with the default key.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">It is no plain application, or name or version does not fit its field.</exception>
    public static byte[] Pack(byte[] app, OtaPackOptions? options = null, ICollection<Finding>? findings = null)
    {
        if (app is null)
            throw new ArgumentNullException(nameof(app));
        options ??= new OtaPackOptions();
        bool isApp = options.Name == PartitionNames.App;
        var about = FirmwareBuilder.CheckApp(app);
        var image = FlashImage.Parse(app);
        var kind = image.Kind;
        if (about.FirstOrDefault(finding => finding.Code is FindingCode.BuildAppPaged or FindingCode.BuildAppEnciphered) is { } unfit)
            throw new BekenImageException(unfit.Code, $"{unfit.Message}; a bootloader would install it as it is, and not start it ({Describe(image)})");
        if (kind is ImageKind.Dump or ImageKind.Qio or ImageKind.Ua or ImageKind.Piece or ImageKind.Ota or ImageKind.Ug or ImageKind.Package || isApp && kind == ImageKind.Bootloader)
        {
            throw new BekenImageException(kind is ImageKind.Ota or ImageKind.Ug ? FindingCode.PackageNotPlain : FindingCode.BuildAppUnfit,
                $"the input is not a plain application but {Describe(image)}; a bootloader would not start what it installs of it");
        }
        if (isApp && FamilyRule.GenerationOf(app) is not null && about.FirstOrDefault(finding => finding.Code == FindingCode.BuildAppUnfit) is { } bootloader)
            throw new BekenImageException(bootloader.Code, bootloader.Message);
        foreach (var finding in about.Where(_ => isApp && findings is not null))
            findings!.Add(finding);
        return OtaWriter.Pack(isApp ? VendorTail.Without(app, null) : app, options);
    }

    /// <summary>Wraps an update package for Tuya's own updater.</summary>
    /// <param name="package">The update package (<c>.rbl</c>).</param>
    /// <param name="version">Up to 12 characters.</param>
    /// <exception cref="BekenImageException">It is firmware that is not packed yet, or the version does not fit its field.</exception>
    public static byte[] Wrap(byte[] package, string version)
    {
        if (package is null)
            throw new ArgumentNullException(nameof(package));
        var image = FlashImage.Parse(package);
        FamilyGuard.RequireBk72xx(image, "wrapping it for Tuya's updater of the BK72xx");
        var kind = image.Kind;
        if (kind is not (ImageKind.Ota or ImageKind.Unknown))
        {
            throw new BekenImageException(FindingCode.UgBodyUnknown,
                $"the input is no update package but {Describe(image)}; the device would write it, but its bootloader not install it; it must be packed first");
        }
        return UgWriter.Pack(package, version);
    }

    private static string Describe(FlashImage image) => image.Kind switch
    {
        ImageKind.Dump => "a dump of a whole chip",
        ImageKind.Qio => "a QIO image, bootloader and app as they lie in flash",
        ImageKind.Ua => "a packed app as it lies in flash",
        ImageKind.App => "an application",
        ImageKind.Bootloader => "a bootloader",
        ImageKind.Ota => "an update package already",
        ImageKind.Ug => "a UG package already",
        ImageKind.Piece => "a piece of a dump",
        ImageKind.Package => Wrapping.NameOf(image.Source),
        _ => "nothing known",
    };
}

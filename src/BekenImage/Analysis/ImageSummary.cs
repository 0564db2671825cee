using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage;

/// <summary>An image in one line: what somebody with many of them looks at first. Of an archive, the one image in it. Immutable.</summary>
public sealed class ImageSummary
{
    private ImageSummary(FlashImage image)
    {
        Kind = image.Kind;
        Chip = image.Chip;
        Key = image.Key;
        Flavor = image.Flavor;
        AppVersion = image.AppVersion;
        Module = ImageModule.Of(image);
        Mac = image.Rf?.Mac;
        MacState = StateOf(image);
        Backup = ImageVerifier.Verify(image).Backup;
        FirstProblem = image.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error)
            ?? image.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Warning);
    }

    /// <summary>What the file is.</summary>
    public ImageKind Kind { get; }

    /// <summary>The chip, as well as the image can tell.</summary>
    public BekenChip Chip { get; }

    /// <summary>The key.</summary>
    public ImageKey Key { get; }

    /// <summary>Whose firmware the app is.</summary>
    public FirmwareFlavor Flavor { get; }

    /// <summary>The firmware's version; null when not known.</summary>
    public string? AppVersion { get; }

    /// <summary>The Wi-Fi module by Tuya's data, or LibreTiny's board; null when not known. A text out of the image.</summary>
    public string? Module { get; }

    /// <summary>The MAC in the RF table that counts; null where there is none.</summary>
    public MacAddress? Mac { get; }

    /// <summary>Whose it is.</summary>
    public MacState MacState { get; }

    /// <summary>Whether it is a backup worth keeping; null for what is no whole chip.</summary>
    public bool? Backup { get; }

    /// <summary>The first error; where there is none, the first warning; else null.</summary>
    public Finding? FirstProblem { get; }

    /// <summary>Sums up an image.</summary>
    /// <param name="image">The image; of any kind.</param>
    public static ImageSummary Of(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        return new ImageSummary(image is { IsArchive: true, Contained: { } inside } ? inside : image);
    }

    private static MacState StateOf(FlashImage image)
    {
        if (image.Rf is not { } table)
            return image.Kind == ImageKind.Dump || image.IsWholeChip ? MacState.None : MacState.NotApplicable;
        return (RfFaults.Mac(table)?.Code, RfFaults.Calibration(table)?.Code) switch
        {
            (FindingCode.RfMacMissing, _) => MacState.None,
            (FindingCode.RfMacInvalid, _) => MacState.Invalid,
            (FindingCode.RfMacPlaceholder, _) => MacState.Placeholder,
            (_, FindingCode.RfGeneric) => MacState.Generic,
            _ when DeviceRf.OtherChip(table, BekenChip.Unknown, image.Chip) is not null => MacState.OtherChip,
            (_, FindingCode.RfUncalibrated) => MacState.Uncalibrated,
            _ => MacState.Own,
        };
    }
}

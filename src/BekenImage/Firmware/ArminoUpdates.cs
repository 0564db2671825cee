using BekenImage.Firmware;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ua;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>Packs update files for BK7236 and its kin; <see cref="UpdateFile"/> unpacks them. Source: Firmware/FORMAT.md, section 7.</summary>
public static class ArminoUpdates
{
    /// <summary>Packs a package for MCUboot (<c>ota.bin</c>).</summary>
    /// <param name="body">The signed image, clear; or enciphered and in pages as it lies in flash.</param>
    /// <param name="flashAddress">Where the slot begins, physical.</param>
    /// <param name="securityCounter">The counter below which the device takes no update; null for the one in the signed image.</param>
    /// <exception cref="BekenImageException">It is no signed image, a page of it has a wrong CRC, or no counter is known.</exception>
    public static byte[] PackMcuBoot(byte[] body, uint flashAddress, uint? securityCounter = null)
    {
        if (body is null)
            throw new ArgumentNullException(nameof(body));
        uint? counter = securityCounter;
        // A device that installs a damaged page does not start again.
        if (PagedFile.IsPaged(body))
            PagedFile.RequireSound(body);
        else
            counter ??= PackageContent.SignedImage(body).SecurityCounter;
        return McuUpdateWriter.Pack([new McuUpdatePart(flashAddress, body, counter ?? throw new BekenImageException(
            FindingCode.BuildPartMissing, "the image does not show its security counter, which the package's header needs"))]);
    }

    /// <summary>Packs the payload of an update that overwrites the app. It is signed as an image of its own before it becomes a package.</summary>
    /// <param name="signed">The signed image of the app.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">A block does not compress, or there are too many.</exception>
    public static byte[] PackOverwrite(byte[] signed, ICollection<Finding>? findings = null)
    {
        byte[] body = OverwriteBody.Pack(signed ?? throw new ArgumentNullException(nameof(signed)));
        try
        {
            PackageContent.SignedImage(signed);
        }
        catch (BekenImageException error)
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.BuildPartUnfit, $"the device starts what it unpacks only if that is signed: {error.Message}", 0));
        }
        return body;
    }

    /// <summary>Packs a slot of an A/B device (<c>app_ab_crc.rbl</c>). From sources.</summary>
    /// <param name="app">The plain app.</param>
    /// <param name="slotSize">Logical bytes of the slot.</param>
    /// <param name="options">Name, version and time of its header; the rest does not count. Null for the defaults.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">It is no plain app, or the slot cannot be one.</exception>
    /// <exception cref="ImageGuardException">The app does not fit the slot.</exception>
    public static byte[] PackAbSlot(byte[] app, int slotSize, OtaPackOptions? options = null, ICollection<Finding>? findings = null)
    {
        RequirePlain(app);
        findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.BuildFromSources, "A/B slots are known from the SDK's scripts alone; none was met", 0));
        return AbSlot.Pack(app, slotSize, options ?? new OtaPackOptions());
    }

    /// <summary>Adds the trailer of Tuya's <c>app_ug.bin</c> to an update file (UA).</summary>
    /// <param name="body">The update file: plain programs at their logical distances.</param>
    /// <param name="chip">The chip; the trailer's words are known for BK7258 (T5).</param>
    /// <param name="like">A trailer whose words are kept; null for those of the chip.</param>
    /// <exception cref="BekenImageException">It is no update file, or the chip's words are not known.</exception>
    public static byte[] WrapUa(byte[] body, BekenChip chip, UaTrailer? like = null)
    {
        RequirePlain(body);
        // format_up_bin.py as the T5 build calls it.
        var words = like ?? (chip == BekenChip.BK7258 ? new UaTrailer(0x5ED000, 0x10D0, 0x1000, 0, 0x1000, 0x100000) : throw new BekenImageException(
            FindingCode.UpdateFormRefused, $"which words the trailer has for {chip} is not known; an app_ug.bin of such a device shows them"));
        return UaWriter.Pack(body, words);
    }

    private static void RequirePlain(byte[] app)
    {
        if (app is null)
            throw new ArgumentNullException(nameof(app));
        if (PagedFile.IsPaged(app))
            throw new BekenImageException(FindingCode.BuildAppPaged, "it has page CRCs; an update file holds plain bytes, and the device adds them");
        if (FlashImage.Parse(app).Kind is ImageKind.Ota or ImageKind.Ug or ImageKind.Package || UpdateFile.TryRead(app, out _))
            throw new BekenImageException(FindingCode.PackageNotPlain, "it is an update file already");
    }
}

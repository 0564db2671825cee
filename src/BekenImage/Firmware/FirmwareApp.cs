using BekenImage.Formats.Foreign;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>The application taken out of a firmware file: its plain bytes, and what its RBL header called it.</summary>
internal sealed class FirmwareApp
{
    private FirmwareApp(ReadOnlyMemory<byte> plain, RblHeader? header, AppIdentity identity, long? offset)
    {
        Plain = plain;
        Header = header;
        Identity = identity;
        Offset = offset;
    }

    /// <summary>The plain application, from its vectors on.</summary>
    public ReadOnlyMemory<byte> Plain { get; }

    /// <summary>The header it came with; null where there was none.</summary>
    public RblHeader? Header { get; }

    public AppIdentity Identity { get; }

    /// <summary>Where it began in its file; null where it was packed.</summary>
    public long? Offset { get; }

    /// <summary>Takes the application out of a file.</summary>
    /// <exception cref="BekenImageException">There is none, it is damaged, or its key is not known.</exception>
    /// <param name="firmware">The file.</param>
    /// <param name="device">The device it is for, whose bootloader may store the key of its update packages; null when not known.</param>
    public static FirmwareApp TakeFrom(FlashImage firmware, FlashImage? device = null)
    {
        firmware = firmware.OpenPackage();
        var app = Take(firmware, device);
        if (FamilyRule.AgainstStated(firmware.Options.StatedChips, app.Identity) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
        return app;
    }

    private static FirmwareApp Take(FlashImage firmware, FlashImage? device) => firmware.Kind switch
    {
        ImageKind.Ota or ImageKind.Ug => TakePackage(firmware, device),
        ImageKind.Qio or ImageKind.Ua or ImageKind.App or ImageKind.Dump or ImageKind.Piece => TakeProgram(firmware),
        ImageKind.Bootloader => throw Unfit("it is a bootloader; an application is needed"),
        _ => throw (ForeignFormats.Describe(firmware.Bytes.Span) is { } other
            ? new BekenImageException(FindingCode.KnownOtherFormat, $"it is {other}")
            : Unfit("no application is in it; a QIO, UA, app, RBL, UG or UF2 file or a plain application is needed")),
    };

    private static FirmwareApp TakeProgram(FlashImage firmware)
    {
        if (firmware.Programs.App is not { } app)
            throw Unfit("no application is in it; a QIO, UA, app, RBL or UG image or a plain application is needed");
        if (app.Key is null)
            throw new BekenImageException(FindingCode.KeyUnknown, "the firmware's key is not known, so its application cannot be read", app.Offset);
        var plain = firmware.Decode(app);
        RblHeader? header = null;
        if (app.IsStriped || LogicalReads.IsSlot(firmware, app))
        {
            var payload = ProgramPayload.Find(firmware, app);
            if (payload.Check(firmware) is { Bad: > 0 } scan)
            {
                throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                    $"the firmware is damaged: {scan.Bad} of its {scan.Total} pages {Counted.Have(scan.Bad)} a wrong CRC"),
                    app.Offset + (long)scan.FirstBad * Crypto.FlashPages.PageSize);
            }
            if (payload.Container is { PayloadHashOk: false } damaged)
                throw new BekenImageException(FindingCode.RblPayloadHash, "the firmware is damaged: it does not give the hash its RBL header states", damaged.Offset);
            bool isCut = app.IsStriped
                ? CutRead.EndsInside(firmware.Bytes, () => firmware.Containers, firmware.Fal, app)
                : LogicalReads.EndsInside(firmware.Bytes, firmware.Containers, firmware.Fal, app);
            if (isCut)
            {
                throw new BekenImageException(FindingCode.Truncated,
                    "the firmware file is cut: it ends in the middle of its application, and there is no RBL header behind it; get the whole file", firmware.Bytes.Length);
            }
            plain = plain.Slice(0, (int)Math.Min(plain.Length, payload.Length));
            header = payload.Container?.Header;
        }
        if (!ArmVectors.Match(plain.Span))
            throw new BekenImageException(FindingCode.AppMissing, "the firmware's application does not begin with ARM vectors", app.Offset);
        return new FirmwareApp(plain, header, AppIdentity.Read(plain.Span), app.Offset);
    }

    private static FirmwareApp TakePackage(FlashImage firmware, FlashImage? device)
    {
        var package = firmware.UpdatePackage ?? throw Unfit("the update package in it cannot be read");
        byte[] plain = UpdatePackages.Open(firmware, null, device);
        if (!ArmVectors.Match(plain))
            throw new BekenImageException(FindingCode.AppMissing, "what the update package holds does not begin with ARM vectors");
        // The first 32 bytes of an unencrypted page are those of the application; the rest would be out of place.
        if (PagedFile.IsPaged(plain))
            throw new BekenImageException(FindingCode.PackageNotPlain, "the update package holds an application with page CRCs; a bootloader adds them itself");
        return new FirmwareApp(plain, package.Header, AppIdentity.Read(plain), offset: null);
    }

    private static BekenImageException Unfit(string message) => new(FindingCode.WrongKind, message);
}

using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Builds firmware images from a plain application, byte for byte as a chip's vendor tools do: <c>encrypt</c> and <c>beken_packager</c>.
/// The options are read with every call. Source: Firmware/FORMAT.md.
/// </summary>
public sealed class FirmwareBuilder
{
    private readonly FirmwareBuildOptions _options;

    /// <summary>Makes a builder for a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="options">What differs from its recipe; null for nothing.</param>
    /// <exception cref="BekenImageException">No recipe is known for the chip.</exception>
    public FirmwareBuilder(BekenChip chip, FirmwareBuildOptions? options = null)
    {
        Recipe = FirmwareRecipe.For(chip) ??
                 throw new BekenImageException(FindingCode.BuildNoRecipe, $"it is not known how firmware for {chip} is built; name a known chip");
        _options = options ?? new FirmwareBuildOptions();
    }

    /// <summary>The chip's recipe.</summary>
    public FirmwareRecipe Recipe { get; }

    /// <summary>The key images are built for.</summary>
    public BekenKey Key => _options.Key ?? Recipe.DefaultKey;

    /// <summary>Builds bootloader and app, to be flashed at physical 0.</summary>
    /// <param name="bootloader">A bootloader file, as <see cref="BootloaderPayload.FromFile(byte[], BekenKey)"/> reads it.</param>
    /// <param name="app">The plain app.</param>
    /// <exception cref="BekenImageException">
    /// The bootloader does not fit key or form, a payload its section, or the app is no plain app (<see cref="FindingCode.WrongKind"/>).
    /// </exception>
    /// <exception cref="ImageGuardException">Bootloader or app is for another family of chips (<see cref="FindingCode.ChipsDiffer"/>).</exception>
    public byte[] BuildQio(byte[] bootloader, byte[] app) => FirmwareSection.Compose([Blame.On(PartitionNames.Bootloader, () => BootloaderSection(bootloader)), AppSection(app)]);

    /// <summary>Builds the app with its header, to be flashed at physical 0x11000.</summary>
    /// <param name="app">The plain app.</param>
    /// <exception cref="BekenImageException">The app does not fit its section, or is no plain app.</exception>
    /// <exception cref="ImageGuardException">The app is for another family of chips.</exception>
    public byte[] BuildUa(byte[] app) => AppSection(app).ToArray();

    /// <summary>Builds the pages of the app alone, without a header, to be flashed at physical 0x11000.</summary>
    /// <param name="app">The plain app.</param>
    /// <exception cref="BekenImageException">It is no plain app but an image, pages or a package (<see cref="FindingCode.WrongKind"/>).</exception>
    /// <exception cref="ImageGuardException">The app is for another family of chips.</exception>
    public byte[] BuildApp(byte[] app) => RblWriter.ToPages(Payload(app));

    /// <summary>The section at physical 0.</summary>
    /// <param name="bootloader">A bootloader file, as in <see cref="BuildQio"/>.</param>
    public FirmwareSection BootloaderSection(byte[] bootloader)
    {
        CheckGeneration(bootloader, PartitionNames.Bootloader);
        var payload = BootloaderPayload.FromFile(bootloader, Key);
        if (FamilyRule.BootloaderOn(Recipe.Chip, BootloaderIdentity.Read(payload.Decipher())) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(PartitionNames.Bootloader);
        var header = _options.BootloaderHeader ??
                     RblWriter.Blank(_options.BootloaderName, _options.BootloaderVersion ?? Recipe.Version, _options.BootloaderTimestamp);
        return new FirmwareSection(header, 0, _options.BootloaderLength ?? Recipe.BootloaderLength, payload.ToArray());
    }

    /// <summary>The section at physical 0x11000.</summary>
    /// <param name="app">The plain app.</param>
    public FirmwareSection AppSection(byte[] app)
    {
        byte[] payload = Payload(app);
        var header = _options.AppHeader ?? RblWriter.Blank(_options.AppName, _options.AppVersion ?? Recipe.Version, _options.AppTimestamp);
        return new FirmwareSection(header, FlashGeometry.AppOffset, _options.AppLength ?? Recipe.AppLength, payload);
    }

    // Before the vectors of this chip's core are looked for, which another's has not.
    private void CheckGeneration(byte[] file, string part)
    {
        if (FamilyRule.FileOn(Recipe.Chip, file ?? throw new ArgumentNullException(nameof(file))) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(part);
    }

    private byte[] Payload(byte[] app)
    {
        if (app is null)
            throw new ArgumentNullException(nameof(app));
        CheckGeneration(app, PartitionNames.App);
        app = Blame.On(PartitionNames.App, () => PlainApp.Take(app).ToArray());
        if (FamilyRule.AppOn(Recipe.Chip, AppIdentity.Read(app)) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(PartitionNames.App);
        return Recipe.MakeAppPayload(app, Key);
    }

    /// <summary>
    /// Says what is remarkable about the keys of a bootloader file in the image that is built of it: that the flash key it stores was another
    /// one, and is replaced; or that it may not encipher updates over the air with <see cref="Key"/>.
    /// </summary>
    /// <param name="bootloader">The file, as in <see cref="BuildQio"/>.</param>
    /// <returns>Nothing where all is well.</returns>
    /// <exception cref="BekenImageException">The bootloader does not fit key or form.</exception>
    public IReadOnlyList<Finding> CheckBootloader(byte[] bootloader)
    {
        var payload = BootloaderPayload.FromFile(bootloader, Key);
        if (payload.IsMoved && BootloaderUpdates.Of(payload).Doubt is { } doubt)
            return [new(FindingSeverity.Warning, FindingCode.UpdateKeyUncertain, doubt, 0, PartitionNames.Bootloader)];
        return payload.IsStoredKeyRenewed
            ? [new(FindingSeverity.Info, FindingCode.StoredKeyDiffers,
                "the bootloader file stores another flash key than the one of the image; the image stores its own", 0, PartitionNames.Bootloader)]
            : [];
    }

    /// <summary>
    /// Says when a file is not the plain app that images and update packages are made of. Both can be made of anything, with right
    /// checksums, but no device runs the result.
    /// </summary>
    /// <param name="app">The file.</param>
    /// <returns>Nothing for a plain app.</returns>
    public static IReadOnlyList<Finding> CheckApp(byte[] app) => CheckApp(app, null);

    /// <inheritdoc cref="CheckApp(byte[])"/>
    /// <param name="app">The file.</param>
    /// <param name="key">The key of the image it may come from, besides those with names; null for none.</param>
    public static IReadOnlyList<Finding> CheckApp(byte[] app, BekenKey? key)
    {
        if (app is null)
            throw new ArgumentNullException(nameof(app));
        if (PagedFile.IsPaged(app))
            return [Warn(FindingCode.BuildAppPaged, "it has page CRCs; take them out first, and decipher it")];
        if (CortexVectors.Match(app))
        {
            return CortexVectors.ResetOf(app) < FlashGeometry.AppLogicalAddress
                ? [Warn(FindingCode.BuildAppUnfit, "its vectors point below 0x10000, as a bootloader's do")]
                : [];
        }
        if (ArmVectors.Match(app))
        {
            return ArmVectors.LinkBase(app) is < FlashGeometry.AppLogicalAddress
                ? [Warn(FindingCode.BuildAppUnfit, "its vectors point below 0x10000, as a bootloader's do")]
                : AboutTail(app, key);
        }
        return ArmVectors.FindKey(app, FlashGeometry.AppLogicalAddress, BekenKey.Named.Select(named => named.Key)) is { } found
            ? [Warn(FindingCode.BuildAppEnciphered, $"it is enciphered under the key {found.Name}; decipher it first")]
            : [Warn(FindingCode.BuildAppUnfit, "it does not begin with ARM vectors")];

        static Finding Warn(FindingCode code, string what) =>
            new(FindingSeverity.Warning, code, $"the input is not a plain application: {what}", 0);
    }

    private static Finding[] AboutTail(byte[] app, BekenKey? key) => VendorTail.LengthIn(app, key) is > 0 and var length
        ? [new(FindingSeverity.Info, FindingCode.BuildAppTail, FormattableString.Invariant(
            $"the input came out of an image: its last {length} bytes are what the vendor's 'encrypt' had added, and are left out"), app.Length - length)]
        : [];
}

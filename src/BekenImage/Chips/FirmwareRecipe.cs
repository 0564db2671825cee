using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// How a chip's firmware is put together by its vendor's build: section lengths, what happens to the app, and the texts of the headers.
/// Immutable. Source: Firmware/FORMAT.md, section 1.
/// </summary>
public sealed class FirmwareRecipe
{
    private const int OtaFixLimit = 0xFE0;
    private const int OtaFixLength = 32;

    // Start address of "encrypt" where nothing is enciphered: the SDK's builds run it with 0, some not at all. With a key the cipher needs
    // the address the app is linked to.
    private readonly uint? _plainStart;

    internal FirmwareRecipe(BekenChip chip, int bootloaderLength, int appLength, BekenKey defaultKey, string version, uint? plainStart)
    {
        Chip = chip;
        BootloaderLength = bootloaderLength;
        AppLength = appLength;
        DefaultKey = defaultKey;
        Version = version;
        _plainStart = plainStart;
    }

    /// <summary>The chip.</summary>
    public BekenChip Chip { get; }

    /// <summary>Physical length of the bootloader section, its header included.</summary>
    public int BootloaderLength { get; }

    /// <summary>Physical length of the app section, its header included.</summary>
    public int AppLength { get; }

    /// <summary>The key of the published builds.</summary>
    public BekenKey DefaultKey { get; }

    /// <summary>The version text of both headers.</summary>
    public string Version { get; }

    /// <summary>True when the build runs "otafix" before "encrypt".</summary>
    internal bool HasOtaFix { get; init; }

    /// <summary>
    /// The recipe of a chip, or null where none is known. BK7231T, N and M are OpenBeken's, BK7231Q is Tuya's, the others are the SDK's for
    /// 2 MiB of flash.
    /// </summary>
    /// <param name="chip">The chip.</param>
    public static FirmwareRecipe? For(BekenChip chip) => ChipRegistry.Find(chip)?.Recipe;

    /// <summary>Makes an app's payload: what lies in flash, without page CRCs.</summary>
    /// <param name="app">
    /// The plain app. One that was taken out of an image, and ends in what <c>encrypt</c> had added to it, is recognised; the rest of it
    /// is the app.
    /// </param>
    /// <param name="key">The device's key.</param>
    public byte[] MakeAppPayload(ReadOnlySpan<byte> app, BekenKey key)
    {
        app = VendorTail.Without(app, key);
        return EncryptStart(key) is { } start ? VendorEncrypt.Encrypt(WithOtaFix(app), key, start) : app.ToArray();
    }

    /// <summary>
    /// The way back: the plain app of a payload. Where <c>encrypt</c> was at work its tail is dropped, and up to 31 bytes at the end are not
    /// the app's. <see cref="MakeAppPayload"/> gives the payload again.
    /// </summary>
    /// <param name="payload">The payload as stored, without page CRCs: as many bytes as its RBL header's raw size says.</param>
    /// <param name="key">The device's key.</param>
    public byte[] RecoverApp(ReadOnlySpan<byte> payload, BekenKey key)
    {
        if (EncryptStart(key) is { } start && VendorEncrypt.TryDecrypt(payload, key, start, out byte[]? app))
            return app!;
        var plain = new byte[payload.Length];
        FlashCipher.Apply(key, FlashGeometry.AppLogicalAddress, payload, plain);
        return plain;
    }

    private uint? EncryptStart(BekenKey key) => key.IsIdentity ? _plainStart : FlashGeometry.AppLogicalAddress;

    // The T build's "otafix", run before "encrypt": an app must not end in the last 32 bytes of a sector.
    private ReadOnlySpan<byte> WithOtaFix(ReadOnlySpan<byte> app)
    {
        if (!HasOtaFix || app.Length % FlashGeometry.SectorSize is > 0 and <= OtaFixLimit)
            return app;
        var longer = new byte[app.Length + OtaFixLength];
        app.CopyTo(longer);
        return longer;
    }
}

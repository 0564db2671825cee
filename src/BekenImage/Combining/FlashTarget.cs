using BekenImage.Crypto;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The device a combined image is for, as far as flashing and booting it goes. Immutable.</summary>
internal sealed class FlashTarget
{
    private readonly ReadOnlyMemory<byte> _bootloader;

    /// <param name="inputs">The inputs.</param>
    /// <param name="key">The device's key; the zero key where nothing is enciphered.</param>
    /// <param name="bootloader">The slot of the result's bootloader.</param>
    /// <param name="keepsBootloader">Whether it is the device's own.</param>
    public FlashTarget(CombineInputs inputs, BekenKey key, ReadOnlyMemory<byte> bootloader, bool keepsBootloader)
    {
        Chip = inputs.Chip;
        FirmwareChip = inputs.FirmwareChip;
        Key = key;
        App = inputs.Identity;
        KeepsBootloader = keepsBootloader;
        FlashLength = inputs.Factory.Bytes.Length;
        _bootloader = bootloader;
    }

    public BekenChip Chip { get; }

    public BekenChip FirmwareChip { get; }

    /// <summary>The device's key.</summary>
    public BekenKey Key { get; }

    public AppIdentity App { get; }

    /// <summary>True when the device's own bootloader stays as it is.</summary>
    public bool KeepsBootloader { get; }

    public long FlashLength { get; }

    /// <summary>The bootloader of the result, deciphered.</summary>
    public byte[] DecipherBootloader()
    {
        int pages = _bootloader.Length / FlashPages.PageSize;
        var plain = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(_bootloader.Span.Slice(0, pages * FlashPages.PageSize), plain, Key, 0);
        return plain;
    }
}

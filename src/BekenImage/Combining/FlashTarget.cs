using BekenImage.Crypto;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>The device a combined image is for, as far as flashing and booting it goes. Immutable.</summary>
internal sealed class FlashTarget
{
    private readonly ReadOnlyMemory<byte> _bootloader;

    public FlashTarget(CombineInputs inputs)
    {
        Chip = inputs.Chip;
        FirmwareChip = inputs.FirmwareChip;
        Key = inputs.Key;
        App = inputs.App.Identity;
        KeepsBootloader = inputs.Bootloader.Origin == RegionOrigin.Factory;
        FlashLength = inputs.Factory.Bytes.Length;
        _bootloader = inputs.Bootloader.Slot;
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

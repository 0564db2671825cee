using BekenImage.Crypto;
using BekenImage.Reading;

namespace BekenImage.Building;

/// <summary>The 0x11000 bytes of a bootloader as a device with a certain key needs them.</summary>
internal static class BootloaderSlot
{
    public static ReadOnlyMemory<byte> Make(FlashImage source, BekenKey key)
    {
        var bootloader = source.Programs.Bootloader!;
        var slot = new byte[ImageOrigin.BootloaderSlot];
        slot.AsSpan().Fill(0xFF);
        if (bootloader.IsStriped && bootloader.Key is { } own && own.IsEquivalentTo(key))
        {
            bootloader.Range.Of(source.Bytes).Slice(0, (int)Math.Min(bootloader.Length, slot.Length)).CopyTo(slot);
            return slot;
        }
        throw new BekenImageException(FindingCode.KeyDoesNotFit, "re-keying");
    }
}

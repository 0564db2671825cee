using BekenImage.Crypto;

namespace BekenImage.Images;

/// <summary>A chip has one flash key, whatever is written into its flash.</summary>
internal static class DeviceKey
{
    /// <summary>The key a device runs under, by a read of it: its bootloader's, else its app's. Null where neither tells.</summary>
    public static BekenKey? Of(FlashImage device) => device.Programs.Bootloader?.Key ?? device.Programs.App?.Key;

    /// <summary>The programs of another image that a device does not run: those under another key.</summary>
    public static IEnumerable<Partition> Foreign(FlashImage device, FlashImage other) => Of(device) is not { } own ? [] :
        new[] { other.Programs.Bootloader, other.Programs.App }.OfType<Partition>().Where(program => program.Key is { } key && !key.IsEquivalentTo(own));
}

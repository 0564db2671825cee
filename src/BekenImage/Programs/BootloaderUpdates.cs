using BekenImage.Crypto;

namespace BekenImage.Programs;

/// <summary>
/// With which key a bootloader's own code enciphers an update over the air, by its kind, and so whether the key it stores is right: the one
/// place that says so. Source: Firmware/FORMAT.md, section 4.
/// </summary>
internal sealed class BootloaderUpdates
{
    /// <summary>What is needed of a bootloader: behind the last of the known records, texts included.</summary>
    public const int Extent = 0x2000;

    private readonly BootloaderKeys _keys;
    private readonly bool _hasNMarker;
    private readonly BekenKey _key;

    private BootloaderUpdates(BootloaderKeys keys, bool hasNMarker, BekenKey key)
    {
        _keys = keys;
        _hasNMarker = hasNMarker;
        _key = key;
    }

    public static BootloaderUpdates Of(BootloaderPayload bootloader) => new(bootloader.Keys, bootloader.HasNMarker, bootloader.Key);

    /// <summary>The same of bytes that need not be a whole bootloader.</summary>
    /// <param name="stored">As they lie in flash from logical 0 on, without page CRCs; <see cref="Extent"/> of them are enough.</param>
    /// <param name="key">The key they are under.</param>
    /// <returns>Null when no vectors appear under the key.</returns>
    public static BootloaderUpdates? Read(ReadOnlySpan<byte> stored, BekenKey key)
    {
        if (!ArmVectors.Match(stored, key, 0))
            return null;
        stored = stored.Slice(0, Math.Min(stored.Length, Extent));
        var plain = new byte[stored.Length];
        FlashCipher.Apply(key, 0, stored, plain);
        return new BootloaderUpdates(BootloaderKeys.Read(plain, key), BootloaderPayload.HasMarker(stored), key);
    }

    /// <summary>Whether the stored key is right.</summary>
    public StoredKeyState State => _keys.FlashKey switch
    {
        null => StoredKeyState.Unknown,
        { } stored when StoresOwnKey || IsUnreadDefault(stored) => StoredKeyState.Fits,
        _ => EnciphersWithRecord ? StoredKeyState.Differs : StoredKeyState.DiffersUnread,
    };

    /// <summary>The stored key does what the key it is under does.</summary>
    public bool StoresOwnKey => _keys.FlashKey is { } stored && stored.IsEquivalentTo(_key);

    /// <summary>What belongs into the record: the key; on a device without encryption what the vendor's own hold, where no code reads it.</summary>
    public BekenKey Wanted => _key.IsIdentity && PlainDefault is { } vendors ? vendors : _key;

    /// <summary>What is wrong with the stored key; null where it fits or is not known.</summary>
    public string? Mismatch => State switch
    {
        StoredKeyState.Differs => $"the bootloader enciphers updates over the air with the key it stores, {NameOf(_keys.FlashKey!.Value)}, but is itself " +
            $"under {NameOf(_key)}: after the first update the device would not start",
        StoredKeyState.DiffersUnread => $"the bootloader stores {NameOf(_keys.FlashKey!.Value)}, but is itself under {NameOf(_key)}: it is another device's. " +
            "Bootloaders of its kind were not seen to encipher updates with what they store",
        _ => null,
    };

    /// <summary>Why updates over the air may not come out under the bootloader's key; null where they do.</summary>
    public string? Doubt => State switch
    {
        StoredKeyState.Unknown => "no key record of a known kind is in the bootloader: it may encipher updates over the air with another key, or not at all",
        StoredKeyState.Differs => "the key the bootloader stores, with which it enciphers updates over the air, is not the one it is under",
        _ when IsSdk && !_key.IsIdentity =>
            "bootloaders of this kind were not seen to encipher updates: one over the air may be written plain, whatever key they store",
        _ => null,
    };

    private bool IsSdk => _keys.FlashKeyOffset == BootloaderKeys.Sdk;

    /// <summary>The code reads the four words and enciphers with them: BK7231T.</summary>
    private bool EnciphersWithRecord => _keys.FlashKeyOffset is BootloaderKeys.Tuya104 or BootloaderKeys.Tuya && !EnciphersByHardware;

    /// <summary>The code stores plain words and the chip enciphers them, with its own key: BK7231N.</summary>
    private bool EnciphersByHardware => _keys.FlashKeyOffset == BootloaderKeys.Tuya && _hasNMarker;

    /// <summary>
    /// What the vendor's plain bootloaders of this kind hold in their record: the SDK's its placeholder, Tuya's N the key of BK7231N. No code
    /// of theirs reads it. Null where the record is read, or where there is none.
    /// </summary>
    private BekenKey? PlainDefault => IsSdk ? BootloaderKeys.Placeholder : EnciphersByHardware ? BekenKey.Tuya : null;

    // The SDK's hold the placeholder on enciphered devices too; those of BK7231N the key there.
    private bool IsUnreadDefault(BekenKey stored) => stored == PlainDefault && (IsSdk || _key.IsIdentity);

    private static string NameOf(BekenKey key) =>
        key == BootloaderKeys.Placeholder ? "the SDK's placeholder" : key.Name is { } name ? $"the key {name}" : "a custom key";
}

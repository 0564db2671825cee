using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.IO;

namespace BekenImage;

/// <summary>
/// The keys a bootloader carries: the flash key it enciphers updates with, and the AES key it opens packages with. Immutable. Source:
/// Firmware/FORMAT.md, section 4.
/// </summary>
public sealed class BootloaderKeyRecord
{
    private const int KeySize = 16;
    private const int TuyaKeyRecord = 0x44;
    private const int TuyaAesRecord = 0x58;
    private const int SdkRecord = 0x1F08;
    private const int SdkIvOffset = 0x1F1C;
    private const int DeadBeef = 0x3C;

    private BootloaderKeyRecord(int offset, BekenKey key, OtaKey? otaKey)
    {
        Offset = offset;
        Key = key;
        OtaKey = otaKey;
    }

    /// <summary>Logical offset of the four key words.</summary>
    public int Offset { get; }

    /// <summary>The stored flash key. Not always the device's: SDK bootloaders hold a placeholder, that of BK7231M the key of BK7231N.</summary>
    public BekenKey Key { get; }

    /// <summary>Key and vector of update packages; null where they were not found beside the flash key.</summary>
    public OtaKey? OtaKey { get; }

    /// <summary>What the SDK's bootloaders hold instead of a key.</summary>
    internal static BekenKey Placeholder => new(0x12345678, 0x2FAA55AA, 0x3AEE63DD, 0x4FEEAA00);

    /// <summary>What the vendor's plain bootloaders of this kind hold: the SDK's its placeholder, Tuya's the key of BK7231N.</summary>
    internal BekenKey PlainDefault => Offset == SdkRecord ? Placeholder : BekenKey.Tuya;

    private static ReadOnlySpan<byte> TuyaKeyMark => [0xEE, 0xBB, 0xAA, KeySize];

    private static ReadOnlySpan<byte> TuyaAesMark => [0xEE, 0xBB, 0xBB, 50];

    private static ReadOnlySpan<byte> TwoDeadBeefs => [0xEF, 0xBE, 0xAD, 0xDE, 0xEF, 0xBE, 0xAD, 0xDE];

    /// <summary>Finds the record in a bootloader.</summary>
    /// <param name="plain">The bootloader's logical bytes, deciphered.</param>
    /// <param name="deviceKey">The key it is enciphered under: the oldest kind of record is only told by its content.</param>
    /// <returns>The record, or null where the family keeps none or it is not known.</returns>
    public static BootloaderKeyRecord? Find(ReadOnlySpan<byte> plain, BekenKey deviceKey)
    {
        if (StandsAt(plain, TuyaKeyRecord, TuyaKeyMark) && TryReadKey(plain, TuyaKeyRecord + 4, out var key))
        {
            bool hasAes = StandsAt(plain, TuyaAesRecord, TuyaAesMark);
            return new BootloaderKeyRecord(TuyaKeyRecord + 4, key, hasAes ? ReadOtaKey(plain, TuyaAesRecord + 4) : null);
        }
        bool isSdk = TryReadKey(plain, SdkRecord, out key) && StandsAt(plain, SdkRecord + KeySize, [0, 0, 0, 0]);
        if (isSdk && ReadOtaKey(plain, SdkIvOffset) is { } ota)
            return new BootloaderKeyRecord(SdkRecord, key, ota);
        return StandsAt(plain, DeadBeef, TwoDeadBeefs) && TryReadKey(plain, TuyaKeyRecord, out key) && IsKnown(key, deviceKey)
            ? new BootloaderKeyRecord(TuyaKeyRecord, key, null)
            : null;
    }

    /// <summary>Writes another flash key over the stored one.</summary>
    internal void Write(Span<byte> plain, BekenKey key)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(plain.Slice(Offset), key.Coefficient0);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.Slice(Offset + 4), key.Coefficient1);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.Slice(Offset + 8), key.Coefficient2);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.Slice(Offset + 12), key.Coefficient3);
    }

    private static bool IsKnown(BekenKey key, BekenKey deviceKey) =>
        key == Placeholder || key == BekenKey.Tuya || key == BekenKey.Uascent || key == deviceKey;

    private static bool StandsAt(ReadOnlySpan<byte> plain, int offset, ReadOnlySpan<byte> mark) =>
        plain.Length >= offset + mark.Length && plain.Slice(offset).StartsWith(mark);

    private static bool TryReadKey(ReadOnlySpan<byte> plain, int offset, out BekenKey key)
    {
        key = default;
        var reader = new SpanReader(plain);
        if (!reader.TrySeek(offset) || !reader.TryReadUInt32(out uint word0) || !reader.TryReadUInt32(out uint word1) ||
            !reader.TryReadUInt32(out uint word2) || !reader.TryReadUInt32(out uint word3))
            return false;
        key = new BekenKey(word0, word1, word2, word3);
        return true;
    }

    // The vector and its NUL, the key and its NUL.
    private static OtaKey? ReadOtaKey(ReadOnlySpan<byte> plain, int offset)
    {
        var reader = new SpanReader(plain);
        if (!reader.TrySeek(offset) || !TryReadKeyText(ref reader, OtaKey.IvSize, out byte[] iv))
            return null;
        return TryReadKeyText(ref reader, OtaKey.KeySize, out byte[] key) ? new OtaKey(key, iv) : null;
    }

    private static bool TryReadKeyText(ref SpanReader reader, int size, out byte[] text)
    {
        bool read = reader.TryReadBytes(size, out var bytes) && Text.IsPrintable(bytes) && reader.TryReadByte(out byte end) && end == 0;
        text = read ? bytes.ToArray() : [];
        return read;
    }
}

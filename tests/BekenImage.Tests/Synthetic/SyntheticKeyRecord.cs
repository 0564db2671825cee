using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>The kinds of key record, from the format notes, section 8.3.</summary>
internal enum SyntheticRecordKind
{
    /// <summary>None; not even the end of the vectors' literals.</summary>
    None,

    /// <summary>N 1.0.1, T 1.0.5 and 1.0.6: EE BB AA 10 at 0x44, EE BB BB 32 at 0x58.</summary>
    Tuya,

    /// <summary>T 1.0.4: the words bare at 0x44, AES texts among other data.</summary>
    Bare,

    /// <summary>SDK: the words at 0x1F08, a zero word, AES texts at 0x1F1C.</summary>
    Sdk,

    /// <summary>BK7231Q: AES texts among other data, and no flash key.</summary>
    AesOnly,
}

/// <summary>What a synthetic bootloader stores about keys.</summary>
internal sealed record SyntheticKeyRecord(SyntheticRecordKind Kind, SyntheticKey Stored)
{
    public const string DefaultIv = "0123456789ABCDEF";
    public const string DefaultKey = "0123456789ABCDEF0123456789ABCDEF";

    /// <summary>Where T 1.0.4 and Q have their texts here; in real ones at 0xC8A8 and 0xCD18.</summary>
    public const int AesElsewhere = 0x28A8;

    private const uint VectorsEnd = 0xDEADBEEF;

    /// <summary>What SDK bootloaders hold instead of a key.</summary>
    public static SyntheticKey Placeholder { get; } = new("placeholder", 0x12345678, 0x2FAA55AA, 0x3AEE63DD, 0x4FEEAA00);

    public string Iv { get; init; } = DefaultIv;

    public string Key { get; init; } = DefaultKey;

    /// <summary>Offset of the four words; -1 where there are none.</summary>
    public int KeyOffset => Kind switch
    {
        SyntheticRecordKind.Tuya => 0x48,
        SyntheticRecordKind.Bare => 0x44,
        SyntheticRecordKind.Sdk => 0x1F08,
        _ => -1,
    };

    /// <summary>Offset of the IV.</summary>
    public int AesOffset => Kind switch { SyntheticRecordKind.Tuya => 0x5C, SyntheticRecordKind.Sdk => 0x1F1C, _ => AesElsewhere };

    /// <summary>Writes it into a plain bootloader.</summary>
    public void Put(byte[] bootloader)
    {
        if (Kind == SyntheticRecordKind.None)
            return;
        PlainFormats.Put(bootloader, 0x3C, VectorsEnd);
        PlainFormats.Put(bootloader, 0x40, VectorsEnd);
        PlainFormats.Put(bootloader, Kind == SyntheticRecordKind.Bare ? 0x54 : 0x44, Kind == SyntheticRecordKind.Tuya ? 0x10AABBEE : 1u);
        if (Kind == SyntheticRecordKind.Tuya)
            PlainFormats.Put(bootloader, 0x58, 0x32BBBBEE);
        if (Kind == SyntheticRecordKind.Sdk)
            PlainFormats.Put(bootloader, 0x1F18, 0);
        if (KeyOffset >= 0)
            PutWords(bootloader, KeyOffset, Stored);
        PutAes(bootloader, AesOffset, Iv, Key);
    }

    public static void PutAes(byte[] bootloader, int offset, string iv, string key) =>
        Encoding.ASCII.GetBytes(iv + "\0" + key + "\0").CopyTo(bootloader, offset);

    public static void PutWords(byte[] bootloader, int offset, SyntheticKey key)
    {
        PlainFormats.Put(bootloader, offset, key.K0);
        PlainFormats.Put(bootloader, offset + 4, key.K1);
        PlainFormats.Put(bootloader, offset + 8, key.K2);
        PlainFormats.Put(bootloader, offset + 12, key.K3);
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.NvsKey;

/// <summary>
/// The key with which the key-value store and factory data of a newer chip are encrypted: the partition <c>nvs_key</c>, plain and without
/// page CRCs. A secret. Immutable. Source: FORMAT.md.
/// </summary>
public sealed class NvsKeyRecord
{
    /// <summary>Bytes of the key: two of AES-256, for data and for the unit number.</summary>
    public const int KeySize = 64;

    /// <summary>Bytes of key and CRC.</summary>
    public const int Size = KeySize + 4;

    /// <summary>Bytes the generator writes.</summary>
    public const int FileSize = 0x1000;

    /// <summary>Bytes that are enciphered with one number.</summary>
    public const int UnitSize = 32;

    private readonly byte[] _key;

    /// <summary>Makes a record of a key.</summary>
    /// <param name="key">64 bytes, copied.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public NvsKeyRecord(byte[] key)
        : this(Checked(key), CrcOf(key), 0)
    {
    }

    private NvsKeyRecord(byte[] key, uint statedCrc, long offset)
    {
        _key = key;
        StatedCrc = statedCrc;
        Findings = CrcOk ? [] :
        [
            new Finding(FindingSeverity.Error, FindingCode.NvsKeyCrc,
                "the key does not give the CRC behind it; a wrong flash key gives this too", offset + KeySize),
        ];
    }

    /// <summary>The 64 bytes: a secret.</summary>
    public ReadOnlyMemory<byte> Key => _key;

    /// <summary>CRC-32 of the key from 0 on, as stored.</summary>
    public uint StatedCrc { get; }

    /// <summary>Whether the key gives the stated CRC.</summary>
    public bool CrcOk => CrcOf(_key) == StatedCrc;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a record; nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The partition's plain bytes, without page CRCs.</param>
    /// <param name="record">The record, or null.</param>
    /// <param name="offset">Where the bytes begin; findings count from there.</param>
    /// <returns>False when the bytes are too few or erased.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NvsKeyRecord? record, long offset = 0)
    {
        record = bytes.Length >= Size && !ByteRuns.IsErased(bytes.Slice(0, Size))
            ? new NvsKeyRecord(bytes.Slice(0, KeySize).ToArray(), BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(KeySize)), offset)
            : null;
        return record is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out NvsKeyRecord?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out NvsKeyRecord? record, long offset = 0) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out record, offset);

    /// <summary>The file the generator writes: key, CRC, 0xFF.</summary>
    public byte[] Write()
    {
        byte[] bytes = ByteRuns.Erased(FileSize, _key);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(KeySize), StatedCrc);
        return bytes;
    }

    /// <summary>Encrypts the content of a partition that is marked <c>encrypted</c> (factory data): AES-256 in XTS mode, units of 32 bytes.</summary>
    /// <param name="plain">A multiple of 16 bytes.</param>
    /// <param name="firstUnit">Number of the first unit: 0 at the start of the partition.</param>
    /// <exception cref="ArgumentException">The bytes are no multiple of 16.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> plain, long firstUnit = 0) => NvsKeyCipher.Process(_key, plain, firstUnit, encrypt: true);

    /// <inheritdoc cref="Encrypt(ReadOnlySpan{byte}, long)"/>
    public byte[] Encrypt(byte[] plain, long firstUnit = 0) =>
        Encrypt((plain ?? throw new ArgumentNullException(nameof(plain))).AsSpan(), firstUnit);

    /// <summary>Decrypts what <see cref="Encrypt(ReadOnlySpan{byte}, long)"/> makes. A wrong key gives wrong bytes, not an error.</summary>
    /// <param name="encrypted">A multiple of 16 bytes.</param>
    /// <param name="firstUnit">Number of the first unit: 0 at the start of the partition.</param>
    /// <exception cref="ArgumentException">The bytes are no multiple of 16.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> encrypted, long firstUnit = 0) => NvsKeyCipher.Process(_key, encrypted, firstUnit, encrypt: false);

    /// <inheritdoc cref="Decrypt(ReadOnlySpan{byte}, long)"/>
    public byte[] Decrypt(byte[] encrypted, long firstUnit = 0) =>
        Decrypt((encrypted ?? throw new ArgumentNullException(nameof(encrypted))).AsSpan(), firstUnit);

    /// <summary>Whether the CRC fits; never the key.</summary>
    public override string ToString() => CrcOk ? "nvs_key" : "nvs_key, its CRC is wrong";

    // The generator calls zlib's crc32 with a start of 0xFFFFFFFF, which zlib inverts: the running value begins with 0.
    private static uint CrcOf(ReadOnlySpan<byte> key) => ~Crc32.Append(0, key);

    private static byte[] Checked(byte[] key)
    {
        if (key is null)
            throw new ArgumentNullException(nameof(key));
        return key.Length == KeySize ? (byte[])key.Clone() : throw new ArgumentException("The key has 64 bytes.", nameof(key));
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Ua;

/// <summary>The trailer of an <c>app_ug.bin</c> for Tuya's newer chips: the last 64 bytes, big-endian. Immutable; keeps its bytes. Source: FORMAT.md, section 2.</summary>
public sealed class UaTrailer
{
    /// <summary>Bytes a trailer takes.</summary>
    public const int Size = 64;

    internal const int BodyLengthOffset = 0x1C;
    internal const int BodyCrcOffset = 0x20;
    internal const int KindOffset = 0x2C;
    internal const uint Kind = 32 << 16 | 2;

    private readonly byte[] _bytes;

    /// <summary>Makes a trailer that does not describe a body yet; <see cref="UaWriter"/> completes it.</summary>
    /// <param name="flashSize">Bytes of flash an update may take; 0x5ED000 on T5.</param>
    /// <param name="ability">0x10D0 on T5.</param>
    /// <param name="bufferSize">0x1000.</param>
    /// <param name="parts">0.</param>
    /// <param name="blockSize">0x1000.</param>
    /// <param name="attribute">0x100000 on T5, which is the logical size of the slot of app.</param>
    public UaTrailer(uint flashSize, uint ability, uint bufferSize, uint parts, uint blockSize, uint attribute)
        : this(Make(flashSize, ability, bufferSize, parts, blockSize, attribute))
    {
    }

    internal UaTrailer(byte[] bytes)
    {
        _bytes = bytes;
    }

    internal static ReadOnlySpan<byte> Magic => "tuya"u8;

    /// <summary>Bytes of flash an update may take.</summary>
    public uint FlashSize => Word(0x08);

    /// <summary>As stored; the meaning of the bits is not known.</summary>
    public uint Ability => Word(0x0C);

    /// <summary>Bytes the device buffers.</summary>
    public uint BufferSize => Word(0x10);

    /// <summary>As stored: 0.</summary>
    public uint Parts => Word(0x14);

    /// <summary>Bytes the device writes at once.</summary>
    public uint BlockSize => Word(0x18);

    /// <summary>Bytes before the trailer.</summary>
    public uint BodyLength => Word(BodyLengthOffset);

    /// <summary>CRC-32 of the body.</summary>
    public uint BodyCrc => Word(BodyCrcOffset);

    /// <summary>As stored; in the vendor's file it is the logical size of the slot of app.</summary>
    public uint Attribute => Word(0x28);

    /// <summary>True when the words that are the same in every trailer are.</summary>
    public bool IsWhole => Word(0x04) == uint.MaxValue && Word(0x24) == 0 && Word(KindOffset) == Kind;

    /// <summary>The 64 bytes as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads the trailer at the end of some bytes. Nothing but its magic is judged.</summary>
    /// <param name="bytes">Bytes that end with it.</param>
    /// <param name="trailer">The trailer, or null.</param>
    /// <returns>False when the bytes are too few or the last 64 do not begin with <c>tuya</c>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out UaTrailer? trailer)
    {
        trailer = bytes.Length >= Size && bytes.Slice(bytes.Length - Size).StartsWith(Magic)
            ? new UaTrailer(bytes.Slice(bytes.Length - Size).ToArray()) : null;
        return trailer is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out UaTrailer?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out UaTrailer? trailer) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out trailer);

    /// <summary>The trailer for a body.</summary>
    internal byte[] For(ReadOnlySpan<byte> body)
    {
        var bytes = (byte[])_bytes.Clone();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(BodyLengthOffset), body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(BodyCrcOffset), Crc32.Compute(body));
        return bytes;
    }

    /// <summary>Length of the body.</summary>
    public override string ToString() => FormattableString.Invariant($"trailer of 0x{BodyLength:x} bytes");

    private static byte[] Make(uint flashSize, uint ability, uint bufferSize, uint parts, uint blockSize, uint attribute)
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        uint[] words = [uint.MaxValue, flashSize, ability, bufferSize, parts, blockSize, 0, 0, 0, attribute, Kind];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), words[i]);
        return bytes;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(offset));
}

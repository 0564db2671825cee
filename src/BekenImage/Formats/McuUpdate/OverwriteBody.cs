using System.Diagnostics.CodeAnalysis;
using BekenImage.Compression;

namespace BekenImage.Formats.McuUpdate;

/// <summary>
/// The payload of an update that overwrites the app: an image in blocks of 64 KiB, each packed by LZMA. Immutable; keeps its bytes.
/// Source: FORMAT.md, section 2.
/// </summary>
public sealed class OverwriteBody
{
    /// <summary>Plain bytes of every block but the last.</summary>
    public const int BlockSize = 0x10000;

    /// <summary>More blocks than any flash has room for.</summary>
    public const int MaximumBlocks = 256;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int[] _lengths;
    private readonly int _lastLength;

    internal OverwriteBody(ReadOnlyMemory<byte> bytes, int[] lengths, int lastLength)
    {
        _bytes = bytes;
        _lengths = lengths;
        _lastLength = lastLength;
    }

    /// <summary>How many blocks are packed.</summary>
    public int BlockCount => _lengths.Count(length => length > 0);

    /// <summary>Bytes of the image, as the list states them.</summary>
    public long PlainLength => (_lengths.Length - 1) * (long)BlockSize + _lastLength;

    /// <summary>Bytes of list and blocks; what lies behind is not part of the body.</summary>
    public int Length => 2 * (_lengths.Length + 1) + _lengths.Sum();

    /// <summary>Finds the list at the start of a payload; nothing is unpacked, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="payload">The payload of the MCUboot image; up to 16 bytes may follow the last block.</param>
    /// <param name="body">The body, or null.</param>
    /// <returns>False when there is no list that fits what follows it.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out OverwriteBody? body)
    {
        body = OverwriteReader.Find(payload);
        return body is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out OverwriteBody?)"/>
    public static bool TryRead(byte[] payload, [NotNullWhen(true)] out OverwriteBody? body) =>
        TryRead((ReadOnlyMemory<byte>)(payload ?? throw new ArgumentNullException(nameof(payload))), out body);

    /// <summary>Unpacks the image. No block gives more than 64 KiB, whatever it states.</summary>
    /// <exception cref="BekenImageException">A block is damaged or gives another length: which, and where.</exception>
    public byte[] Unpack()
    {
        using var plain = new MemoryStream();
        int at = 2 * (_lengths.Length + 1);
        for (int i = 0; i < _lengths.Length; i++)
        {
            int expected = i < _lengths.Length - 1 ? BlockSize : _lastLength;
            if (expected > 0)
                plain.Write(UnpackBlock(i, at, expected), 0, expected);
            at += _lengths[i];
        }
        return plain.ToArray();
    }

    /// <summary>Packs an image. The bytes are not those of the vendor's program, which searches longer; they unpack to the same.</summary>
    /// <param name="plain">The signed image.</param>
    /// <exception cref="BekenImageException">A block does not compress, or there are too many.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> plain) => OverwriteReader.Pack(plain);

    /// <inheritdoc cref="Pack(ReadOnlySpan{byte})"/>
    public static byte[] Pack(byte[] plain) => Pack((plain ?? throw new ArgumentNullException(nameof(plain))).AsSpan());

    /// <summary>All bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Number of blocks and bytes.</summary>
    public override string ToString() => FormattableString.Invariant($"overwrite body, {BlockCount} blocks, 0x{PlainLength:x} bytes");

    private byte[] UnpackBlock(int index, int at, int expected)
    {
        var result = LzmaDecoder.Decode(_bytes.Slice(at, _lengths[index]).ToArray(), BlockSize);
        var code = result.Status == DecodeStatus.TooLong ? FindingCode.OverwriteBlockTooLong : FindingCode.OverwriteBlockDamaged;
        if (result.Status != DecodeStatus.Complete)
            throw new BekenImageException(code, FormattableString.Invariant($"block {index + 1}: {result.Problem}"), at);
        return result.Output.Length == expected ? result.Output : throw new BekenImageException(FindingCode.OverwriteBlockDamaged,
            FormattableString.Invariant($"block {index + 1} gives 0x{result.Output.Length:x} bytes, 0x{expected:x} are stated"), at);
    }
}

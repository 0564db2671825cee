using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Compression;

/// <summary>Packs one piece; returns how many bytes of the block were written.</summary>
internal delegate int PieceEncoder(ReadOnlySpan<byte> piece, Span<byte> block);

/// <summary>Unpacks one block into at most <paramref name="piece"/>; false when the block is damaged or gives more.</summary>
internal delegate bool PieceDecoder(ReadOnlySpan<byte> block, Span<byte> piece, out int written);

/// <summary>
/// The framing around QuickLZ and FastLZ in update packages: the plain bytes are cut into pieces of 4096, each is packed on its own, and
/// its packed length stands before it, 32 bits big-endian.
/// </summary>
internal static class PieceFraming
{
    /// <summary>Plain bytes of every piece but the last. It is the buffer a bootloader has.</summary>
    public const int PieceSize = 4096;

    private const int PrefixSize = 4;

    /// <summary>More than either packer makes of a piece that does not shrink.</summary>
    private const int LargestBlock = PieceSize + PieceSize / 16;

    /// <summary>Packs bytes piece by piece.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> plain, PieceEncoder encoder)
    {
        using var target = new MemoryStream();
        var block = new byte[PrefixSize + LargestBlock];
        while (!plain.IsEmpty)
        {
            var piece = plain.Slice(0, Math.Min(PieceSize, plain.Length));
            int length = encoder(piece, block.AsSpan(PrefixSize));
            BinaryPrimitives.WriteInt32BigEndian(block, length);
            target.Write(block, 0, PrefixSize + length);
            plain = plain.Slice(piece.Length);
        }
        return target.ToArray();
    }

    /// <summary>
    /// Unpacks until all plain bytes are there, or what follows is no block: fewer than 4 bytes, or a length of 2^24 and more, which is how
    /// the bootloader tells padding from a block.
    /// </summary>
    /// <param name="data">The blocks, and what lies behind them.</param>
    /// <param name="length">How many plain bytes there must be.</param>
    /// <param name="decoder">Unpacks one block.</param>
    public static DecodeResult Decode(ReadOnlySpan<byte> data, int length, PieceDecoder decoder)
    {
        using var output = new MemoryStream();
        var piece = new byte[PieceSize];
        var reader = new SpanReader(data);
        while (output.Length < length && reader.Remaining >= PrefixSize && data[reader.Position] == 0)
        {
            int at = reader.Position;
            reader.TryReadUInt32BigEndian(out uint size);
            if (!reader.TryReadBytes(size, out var block))
            {
                return DecodeResult.Failed(
                    DecodeStatus.Truncated, output.Length, $"the block at 0x{at:x} has 0x{size:x} bytes, 0x{reader.Remaining:x} are there");
            }
            if (!decoder(block, piece, out int written))
            {
                return DecodeResult.Failed(
                    DecodeStatus.Broken, output.Length, $"the block at 0x{at:x} is damaged, or holds more than {PieceSize} bytes");
            }
            if (written > length - output.Length)
                return DecodeResult.Failed(DecodeStatus.TooLong, output.Length, $"the blocks give more than 0x{length:x} bytes; stopped");
            output.Write(piece, 0, written);
        }
        return output.Length == length
            ? DecodeResult.Complete(output.ToArray(), reader.Position)
            : DecodeResult.Failed(DecodeStatus.Truncated, output.Length, $"the blocks end after 0x{output.Length:x} of 0x{length:x} bytes");
    }
}

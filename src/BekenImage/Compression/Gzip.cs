using System.Buffers.Binary;
using System.IO.Compression;
using BekenImage.IO;

namespace BekenImage.Compression;

/// <summary>
/// One gzip member (RFC 1952). Inflating and deflating are the platform's; header, end and trailer are checked here, because the
/// platform's stream returns what a truncated member gives without a word.
/// </summary>
internal static class Gzip
{
    private const int HeaderSize = 10;
    private const int TrailerSize = 8;
    private const int ChunkSize = 16 * 1024;

    // Behind a member lie at most 16 bytes of padding; its trailer has 8. In this tail input is handed over byte by byte, so that the
    // end of the deflate stream is known exactly.
    private const int ExactTail = 64;

    [Flags]
    private enum Flags : byte
    {
        HeaderCrc = 0x02,
        Extra = 0x04,
        Name = 0x08,
        Comment = 0x10,
        Reserved = 0xE0,
    }

    /// <summary>Reads the member at the start of some bytes.</summary>
    /// <param name="data">The member, and what lies behind it.</param>
    /// <param name="maximumLength">Reading stops when it gives more.</param>
    public static DecodeResult Decode(byte[] data, int maximumLength)
    {
        if (ReadHeader(data, out int start) is { } failed)
            return failed;
        int exactFrom = Math.Max(start, data.Length - ExactTail);
        var result = Inflate(data, start, exactFrom, maximumLength, out int endsBehind);
        return endsBehind < 0 ? result : Inflate(data, start, endsBehind, maximumLength, out _);
    }

    /// <summary>Makes a member with the header the vendor's packager writes: no time, maximum compression, Unix.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> plain)
    {
        using var target = new MemoryStream();
        target.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3], 0, HeaderSize);
        if (plain.IsEmpty)
            target.Write([3, 0], 0, 2); // the platform writes nothing at all for nothing
        else
        {
            using var deflate = new DeflateStream(target, SmallestSize, leaveOpen: true);
            byte[] bytes = plain.ToArray();
            deflate.Write(bytes, 0, bytes.Length);
        }
        var trailer = new byte[TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.Compute(plain));
        BinaryPrimitives.WriteInt32LittleEndian(trailer.AsSpan(4), plain.Length);
        target.Write(trailer, 0, trailer.Length);
        return target.ToArray();
    }

#if NET8_0_OR_GREATER
    private static CompressionLevel SmallestSize => CompressionLevel.SmallestSize;
#else
    private static CompressionLevel SmallestSize => CompressionLevel.Optimal;
#endif

    private static DecodeResult? ReadHeader(byte[] data, out int start)
    {
        start = 0;
        var reader = new SpanReader(data);
        if (!reader.TryReadBytes(HeaderSize, out var header))
            return Cut("header");
        if (header[0] != 0x1F || header[1] != 0x8B || header[2] != 8)
            return Broken($"there is no gzip member");
        var flags = (Flags)header[3];
        if ((flags & Flags.Reserved) != 0)
            return Broken($"the gzip header has unknown flags 0x{header[3]:x2}");
        if ((flags & Flags.Extra) != 0 && !(reader.TryReadUInt16(out ushort length) && reader.TryReadBytes(length, out _)))
            return Cut("header");
        if ((flags & Flags.Name) != 0 && !TrySkipText(data, ref reader))
            return Cut("header");
        if ((flags & Flags.Comment) != 0 && !TrySkipText(data, ref reader))
            return Cut("header");
        if ((flags & Flags.HeaderCrc) != 0 && !reader.TryReadUInt16(out _))
            return Cut("header");
        start = reader.Position;
        return null;
    }

    private static bool TrySkipText(byte[] data, ref SpanReader reader)
    {
        int end = data.AsSpan(reader.Position).IndexOf((byte)0);
        return end >= 0 && reader.TrySeek(reader.Position + end + 1);
    }

    // endsBehind is -1, or where the chunk begins in which the deflate stream ended when that was before exactFrom: then read again.
    private static DecodeResult Inflate(byte[] data, int start, int exactFrom, int maximumLength, out int endsBehind)
    {
        endsBehind = -1;
        using var source = new TailedStream(data, start, exactFrom);
        using var output = new MemoryStream();
        try
        {
            using var inflate = new DeflateStream(source, CompressionMode.Decompress);
            var chunk = new byte[ChunkSize];
            for (int read = inflate.Read(chunk, 0, chunk.Length); read > 0; read = inflate.Read(chunk, 0, chunk.Length))
            {
                if (read > maximumLength - output.Length)
                {
                    return DecodeResult.Failed(
                        DecodeStatus.TooLong, output.Length, $"the gzip member gives more than 0x{maximumLength:x} bytes; stopped");
                }
                output.Write(chunk, 0, read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return Broken($"the deflate stream is damaged after 0x{output.Length:x} bytes", output.Length);
        }
        if (source.Position <= exactFrom && source.Position > source.LastRead && exactFrom > start)
            endsBehind = source.LastRead;
        return CheckTrailer(data, (int)source.Position, output.ToArray());
    }

    private static DecodeResult CheckTrailer(byte[] data, int end, byte[] output)
    {
        var reader = new SpanReader(data);
        if (!reader.TrySeek(end) || !reader.TryReadUInt32(out uint crc) || !reader.TryReadUInt32(out uint length))
            return Cut("member", output.Length);
        uint actual = Crc32.Compute(output);
        if (length != (uint)output.Length)
            return Broken($"the gzip trailer states 0x{length:x} bytes, 0x{output.Length:x} came out", output.Length);
        if (crc != actual)
            return Broken($"the gzip trailer states CRC 0x{crc:x8}, the data gives 0x{actual:x8}", output.Length);
        return DecodeResult.Complete(output, reader.Position);
    }

    private static DecodeResult Cut(string part, long produced = 0) =>
        DecodeResult.Failed(DecodeStatus.Truncated, produced, $"the gzip {part} is cut off");

    private static DecodeResult Broken(FormattableString problem, long produced = 0) =>
        DecodeResult.Failed(DecodeStatus.Broken, produced, problem);

    /// <summary>Reads from memory: in one piece up to a position, byte by byte behind it.</summary>
    private sealed class TailedStream(byte[] data, int start, int exactFrom) : Stream
    {
        private int _position = start;

        /// <summary>Where the last read began.</summary>
        public int LastRead { get; private set; } = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => data.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int available = _position < exactFrom ? exactFrom - _position : Math.Min(1, data.Length - _position);
            int read = Math.Min(count, available);
            Array.Copy(data, _position, buffer, offset, read);
            LastRead = _position;
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

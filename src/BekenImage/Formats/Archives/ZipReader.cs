using System.Buffers.Binary;
using System.IO.Compression;
using BekenImage.IO;

namespace BekenImage.Formats.Archives;

/// <summary>
/// Reads zip files by their central directory. The platform's reader checks no CRC and takes encrypted members for damaged ones; here each
/// is told apart. No number of the file is believed beyond its end or the budget. Source: FORMAT.md.
/// </summary>
internal static class ZipReader
{
    /// <summary>Names are cut here.</summary>
    public const int MaximumName = 200;

    private const int EndSize = 22;
    private const int MaximumComment = 0xFFFF;
    private const int CentralSize = 46;
    private const int LocalSize = 30;
    private const int Locator64Size = 20;
    private const int End64Size = 56;
    private const ushort Zip64Extra = 0x0001;
    private const ushort IsEncrypted = 0x0001;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;
    private const int ChunkSize = 64 * 1024;

    private static ReadOnlySpan<byte> EndMark => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> CentralMark => "PK\x01\x02"u8;

    private static ReadOnlySpan<byte> LocalMark => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> Locator64Mark => "PK\x06\x07"u8;

    private static ReadOnlySpan<byte> End64Mark => "PK\x06\x06"u8;

    /// <summary>Unpacks the files of a zip.</summary>
    /// <param name="file">The zip file.</param>
    /// <param name="budget">The most that may come out of all of them.</param>
    /// <param name="problem">Why the list is not whole; else null.</param>
    public static List<ArchiveMember> Read(ReadOnlyMemory<byte> file, int budget, out string? problem)
    {
        var members = new List<ArchiveMember>();
        if (FindDirectory(file.Span, out long count) is not { } start)
        {
            problem = "it has no directory at its end: it is cut off, or damaged";
            return members;
        }
        problem = null;
        long at = start;
        for (long number = 0; number < count; number++)
        {
            if (number == Archive.MaximumMembers)
            {
                problem = FormattableString.Invariant($"it has more than {Archive.MaximumMembers} members");
                break;
            }
            if (!TryReadEntry(file.Span, ref at, out var entry))
            {
                problem = FormattableString.Invariant($"its directory is damaged behind {number} members");
                break;
            }
            if (IsLeftOut(entry.Name))
                continue;
            var member = Open(file, entry, budget);
            budget -= member.Bytes.Length;
            members.Add(member);
        }
        return members;
    }

    // The end record is the last thing but for a comment, and the comment may hold its mark.
    private static long? FindDirectory(ReadOnlySpan<byte> file, out long count)
    {
        count = 0;
        int first = Math.Max(0, file.Length - EndSize - MaximumComment);
        for (int end = file.Length - EndSize; end >= first; end--)
        {
            if (!file.Slice(end).StartsWith(EndMark) || end + EndSize + UInt16(file, end + 20) > file.Length)
                continue;
            count = UInt16(file, end + 10);
            long start = UInt32(file, end + 16);
            if (UInt16(file, end + 4) != 0 && UInt16(file, end + 4) != 0xFFFF)
                return null;
            if ((count == 0xFFFF || start == 0xFFFFFFFF) && TryReadEnd64(file, end, out long count64, out long start64))
                (count, start) = (count64, start64);
            return start <= end ? start : null;
        }
        return null;
    }

    private static bool TryReadEnd64(ReadOnlySpan<byte> file, int end, out long count, out long start)
    {
        count = start = 0;
        int locator = end - Locator64Size;
        if (locator < 0 || !file.Slice(locator).StartsWith(Locator64Mark))
            return false;
        ulong record = UInt64(file, locator + 8);
        if (record > (ulong)(file.Length - End64Size) || file.Length < End64Size || !file.Slice((int)record).StartsWith(End64Mark))
            return false;
        ulong members = UInt64(file, (int)record + 32), directory = UInt64(file, (int)record + 48);
        if (members > int.MaxValue || directory > (ulong)file.Length)
            return false;
        (count, start) = ((long)members, (long)directory);
        return true;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> file, ref long at, out Entry entry)
    {
        entry = default;
        if (at < 0 || at > file.Length - CentralSize)
            return false;
        var record = file.Slice((int)at);
        int name = UInt16(record, 28), extra = UInt16(record, 30), comment = UInt16(record, 32);
        if (!record.StartsWith(CentralMark) || record.Length < CentralSize + name + extra + comment)
            return false;
        at += CentralSize + name + extra + comment;
        long packed = UInt32(record, 20), length = UInt32(record, 24), local = UInt32(record, 42);
        ReadZip64(record.Slice(CentralSize + name, extra), ref length, ref packed, ref local);
        string text = Utf8Text.FromNulTerminated(record.Slice(CentralSize, Math.Min(name, MaximumName)));
        bool isFolder = name > 0 && record[CentralSize + name - 1] == '/';
        entry = new Entry(isFolder ? string.Empty : text, UInt16(record, 8), UInt16(record, 10), UInt32(record, 16), packed, length, local);
        return true;
    }

    // Only the numbers that did not fit stand there, in this order.
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long local)
    {
        while (extra.Length >= 4)
        {
            int size = UInt16(extra, 2);
            if (extra.Length < 4 + size)
                return;
            if (UInt16(extra, 0) == Zip64Extra)
            {
                var numbers = extra.Slice(4, size);
                Take(ref numbers, ref length);
                Take(ref numbers, ref packed);
                Take(ref numbers, ref local);
                return;
            }
            extra = extra.Slice(4 + size);
        }

        static void Take(ref ReadOnlySpan<byte> numbers, ref long value)
        {
            if (value != 0xFFFFFFFF || numbers.Length < sizeof(ulong))
                return;
            value = (long)Math.Min(UInt64(numbers, 0), long.MaxValue);
            numbers = numbers.Slice(sizeof(ulong));
        }
    }

    private static ArchiveMember Open(ReadOnlyMemory<byte> file, Entry entry, int budget)
    {
        ArchiveMember Fail(string problem) => ArchiveMember.Unread(entry.Name, entry.Length, problem);

        if ((entry.Flags & IsEncrypted) != 0)
            return Fail("is encrypted with a password");
        if (entry.Method is not (Stored or Deflated))
            return Fail(FormattableString.Invariant($"is packed by method {entry.Method}, which is not read here"));
        if (entry.Length > budget)
            return Fail(FormattableString.Invariant($"has {entry.Length} bytes, and {budget} are what may still come out of an archive of this size"));
        if (entry.Local > file.Length - LocalSize || !file.Span.Slice((int)entry.Local).StartsWith(LocalMark))
            return Fail("is damaged: it does not begin where the directory says");
        var local = file.Span.Slice((int)entry.Local);
        long data = entry.Local + LocalSize + UInt16(local, 26) + UInt16(local, 28);
        if (data > file.Length || entry.Packed > file.Length - data)
            return Fail("is cut off");
        var packed = file.Slice((int)data, (int)entry.Packed);
        byte[]? bytes = entry.Method == Stored ? packed.ToArray() : Inflate(packed.ToArray(), (int)entry.Length);
        return bytes is not null && bytes.Length == entry.Length && Crc32.Compute(bytes) == entry.Crc
            ? ArchiveMember.Read(entry.Name, bytes)
            : Fail("is damaged: it does not give the length and the CRC the directory states");
    }

    private static byte[]? Inflate(byte[] packed, int length)
    {
        using var output = new MemoryStream();
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            var chunk = new byte[ChunkSize];
            for (int read; (read = inflate.Read(chunk, 0, chunk.Length)) > 0;)
            {
                if (read > length - output.Length)
                    return null;
                output.Write(chunk, 0, read);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
        return output.ToArray();
    }

    // Folders, and what operating systems add unasked.
    private static bool IsLeftOut(string name)
    {
        string file = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return file.Length == 0 || name.StartsWith("__MACOSX/", StringComparison.Ordinal) || file.StartsWith("._", StringComparison.Ordinal) ||
            file is ".DS_Store" or "Thumbs.db" or "desktop.ini";
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(at));

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at));

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(at));

    /// <summary>What the central directory says of a member; an empty name is that of a folder.</summary>
    private readonly struct Entry(string name, ushort flags, ushort method, uint crc, long packed, long length, long local)
    {
        public string Name { get; } = name;

        public ushort Flags { get; } = flags;

        public ushort Method { get; } = method;

        public uint Crc { get; } = crc;

        public long Packed { get; } = packed;

        public long Length { get; } = length;

        public long Local { get; } = local;
    }
}

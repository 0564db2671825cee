namespace BekenImage.Formats.Foreign;

/// <summary>Files of other tools that are no images, but may hold one: named, with what to do.</summary>
internal static class ForeignFormats
{
    private const string Unpack = "unpack it first";
    private const string Convert = "convert it to a binary file first, as GNU objcopy does";
    private const int TarMarkAt = 257;
    private const int LongestRecord = 2 * 256 + 16;

    /// <summary>What a file is and what to do with it: "a 7z archive; unpack it first"; null for every other file.</summary>
    public static string? Describe(ReadOnlySpan<byte> bytes) => NameOf(bytes, out string todo) is { } name ? $"{name}; {todo}" : null;

    /// <summary>What a file is: "a 7z archive"; null for every other file.</summary>
    public static string? NameOf(ReadOnlySpan<byte> bytes) => NameOf(bytes, out _);

    private static string? NameOf(ReadOnlySpan<byte> bytes, out string todo)
    {
        todo = Unpack;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
            return "a 7z archive";
        if (bytes.StartsWith("Rar!\x1A\x07"u8))
            return "a rar archive";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
            return "an xz file";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return "a zstd file";
        if (bytes.StartsWith("BZh"u8) && bytes.Length > 10 && bytes.Slice(4).StartsWith((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59]))
            return "a bzip2 file";
        if (bytes.Length > TarMarkAt + 5 && bytes.Slice(TarMarkAt).StartsWith("ustar"u8))
            return "a tar archive";
        todo = Convert;
        if (bytes.StartsWith("\u007FELF"u8))
            return "an ELF program";
        if (IsIntelHex(bytes))
            return "an Intel HEX file";
        return IsSRecord(bytes) ? "a Motorola S-record file" : null;
    }

    // ':' length address type data sum; all bytes give 0.
    private static bool IsIntelHex(ReadOnlySpan<byte> bytes) =>
        FirstRecord(bytes, 1) is { Length: >= 5 } record && WithoutMark(bytes)[0] == ':' && record.Length == record[0] + 5 &&
        Sum(record) == 0;

    // 'S' digit length address data sum; all bytes give 0xFF.
    private static bool IsSRecord(ReadOnlySpan<byte> bytes) =>
        FirstRecord(bytes, 2) is { Length: >= 4 } record && IsDataType(WithoutMark(bytes)) && record.Length == record[0] + 1 && Sum(record) == 0xFF;

    private static bool IsDataType(ReadOnlySpan<byte> text) => text[0] == 'S' && text[1] is >= (byte)'0' and <= (byte)'9';

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(ByteOrderMark) ? text.Slice(ByteOrderMark.Length) : text;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // The hexadecimal bytes of the first line behind its letters; null where it is none.
    private static byte[]? FirstRecord(ReadOnlySpan<byte> bytes, int letters)
    {
        bytes = WithoutMark(bytes);
        var line = bytes.Slice(0, Math.Min(bytes.Length, LongestRecord));
        int end = line.IndexOfAny((byte)'\r', (byte)'\n');
        line = end < 0 ? line : line.Slice(0, end);
        if (line.Length < letters || (line.Length - letters) % 2 != 0)
            return null;
        var record = new byte[(line.Length - letters) / 2];
        for (int i = 0; i < record.Length; i++)
        {
            int high = Digit(line[letters + 2 * i]), low = Digit(line[letters + 2 * i + 1]);
            if (high < 0 || low < 0)
                return null;
            record[i] = (byte)(high << 4 | low);
        }
        return record;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        _ => -1,
    };

    private static int Sum(byte[] record) => record.Sum(value => value) & 0xFF;
}

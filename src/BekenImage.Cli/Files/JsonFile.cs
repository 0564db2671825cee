using System.Text.Json;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Files;

/// <summary>Reads JSON inputs into plain values.</summary>
internal static class JsonFile
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>True when bytes begin as a JSON object does, which no binary format here does.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        bytes = WithoutMark(bytes).TrimStart(" \t\r\n"u8);
        return !bytes.IsEmpty && bytes[0] == (byte)'{';
    }

    /// <summary>The members of the object in a file.</summary>
    public static List<NamedValue> Read(string path)
    {
        using var bytes = InputFile.Read(path);
        return Parse(path, bytes.Span);
    }

    public static List<NamedValue> Parse(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(bytes).ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? PlainJson.ToMembers(document.RootElement)
                : throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is JSON, but no object in braces", path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not the parser's own words: they may repeat a password.
            string line = error is JsonException { LineNumber: { } number } ? FormattableString.Invariant($" (line {number + 1})") : string.Empty;
            throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it is no JSON that can be read" + line, path);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
}

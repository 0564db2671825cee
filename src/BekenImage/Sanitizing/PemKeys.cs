namespace BekenImage.Sanitizing;

/// <summary>
/// Private keys in PEM (RFC 7468, RFC 1421): what stands between BEGIN and END is base64, in text files with line ends, inside JSON and C
/// with escapes for them. A key without its END, which was cut off or overwritten, is as secret as far as it goes.
/// </summary>
internal static class PemKeys
{
    private const byte Filler = (byte)'0';

    /// <summary>The label before the words, such as <c>ENCRYPTED </c>, <c>RSA </c>, <c>OPENSSH </c>.</summary>
    private const int LongestLabel = 24;

    /// <summary>Of a key with 4096 bits it is 3,300 bytes.</summary>
    private const int LongestBody = 16 * 1024;

    /// <summary>Programs hold the words alone, to look for them.</summary>
    private const int ShortestBody = 16;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> Words => "PRIVATE KEY-----"u8;

    private static ReadOnlySpan<byte> End => "-----END "u8;

    /// <summary>The stretches between BEGIN and END that are not blank, by ascending start.</summary>
    public static List<FlashRange> Find(ReadOnlySpan<byte> bytes)
    {
        var found = new List<FlashRange>();
        int at = 0;
        while (at < bytes.Length && bytes.Slice(at).IndexOf(Words) is >= 0 and int next)
        {
            int words = at + next;
            int start = words + Words.Length;
            int label = Math.Max(0, words - LongestLabel - Begin.Length);
            at = start;
            if (bytes.Slice(label, words - label).IndexOf(Begin) < 0)
                continue;
            int end = start + BodyLength(bytes.Slice(start, Math.Min(LongestBody, bytes.Length - start)));
            if (end - start >= ShortestBody && !IsBlank(bytes.Slice(start, end - start)))
                found.Add(FlashRange.FromBounds(start, end));
            at = end;
        }
        return found;
    }

    /// <summary>Blanks every private key.</summary>
    /// <returns>True where there was one.</returns>
    public static bool Blank(Span<byte> bytes)
    {
        var found = Find(bytes);
        foreach (var range in found)
            BlankBody(bytes.Slice((int)range.Start, (int)range.Length));
        return found.Count > 0;
    }

    /// <summary>Overwrites letters and digits; line ends and the escapes that stand for them stay.</summary>
    public static void BlankBody(Span<byte> body)
    {
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\')
                i++;
            else if (IsOfKey(body[i]))
                body[i] = Filler;
        }
    }

    private static int BodyLength(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf(End);
        var body = end < 0 ? bytes : bytes.Slice(0, end);
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] is not (>= 0x20 and < 0x7F or (byte)'\r' or (byte)'\n' or (byte)'\t'))
                return i;
        }
        return body.Length;
    }

    private static bool IsBlank(ReadOnlySpan<byte> body)
    {
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\')
                i++;
            else if (IsOfKey(body[i]) && body[i] != Filler)
                return false;
        }
        return true;
    }

    private static bool IsOfKey(byte value) =>
        value is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or (byte)'+' or (byte)'/' or (byte)'=';
}

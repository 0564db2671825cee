namespace BekenImage.Formats.Tuya;

/// <summary>Gathers the secrets of an image, from what counts and from what is left lying, so that they can be looked for elsewhere.</summary>
internal sealed class TuyaSecretCollector
{
    /// <summary>Shorter ones would be found by chance in other data.</summary>
    private const int MinimumLength = 6;

    private const int CountLimit = 4096;

    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    public void AddFrom(TuyaStorage storage)
    {
        foreach (var value in storage.Values)
            AddFrom(value.Name, value.Data.Span);
        // Older copies and free pages: pieces of text. Page by page, because the next page need not go on with the same text.
        foreach (var block in storage.AllBlocks)
        {
            for (int page = 1; page < TuyaBlock.PageCount; page++)
                AddFrom(string.Empty, block.Page(page));
        }
    }

    public void AddFrom(TuyaProtectedBlock block)
    {
        foreach (var entry in block.Entries)
            AddFrom(entry.Name, entry.Data.Span);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> ToList() => _secrets.Values.Select(secret => new ReadOnlyMemory<byte>(secret)).ToList();

    private void AddFrom(string name, ReadOnlySpan<byte> data)
    {
        if (TuyaSecrets.Classify(name) == TuyaSecrecy.Whole)
        {
            Add(data.Slice(0, TuyaText.LengthWithoutNuls(data)));
            return;
        }
        foreach (var range in TuyaSecretText.Find(data))
        {
            var secret = data.Slice(range.Start, range.Length);
            Add(secret);
            if (secret.IndexOf((byte)'\\') >= 0)
                Add(WithoutEscapes(secret));
            // gw_wsm keeps name and password in base64; elsewhere, as in the fast-connect record, they are plain.
            if (TryDecodeBase64(secret) is { } decoded)
                Add(decoded);
        }
    }

    private void Add(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumLength || _secrets.Count >= CountLimit || IsOneByteOnly(secret))
            return;
        _secrets[IO.Text.FromLatin1(secret)] = secret.ToArray();
    }

    /// <summary>Blanked already, or nothing that could be told from other data.</summary>
    private static bool IsOneByteOnly(ReadOnlySpan<byte> secret)
    {
        foreach (byte value in secret)
        {
            if (value != secret[0])
                return false;
        }
        return true;
    }

    private static byte[] WithoutEscapes(ReadOnlySpan<byte> secret)
    {
        var plain = new List<byte>(secret.Length);
        for (int i = 0; i < secret.Length; i++)
        {
            if (secret[i] == '\\' && i + 1 < secret.Length)
                i++;
            plain.Add(secret[i]);
        }
        return [.. plain];
    }

    private static byte[]? TryDecodeBase64(ReadOnlySpan<byte> secret)
    {
        if (secret.Length % 4 != 0)
            return null;
        foreach (byte value in secret)
        {
            bool isBase64 = value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or
                (byte)'+' or (byte)'/' or (byte)'=';
            if (!isBase64)
                return null;
        }
        try
        {
            byte[] decoded = Convert.FromBase64String(IO.Text.FromLatin1(secret));
            return TuyaText.Decode(decoded) is null ? null : decoded;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

namespace BekenImage.Sanitizing;

/// <summary>Secrets as byte strings, and their removal from any bytes: as many zeros take their place.</summary>
internal sealed class SecretPatterns
{
    /// <summary>Shorter ones would be found by chance in other data.</summary>
    private const int Shortest = 6;

    private const byte Blank = (byte)'0';

    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);
    private readonly bool[] _begins = new bool[0x10000];
    private Dictionary<int, byte[][]>? _byPrefix;

    public void Add(string text)
    {
        Add(System.Text.Encoding.UTF8.GetBytes(text));
        Add(text.Select(character => (byte)(character & 0xFF)).ToArray());
    }

    public void Add(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < Shortest || IO.ByteRuns.IsAll(secret, secret[0]))
            return;
        _secrets[IO.Text.FromLatin1(secret)] = secret.ToArray();
        _begins[Prefix(secret, 0)] = true;
        _byPrefix = null;
    }

    /// <summary>Blanks every secret. One pass: the first two bytes tell whether any may begin there.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="range">Where to look; a secret lies wholly in it.</param>
    /// <returns>What was blanked.</returns>
    public List<FlashRange> BlankIn(byte[] bytes, FlashRange range)
    {
        _byPrefix ??= _secrets.Values.GroupBy(secret => Prefix(secret, 0))
            .ToDictionary(group => group.Key, group => group.OrderByDescending(secret => secret.Length).ToArray());
        var blanked = new List<FlashRange>();
        for (int at = (int)range.Start; at + Shortest <= range.End; at++)
        {
            int prefix = Prefix(bytes, at);
            if (!_begins[prefix])
                continue;
            var rest = bytes.AsSpan(at, (int)range.End - at);
            foreach (byte[] secret in _byPrefix[prefix])
            {
                if (!rest.StartsWith(secret))
                    continue;
                rest.Slice(0, secret.Length).Fill(Blank);
                blanked.Add(new FlashRange(at, secret.Length));
                at += secret.Length - 1;
                break;
            }
        }
        return blanked;
    }

    private static int Prefix(ReadOnlySpan<byte> bytes, int at) => bytes[at] | bytes[at + 1] << 8;
}

namespace BekenImage.Sanitizing;

/// <summary>Secrets as byte strings, and their removal from any bytes: as many zeros take their place.</summary>
internal sealed class SecretPatterns
{
    /// <summary>Shorter ones would be found by chance in other data.</summary>
    private const int Shortest = 6;

    private const byte Blank = (byte)'0';

    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);
    private SecretAutomaton? _automaton;

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
        _automaton = null;
    }

    /// <summary>Blanks every secret: of those that begin at one place the longest, and none within another.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="range">Where to look; a secret lies wholly in it.</param>
    /// <returns>What was blanked, by ascending start.</returns>
    public List<FlashRange> BlankIn(byte[] bytes, FlashRange range)
    {
        if (_secrets.Count == 0)
            return [];
        _automaton ??= new SecretAutomaton(_secrets.Values);
        var blanked = new List<FlashRange>();
        long free = range.Start;
        foreach (var found in _automaton.Find(bytes.AsSpan((int)range.Start, (int)range.Length)))
        {
            long at = range.Start + found.Start;
            if (at < free)
                continue;
            bytes.AsSpan((int)at, (int)found.Length).Fill(Blank);
            blanked.Add(new FlashRange(at, found.Length));
            free = at + found.Length;
        }
        return blanked;
    }
}

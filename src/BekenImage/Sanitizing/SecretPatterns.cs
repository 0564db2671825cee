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

    /// <summary>Every secret: of those that begin at one place the longest, and none within another.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="range">Where to look; a secret lies wholly in it.</param>
    /// <returns>Where they are, by ascending start.</returns>
    public List<FlashRange> FindIn(ReadOnlySpan<byte> bytes, FlashRange range)
    {
        var places = new List<FlashRange>();
        if (_secrets.Count == 0)
            return places;
        _automaton ??= new SecretAutomaton(_secrets.Values);
        long free = range.Start;
        foreach (var found in _automaton.Find(bytes.Slice((int)range.Start, (int)range.Length)))
        {
            long at = range.Start + found.Start;
            if (at < free)
                continue;
            places.Add(new FlashRange(at, found.Length));
            free = at + found.Length;
        }
        return places;
    }

    /// <summary>Blanks every secret <see cref="FindIn"/> finds.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="range">Where to look; a secret lies wholly in it.</param>
    /// <returns>What was blanked, by ascending start.</returns>
    public List<FlashRange> BlankIn(byte[] bytes, FlashRange range)
    {
        var places = FindIn(bytes, range);
        foreach (var place in places)
            bytes.AsSpan((int)place.Start, (int)place.Length).Fill(Blank);
        return places;
    }
}

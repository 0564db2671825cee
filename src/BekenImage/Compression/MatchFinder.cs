namespace BekenImage.Compression;

/// <summary>An earlier stretch of a piece that repeats here.</summary>
internal readonly struct RepeatMatch(int offset, int length, int gain)
{
    /// <summary>How far back it begins.</summary>
    public int Offset { get; } = offset;

    public int Length { get; } = length;

    /// <summary>What it saves against literals, in the unit of the cost function; 0 or less: no match.</summary>
    public int Gain { get; } = gain;
}

/// <summary>What a match saves against literals.</summary>
internal delegate int MatchGain(int offset, int length);

/// <summary>Finds repeats inside one piece of up to 4096 bytes, through chains of positions that begin with the same three bytes.</summary>
internal sealed class MatchFinder(MatchGain gain, int minimumOffset, int maximumLength)
{
    public const int MinimumLength = 3;

    private const int HashBits = 12;
    private const int LongestChain = 96;
    private const int None = -1;

    private readonly int[] _last = new int[1 << HashBits];
    private readonly int[] _previous = new int[PieceFraming.PieceSize];
    private int _inserted;

    /// <summary>Forgets the previous piece.</summary>
    public void Reset()
    {
        _last.AsSpan().Fill(None);
        _inserted = 0;
    }

    /// <summary>The match at a position that saves most. Positions must not go back.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="at">The position.</param>
    /// <param name="end">No match reaches beyond this.</param>
    public RepeatMatch Find(ReadOnlySpan<byte> piece, int at, int end)
    {
        var best = default(RepeatMatch);
        int longest = Math.Min(end - at, maximumLength);
        if (longest < MinimumLength || piece.Length - at < MinimumLength)
            return best;
        for (; _inserted < at; _inserted++)
            Insert(piece, _inserted);
        int candidate = _last[Hash(piece, at)];
        for (int steps = 0; candidate != None && steps < LongestChain; steps++, candidate = _previous[candidate])
        {
            int length = at - candidate < minimumOffset ? 0 : CommonLength(piece, candidate, at, longest);
            if (length < MinimumLength || length < best.Length)
                continue;
            var match = new RepeatMatch(at - candidate, length, gain(at - candidate, length));
            if (match.Gain > best.Gain)
                best = match;
            if (length == longest)
                break;
        }
        return best;
    }

    private void Insert(ReadOnlySpan<byte> piece, int at)
    {
        if (piece.Length - at < MinimumLength)
            return;
        int hash = Hash(piece, at);
        _previous[at] = _last[hash];
        _last[hash] = at;
    }

    private static int CommonLength(ReadOnlySpan<byte> piece, int earlier, int at, int longest)
    {
        int length = 0;
        while (length < longest && piece[earlier + length] == piece[at + length])
            length++;
        return length;
    }

    // Any spread of three bytes does; the multiplier is 2^32 divided by the golden ratio.
    private static int Hash(ReadOnlySpan<byte> piece, int at) =>
        (int)(unchecked((uint)(piece[at] | piece[at + 1] << 8 | piece[at + 2] << 16) * 0x9E3779B1) >> 32 - HashBits);
}

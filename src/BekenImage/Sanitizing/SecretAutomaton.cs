namespace BekenImage.Sanitizing;

/// <summary>
/// Finds many byte strings in one pass, however many of them begin alike: an automaton after Aho and Corasick. It is built of the strings
/// reversed and walks from the end, so that at each place it stands on the longest that begins there.
/// </summary>
internal sealed class SecretAutomaton
{
    private readonly Dictionary<long, int> _edges = [];
    private readonly int[] _fromRoot = new int[256];
    private readonly List<int> _fail = [0];
    private readonly List<int> _longest = [0];

    /// <param name="strings">None of them empty.</param>
    public SecretAutomaton(IEnumerable<byte[]> strings)
    {
        var levels = new List<List<(int Node, int Parent, byte Next)>>();
        foreach (byte[] text in strings)
            Insert(text, levels);
        foreach (var (node, parent, next) in levels.SelectMany(level => level))
        {
            int fail = parent == 0 ? 0 : Step(_fail[parent], next);
            _fail[node] = fail;
            // Its own length wins: what ends in it is shorter.
            if (_longest[node] == 0)
                _longest[node] = _longest[fail];
        }
    }

    /// <summary>The longest string at each place where one begins, by ascending start.</summary>
    public IEnumerable<FlashRange> Find(ReadOnlySpan<byte> bytes)
    {
        var found = new List<FlashRange>();
        int node = 0;
        for (int at = bytes.Length - 1; at >= 0; at--)
        {
            node = Step(node, bytes[at]);
            if (node != 0 && _longest[node] is > 0 and int length)
                found.Add(new FlashRange(at, length));
        }
        found.Reverse();
        return found;
    }

    private void Insert(byte[] text, List<List<(int Node, int Parent, byte Next)>> levels)
    {
        int node = 0;
        for (int depth = 0; depth < text.Length; depth++)
        {
            byte next = text[text.Length - 1 - depth];
            int child = Child(node, next);
            if (child == 0)
            {
                child = _fail.Count;
                _fail.Add(0);
                _longest.Add(0);
                if (node == 0)
                    _fromRoot[next] = child;
                else
                    _edges.Add(Edge(node, next), child);
                if (levels.Count == depth)
                    levels.Add([]);
                levels[depth].Add((child, node, next));
            }
            node = child;
        }
        _longest[node] = text.Length;
    }

    private int Step(int node, byte next)
    {
        for (; ; node = _fail[node])
        {
            int child = Child(node, next);
            if (child != 0 || node == 0)
                return child;
        }
    }

    private int Child(int node, byte next) => node == 0 ? _fromRoot[next] : _edges.TryGetValue(Edge(node, next), out int child) ? child : 0;

    private static long Edge(int node, byte next) => (long)node << 8 | next;
}

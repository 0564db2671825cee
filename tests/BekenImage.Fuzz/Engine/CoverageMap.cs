using SharpFuzz.Common;

namespace BekenImage.Fuzz.Engine;

/// <summary>
/// What an instrumented assembly counts: a byte for each pair of places that followed each other. In one that is not instrumented nothing is
/// counted, and every input looks alike.
/// </summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    private static readonly byte[] Counts = GC.AllocateArray<byte>(Size, pinned: true);

    private readonly byte[] _seen = new byte[Size];

    /// <summary>Places of the map that were hit by any input.</summary>
    public int Edges { get; private set; }

    public void Begin()
    {
        Array.Clear(Counts);
        Trace.PrevLocation = 0;
    }

    /// <summary>True when the run since <see cref="Begin"/> took a way, or took it a number of times, that none had before.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(Counts.AsSpan());
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
                continue;
            for (int at = word * 8; at < word * 8 + 8; at++)
            {
                byte bucket = Bucket(Counts[at]);
                if ((_seen[at] | bucket) == _seen[at])
                    continue;
                Edges += _seen[at] == 0 ? 1 : 0;
                _seen[at] |= bucket;
                isNew = true;
            }
        }
        return isNew;
    }

    // Instrumented code writes to the map from its first line on, that of the lists of targets included.
    [System.Runtime.CompilerServices.ModuleInitializer]
    public static void Install()
    {
        fixed (byte* counts = Counts)
            Trace.SharedMem = counts;
    }

    // One, two, three, four to seven...: more of the same is nothing new.
    private static byte Bucket(byte count) => count switch
    {
        0 => 0, 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128,
    };
}

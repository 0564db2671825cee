using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>A table, record or header that lies in an image of its own.</summary>
internal sealed class FoundContent<T>(T value, long offset, ReadOnlyMemory<byte> bytes)
    where T : class
{
    public T Value { get; } = value;

    public long Offset { get; } = offset;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;
}

/// <summary>
/// Finds what belongs together: at the same place; else of the same content, which was moved; else in their order. What differs nowhere is
/// left out.
/// </summary>
internal static class ContentMatch
{
    // Each is held against all others.
    private const int MostMoved = 256;

    public static void Compare<T>(
        ComparedSide a, ComparedSide b, DifferenceList list, DifferenceArea area, string? name,
        IEnumerable<FoundContent<T>> inA, IEnumerable<FoundContent<T>> inB, Func<T, string?> describe, Action<FoundContent<T>, FoundContent<T>> compare)
        where T : class
    {
        var restA = new List<FoundContent<T>>();
        var restB = inB.ToList();
        var taken = new HashSet<FoundContent<T>>();
        var byPlace = restB.GroupBy(other => b.Place(other.Offset)).ToDictionary(group => group.Key, group => group.First());
        foreach (var found in inA)
        {
            if (byPlace.TryGetValue(a.Place(found.Offset), out var there) && taken.Add(there))
                Pair(found, there, isMoved: false);
            else if (a.Owners.Find(area, found.Offset) is null or { Differs: true })
                restA.Add(found);
        }
        restB.RemoveAll(found => taken.Contains(found) || b.Owners.Find(area, found.Offset) is { Differs: false });
        foreach (var found in restA.Take(MostMoved).ToArray())
        {
            if (restB.Take(MostMoved).FirstOrDefault(other => other.Bytes.Span.SequenceEqual(found.Bytes.Span)) is not { } moved)
                continue;
            Pair(found, moved, isMoved: true);
            restA.Remove(found);
            restB.Remove(moved);
        }
        int both = Math.Min(restA.Count, restB.Count);
        for (int i = 0; i < both; i++)
            Pair(restA[i], restB[i], isMoved: true);
        foreach (var gone in restA.Skip(both))
        {
            list.Add(area, DifferenceKind.Removed, name, describe(gone.Value), null, gone.Offset, null, gone.Bytes.Length);
            Explain(a, gone);
        }
        foreach (var added in restB.Skip(both))
        {
            list.Add(area, DifferenceKind.Added, name, null, describe(added.Value), null, added.Offset, added.Bytes.Length);
            Explain(b, added);
        }

        void Pair(FoundContent<T> first, FoundContent<T> second, bool isMoved)
        {
            bool differs = isMoved || a.Owners.Find(area, first.Offset) is { Differs: true } || b.Owners.Find(area, second.Offset) is { Differs: true };
            if (!differs)
                return;
            int before = list.Count;
            if (isMoved)
                list.Add(area, DifferenceKind.Moved, name, null, null, first.Offset, second.Offset, second.Bytes.Length);
            if (!first.Bytes.Span.SequenceEqual(second.Bytes.Span))
                compare(first, second);
            if (list.Count == before)
                return;
            Explain(a, first);
            Explain(b, second);
        }

        void Explain(ComparedSide side, FoundContent<T> found)
        {
            if (side.Owners.Find(area, found.Offset) is { } owner)
                owner.IsExplained = true;
        }
    }
}

/// <summary>What a value shows that is told by length and hash.</summary>
internal static class ShownContent
{
    public static string Of(ReadOnlyMemory<byte> bytes) =>
        FormattableString.Invariant($"{Counted.Of(bytes.Length, "byte")}, SHA-256 {Sha256Text.Of(bytes.Span).Substring(0, 16)}...");
}

namespace BekenImage.Comparing;

/// <summary>A value or file of an area, by its name.</summary>
internal sealed class NamedContent(string name, ReadOnlyMemory<byte> bytes, string shown, long? offset)
{
    /// <summary>How long it is; where not said, all that is compared.</summary>
    public long Length { get; init; } = bytes.Length;

    public string Name { get; } = name;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>What is shown of it.</summary>
    public string Shown { get; } = shown;

    public long? Offset { get; } = offset;
}

/// <summary>Compares values by their names. The n-th of a name belongs to the n-th.</summary>
internal static class NamedContents
{
    public static void Compare(DifferenceArea area, IReadOnlyList<NamedContent> first, IReadOnlyList<NamedContent> second, DifferenceList list)
    {
        var rest = second.GroupBy(content => content.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<NamedContent>(group), StringComparer.Ordinal);
        foreach (var content in first)
        {
            if (!rest.TryGetValue(content.Name, out var others) || others.Count == 0)
            {
                list.Add(area, DifferenceKind.Removed, content.Name, content.Shown, null, content.Offset, null, content.Length);
                continue;
            }
            var other = others.Dequeue();
            if (!content.Bytes.Span.SequenceEqual(other.Bytes.Span))
                list.Add(area, DifferenceKind.Changed, content.Name, content.Shown, other.Shown, content.Offset, other.Offset, other.Length);
        }
        foreach (var content in second.Where(content => rest[content.Name] is { Count: > 0 } left && left.Contains(content)))
            list.Add(area, DifferenceKind.Added, content.Name, null, content.Shown, null, content.Offset, content.Length);
    }
}

namespace BekenImage.Architecture;

/// <summary>Looks for ways back.</summary>
internal static class Circles
{
    /// <summary>A circle for each place that lies on one and is on no circle told before; the first place is repeated at the end.</summary>
    public static IReadOnlyList<IReadOnlyList<Place>> Find(IReadOnlyList<(Place From, Place To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var told = new HashSet<Place>();
        var circles = new List<IReadOnlyList<Place>>();
        foreach (var start in arrows.Select(arrow => arrow.From).Distinct())
        {
            if (told.Contains(start) || WayBack(start, next) is not { } circle)
                continue;
            told.UnionWith(circle);
            circles.Add(circle);
        }
        return circles;
    }

    // The shortest one: breadth first.
    private static List<Place>? WayBack(Place start, ILookup<Place, Place> next)
    {
        var cameFrom = new Dictionary<Place, Place>();
        var open = new Queue<Place>([start]);
        while (open.TryDequeue(out var place))
        {
            foreach (var to in next[place])
            {
                if (to == start)
                {
                    var way = new List<Place> { start };
                    for (var step = place; step != start; step = cameFrom[step])
                        way.Add(step);
                    way.Add(start);
                    way.Reverse();
                    return way;
                }
                if (cameFrom.TryAdd(to, place))
                    open.Enqueue(to);
            }
        }
        return null;
    }
}

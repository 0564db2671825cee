using System.Text;

namespace BekenImage.Architecture;

/// <summary>docs/architecture.md: the picture between its markers is made here, the rest is written by hand.</summary>
internal static class ArchitecturePage
{
    public const string Path = "docs/architecture.md";

    private const string Start = "<!-- made by: dotnet run --project eng/Architecture -- --write -->";
    private const string End = "<!-- end -->";

    /// <summary>The page with the picture of this house in it.</summary>
    /// <exception cref="InvalidDataException">The page has no place for it.</exception>
    public static string Render(string page, House house)
    {
        int start = page.IndexOf(Start, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new InvalidDataException($"{Path} has no picture: the lines `{Start}` and `{End}` mark where it goes.");
        return page[..start] + Start + "\n\n" + Picture(house) + "\n" + Table(house) + "\n" + page[end..];
    }

    // A picture of every arrow would be a black square. Left out is what follows: a -> c where a -> b -> c is drawn.
    private static string Picture(House house)
    {
        var rooms = house.Arrows.Where(arrow => arrow.From.Assembly == Rooms.Library && arrow.To.Assembly == Rooms.Library)
            .Select(arrow => (From: Outer(arrow.From.Room), To: Outer(arrow.To.Room)));
        var assemblies = house.Arrows.Select(arrow => (From: arrow.From.Assembly, To: arrow.To.Assembly));

        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (string assembly in Present(house).Reverse())
        {
            if (assembly != Rooms.Library)
            {
                text.Append($"    {Id(assembly)}[\"{assembly}\"]\n");
                continue;
            }
            text.Append($"    subgraph {Id(assembly)}[\"{assembly}\"]\n");
            foreach (string room in Rooms.InOrder.Reverse())
                text.Append($"        {room}\n");
            foreach (var (from, to) in Direct(rooms, Rooms.InOrder))
                text.Append($"        {from} --> {to}\n");
            text.Append("    end\n");
        }
        foreach (var (from, to) in Direct(assemblies, Rooms.Assemblies))
            text.Append($"    {Id(from)} --> {Id(to)}\n");
        return text.Append("```\n").ToString();
    }

    private static string Table(House house)
    {
        var text = new StringBuilder("| room | uses |\n| --- | --- |\n");
        var rooms = house.Arrows.Where(arrow => arrow.From.Assembly == Rooms.Library)
            .ToLookup(arrow => Outer(arrow.From.Room), arrow => arrow.To);
        foreach (string room in Rooms.InOrder.Reverse())
        {
            var used = rooms[room].Select(to => to.Assembly == Rooms.Library ? Outer(to.Room) : to.Assembly)
                .Where(other => other != room)
                .Distinct()
                .OrderByDescending(other => Rooms.Level(other));
            text.Append($"| {room} | {OrNothing(used)} |\n");
        }
        foreach (string assembly in Present(house).Reverse().Where(name => name != Rooms.Library))
        {
            var used = house.Arrows.Where(arrow => arrow.From.Assembly == assembly && arrow.To.Assembly != assembly)
                .Select(arrow => arrow.To.Assembly)
                .Distinct()
                .OrderByDescending(other => Rooms.Assemblies.ToList().IndexOf(other));
            text.Append($"| {assembly} | {OrNothing(used)} |\n");
        }
        var formats = house.Arrows.Where(arrow => IsFormat(arrow.From) && IsFormat(arrow.To))
            .Select(arrow => $"{Rooms.Short(arrow.From.Room)} uses {Rooms.Short(arrow.To.Room)}")
            .Order(StringComparer.Ordinal);
        return text.Append($"\nBetween formats: {OrNothing(formats)}.\n").ToString();
    }

    private static string OrNothing(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("nothing"));

    private static bool IsFormat(Place place) => place.Room.StartsWith(Rooms.Formats + "/", StringComparison.Ordinal);

    private static string Outer(string room) => room.Split('/')[0];

    private static string Id(string assembly) => assembly.Replace(".", string.Empty, StringComparison.Ordinal);

    private static IEnumerable<string> Present(House house) =>
        Rooms.Assemblies.Where(assembly => house.Projects.Any(project => project.Name == assembly));

    // The arrows down that no longer way replaces, in the order of the rooms, from above.
    private static IEnumerable<(string From, string To)> Direct(IEnumerable<(string From, string To)> arrows, IReadOnlyList<string> order)
    {
        var all = arrows.Distinct().ToList();
        var reach = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string name in order)
        {
            reach[name] = new HashSet<string>(StringComparer.Ordinal) { name };
            foreach (var (_, to) in all.Where(arrow => arrow.From == name && reach.ContainsKey(arrow.To)))
                reach[name].UnionWith(reach[to]);
        }
        foreach (string from in order.Reverse())
        {
            var used = order.Reverse().Where(to => to != from && all.Contains((from, to))).ToList();
            foreach (string to in used.Where(to => !used.Any(between => between != to && reach[between].Contains(to))))
                yield return (from, to);
        }
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace BekenImage.Fuzz.Engine;

/// <summary>Asks a model for all it says: every public property, every item of its lists, its text. None may throw.</summary>
internal static class Walk
{
    private const int Items = 64, Depth = 5;

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    public static void Everything(object? model) => Visit(model, 0);

    private static void Visit(object? value, int depth)
    {
        switch (value)
        {
            case null or string or ValueType and (IConvertible or TimeSpan):
                return;
            case ReadOnlyMemory<byte> memory:
                if (!memory.IsEmpty)
                    _ = memory.Span[0] + memory.Span[^1];
                return;
            case IEnumerable list:
                int left = Items;
                foreach (object? item in list)
                {
                    if (left-- == 0)
                        return;
                    Visit(item, depth + 1);
                }
                return;
        }
        var type = value.GetType();
        if (depth > Depth || type.Namespace?.StartsWith("BekenImage", StringComparison.Ordinal) != true)
            return;
        _ = value.ToString();
        foreach (var property in Known.GetOrAdd(type, Readable))
            Visit(property.GetValue(value, BindingFlags.DoNotWrapExceptions, null, null, null), depth + 1);
    }

    private static PropertyInfo[] Readable(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];
}

using System.Collections;
using System.Globalization;

namespace BekenImage.Comparing;

/// <summary>Plain values, taken apart and as text.</summary>
internal static class PlainText
{
    /// <summary>A map or list as its members, <c>pins.6</c>; every other value as itself.</summary>
    public static IEnumerable<NamedValue> Parts(string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string or bool or IFormattable:
                yield return new NamedValue(name, value);
                break;
            case IEnumerable<NamedValue> map:
                foreach (var part in map)
                    yield return new NamedValue(name + "." + part.Name, part.Value);
                break;
            case IEnumerable items:
                int index = 0;
                foreach (object? item in items)
                    yield return new NamedValue(FormattableString.Invariant($"{name}.{index++}"), item);
                break;
        }
    }

    public static string Of(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<NamedValue> map => string.Join(", ", map.Select(part => part.Name + " " + Of(part.Value))),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Of)),
        _ => string.Empty,
    };
}

using System.Collections;
using System.Globalization;

namespace BekenImage.Cli.Output;

/// <summary>Plain values of the library for people, on one line.</summary>
internal static class PlainText
{
    public static string Of(object? value) => value switch
    {
        string text => text,
        IEnumerable<NamedValue> map => string.Join(", ", map.Select(entry => $"{entry.Name}={Of(entry.Value)}")),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}

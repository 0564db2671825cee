using System.Globalization;

namespace BekenImage.Cli.Output;

/// <summary>A number and what it counts: <c>1 item</c>, <c>2 items</c>.</summary>
internal static class Plural
{
    public static string Of(long count, string one) => Of(count, one, one + "s");

    public static string Of(long count, string one, string many) => count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);
}

using System.Globalization;

namespace BekenImage.IO;

/// <summary>Numbers with what they count, in messages.</summary>
internal static class Counted
{
    /// <summary><c>1 page</c>, <c>2 pages</c>.</summary>
    public static string Of(long count, string one) => count.ToString(CultureInfo.InvariantCulture) + " " + one + (count == 1 ? string.Empty : "s");

    /// <summary><c>has</c> for one, <c>have</c> for more.</summary>
    public static string Have(long count) => count == 1 ? "has" : "have";

    /// <summary><c>is</c> for one, <c>are</c> for more.</summary>
    public static string Are(long count) => count == 1 ? "is" : "are";
}

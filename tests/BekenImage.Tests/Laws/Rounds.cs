using System.Globalization;

namespace BekenImage.Tests.Laws;

/// <summary>How often a property is tried: seldom in the usual run; <c>BEKENIMAGE_PROPERTY_ROUNDS</c> says how many times as often.</summary>
internal static class Rounds
{
    private static readonly int Times =
        int.TryParse(Environment.GetEnvironmentVariable("BEKENIMAGE_PROPERTY_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? Math.Max(1, times) : 1;

    public static int Of(int usual) => usual * Times;
}

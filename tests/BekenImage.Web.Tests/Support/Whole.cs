namespace BekenImage.Web.Tests.Support;

/// <summary>
/// A browser that starts the library takes seconds for every test, and the time of a test run is bounded: the main flow and what guards it
/// run always, the rest with <c>BEKENIMAGE_WHOLE=1</c>.
/// </summary>
internal static class Whole
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("BEKENIMAGE_WHOLE") is { Length: > 0 };

    public static void Require() => Assert.SkipWhen(!IsAsked, "Takes a browser of its own (set BEKENIMAGE_WHOLE=1).");
}

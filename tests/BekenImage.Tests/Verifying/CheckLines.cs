namespace BekenImage.Tests.Verifying;

/// <summary>Checks as lines, so that a test can write down all of an answer at once: name, status, code, offset.</summary>
internal static class CheckLines
{
    public static string Line(VerifyCheck check) => string.Join(" ", new object?[]
    {
        check.Name, check.Status, check.Code, check.Offset is { } at ? FormattableString.Invariant($"@{at:x}") : null,
    }.Where(part => part is not null));

    public static string[] Lines(IEnumerable<VerifyCheck> checks) => [.. checks.Select(Line)];

    public static VerifyCheck Named(VerifyResult result, string name) => Assert.Single(result.Checks, check => check.Name == name);

    /// <summary>Holds one check against its line, and its words against a part of them.</summary>
    public static void Says(VerifyResult result, string line, string words)
    {
        var check = Named(result, line.Split(' ')[0]);
        Assert.Equal(line, Line(check));
        Assert.Contains(words, check.Message, StringComparison.Ordinal);
    }
}

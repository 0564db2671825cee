using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>A verb for many images says of each what it says of it alone, in their order, whichever is done first.</summary>
public class EachInputTests
{
    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect --json")]
    [InlineData("inspect --summary")]
    [InlineData("verify")]
    [InlineData("verify --json")]
    [InlineData("key recover")]
    [InlineData("key recover --json")]
    public void Answers_OfMany_AreThoseOfEach_InTheirOrder(string verb)
    {
        using var folder = new TestFolder();
        Tool.Run("demo", "-o", folder["demo"]);
        string factory = Path.Combine(folder["demo"], "factory.bin"), firmware = Path.Combine(folder["demo"], "firmware.bin");
        File.WriteAllBytes(folder["short.bin"], [1, 2, 3]);
        File.WriteAllBytes(folder["empty.bin"], []);
        string[] files = [factory, folder["missing.bin"], firmware, folder["short.bin"], factory, folder["empty.bin"], Path.Combine(folder["demo"], "combined.bin"), firmware];
        string[] words = verb.Split(' ');

        var many = Tool.Run([.. words, .. files]);
        var each = files.Select(file => Tool.Run([.. words, file])).ToArray();

        Assert.Equal(each.Max(one => one.ExitCode), many.ExitCode);
        Assert.Equal(string.Concat(each.Select(one => one.Error)), many.Error);
        var answers = each.Select(one => words.Contains("--json") ? OnOneLine(one.Output) : one.Output);
        Assert.Equal(string.Concat(answers), many.Output);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("verify")]
    [InlineData("key recover")]
    [InlineData("report")]
    public void StandardInput_Twice_IsWrongUsage(string verb)
    {
        var result = Tool.Run([.. verb.Split(' '), "-", "-"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("only one input can come from standard input", result.Error, StringComparison.Ordinal);
    }

    // With several inputs each document is a line.
    private static string OnOneLine(string document) =>
        System.Text.Json.Nodes.JsonNode.Parse(document)!.ToJsonString(Relaxed) + "\n";

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

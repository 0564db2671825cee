using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A22: errors carry offsets, names and codes, never what a file holds or a user typed in secret.</summary>
[Trait("Attack", "A22")]
public sealed class ErrorTextTests
{
    private const string Secret = "geheim-0815";

    [Fact]
    public void Bug_IsSaidByItsKindAlone()
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = Application.Guarded(new Terminal(output, error, isInteractive: false), "inspect", isJson: true, () => throw new InvalidOperationException(Secret));
        Assert.Equal(ExitCodes.Bug, exitCode);
        Assert.DoesNotContain(Secret, output.ToString() + error, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Documents with a password in them that are broken behind it, in front of it, or in it.</summary>
    [Theory]
    [InlineData("{\"wifiPass\":\"geheim-0815\",")]
    [InlineData("{\"wifiPass\":\"geheim-0815\"} geheim-0815")]
    [InlineData("{\"wifiPass\":geheim-0815}")]
    [InlineData("{\"wifiPass\":{\"geheim-0815\":1}}")]
    [InlineData("{\"wifiPass\":[\"geheim-0815\"]}")]
    [InlineData("{\"wifiPass\":\"geheim-0815\",\"wifiPort\":\"geheim-0815\"}")]
    [InlineData("[\"geheim-0815\"]")]
    [InlineData("geheim-0815")]
    [InlineData("{\"part_table\":[{\"name\":\"geheim-0815\",\"len\":\"geheim-0815\"}]}")]
    [InlineData("{\"schema\":1,\"values\":[{\"name\":\"gw_bi\",\"text\":\"geheim-0815\",\"hex\":\"geheim-0815\"}]}")]
    public void BrokenDocument_IsRefusedWithoutItsValues(string document)
    {
        using var folder = new TestFolder();
        string image = folder.OpenBekenDevice(), file = folder.Write("document.json", document);
        string[][] lines =
        [
            ["obk", "set", image, "--from", file], ["put", image, "tuya", file], ["combine", image, folder["firmware.bin"], "--obk-config", file],
            ["decrypt", image, "--key", file, "--address", "0"], ["extract", image, "app", "--key", file], ["tuya", "show", file], ["tuya", "list", file],
            ["put", image, "obk-config", file], ["build", "--config", file], ["merge", folder.Root],
        ];
        foreach (string[] line in lines)
        {
            int exitCode = folder.Run(line[0] == "tuya" ? line : [.. line, "-o", folder["out.bin"], "--force"]);
            Assert.DoesNotContain(Secret, folder.Output + folder.Error, StringComparison.Ordinal);
            Assert.NotEqual(ExitCodes.Bug, exitCode);
        }
    }

    /// <summary>What is typed for a secret field and cannot be stored.</summary>
    [Fact]
    public void Password_ThatDoesNotFit_IsNotRepeated()
    {
        using var folder = new TestFolder();
        string image = folder.OpenBekenDevice();
        string tooLong = string.Concat(Enumerable.Repeat(Secret, 20));
        foreach (string field in new[] { "wifiPass", "wifiPass2", "mqttPass", "webPassword" })
        {
            Assert.NotEqual(0, folder.Run("obk", "set", image, $"{field}={tooLong}", "-o", folder["out.bin"]));
            Assert.DoesNotContain(Secret, folder.Output + folder.Error, StringComparison.Ordinal);
            Assert.NotEqual(0, folder.Run("combine", folder["factory.bin"], folder["firmware.bin"], "--set", $"{field}={tooLong}", "-o", folder["out.bin"]));
            Assert.DoesNotContain(Secret, folder.Output + folder.Error, StringComparison.Ordinal);
            Assert.NotEqual(0, folder.Run("obk", "set", image, $"{field}Typo={Secret}", "-o", folder["out.bin"]));
            Assert.DoesNotContain(Secret, folder.Output + folder.Error, StringComparison.Ordinal);
        }
    }
}

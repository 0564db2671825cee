using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

public class SecretNoteTests
{
    [Theory]
    [InlineData("split", true)]
    [InlineData("extract obk-config", true)]
    [InlineData("extract app", false)]
    [InlineData("normalize", true)]
    [InlineData("sanitize", false)]
    public void Output_ThatHoldsSecrets_IsMentionedWithoutThem(string verb, bool mentioned)
    {
        using var verbs = new TestFolder();
        verbs.OpenBekenDevice();
        verbs.Do("obk", "set", verbs["device.bin"], "wifiPass=correct horse", "-o", verbs["set.bin"]);
        string[] words = verb.Split(' ');
        verbs.Do([words[0], verbs["set.bin"], .. words[1..], "-o", verbs["out"]]);
        Assert.Equal(mentioned, verbs.Error.Contains("holds passwords", StringComparison.Ordinal));
        Assert.DoesNotContain("correct horse", verbs.Error + verbs.Output, StringComparison.Ordinal);
    }
}

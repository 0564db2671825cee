using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>A zip or gzip file with one image is that image for every verb that reads one, and says so.</summary>
public class ArchiveVerbTests
{
    private static string Dump(TestFolder folder) =>
        folder.Write("dump.zip", SyntheticArchive.Zip(("backup/fan.bin", Samples.ObkDevice), ("readme.txt", "text"u8.ToArray())));

    [Fact]
    public void Inspect_OfAZip_TellsTheFileAndWhatIsInIt()
    {
        using var verbs = new TestFolder();
        string zip = Dump(verbs);
        var inside = Tool.Run("inspect", verbs.Write("fan.bin", Samples.ObkDevice), "--json").Succeeds().Json;
        verbs.Do("inspect", zip, "--json");
        Assert.Equal("package", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal("backup/fan.bin", verbs.Json.GetProperty("member").GetString());
        Assert.Equal(new FileInfo(zip).Length, verbs.Json.GetProperty("length").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(verbs.Read("dump.zip"))), verbs.Json.GetProperty("sha256").GetString());
        foreach (string same in new[] { "chip", "flavor", "bootVersion", "appVersion", "key", "partitions", "fal", "containers", "rf", "obkConfig", "findings" })
            Assert.Equal(inside.GetProperty(same).GetRawText(), verbs.Json.GetProperty(same).GetRawText());
        Assert.Contains("inside      backup/fan.bin: dump, 2097152 bytes; what follows is told of it", verbs.Do("inspect", zip), StringComparison.Ordinal);
        Assert.Contains("obk-config", verbs.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string> Verbs => new(
        "verify @", "split @ -o {out}", "extract @ app -o {out}", "extract @ rf -o {out}", "fal show @", "rf show @", "obk show @", "key recover @",
        "normalize @ -o {out}", "doctor @", "obk set @ shortDeviceName=fan -o {out}", "rf set-mac @ c8:47:8c:00:00:01 -o {out}", "sanitize @ -o {out}",
        "rekey @ --to zero -o {out}", "lint {firmware} --against @", "combine @ {firmware} -o {out}");

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Verb_OnAZip_IsTheVerbOnTheImageInIt(string line)
    {
        using var verbs = new TestFolder();
        string zip = Dump(verbs), plain = verbs.Write("fan.bin", Samples.ObkDevice), firmware = verbs.Write("firmware.bin", Samples.ObkN);
        string[] Line(string image, string output) => line.Split(' ')
            .Select(word => word.Replace("@", image, StringComparison.Ordinal).Replace("{out}", verbs[output], StringComparison.Ordinal)
                .Replace("{firmware}", firmware, StringComparison.Ordinal)).ToArray();

        var ofPlain = Tool.Run(Line(plain, "of-plain"));
        var ofZip = Tool.Run(Line(zip, "of-zip"));
        Assert.True(ofPlain.ExitCode is 0 or 1, ofPlain.Error);
        Assert.Equal(ofPlain.ExitCode, ofZip.ExitCode);
        Assert.Single(ofZip.ErrorLines, said => said.EndsWith("dump.zip: the file in it is used: 'backup/fan.bin' (dump)", StringComparison.Ordinal));
        Assert.Equal(ofPlain.ErrorLines.Length + 1, ofZip.ErrorLines.Length);
        if (File.Exists(verbs["of-plain"]))
            BytesAssert.Equal(verbs.Read("of-plain"), verbs.Read("of-zip"));
    }

    [Fact]
    public void Combine_OfZips_IsCombineOfWhatIsInThem()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", Samples.Dreo), firmware = verbs.Write("firmware.bin", Samples.ObkM);
        verbs.Do("combine", factory, firmware, "-o", verbs["plain.bin"]);
        string factoryZip = verbs.Write("factory.zip", SyntheticArchive.Zip(("f.bin", Samples.Dreo)));
        string firmwareGz = verbs.Write("firmware.gz", SyntheticArchive.Gzip(Samples.ObkM));
        verbs.Do("combine", factoryZip, firmwareGz, "-o", verbs["zips.bin"]);
        BytesAssert.Equal(verbs.Read("plain.bin"), verbs.Read("zips.bin"));
        Assert.Equal(2, verbs.Error.Split('\n').Count(said => said.Contains("the file in it is used", StringComparison.Ordinal)));
    }

    [Fact]
    public void Zip_OfSeveralImages_IsListedAndRefused()
    {
        using var verbs = new TestFolder();
        string zip = verbs.Write("two.zip", SyntheticArchive.Zip(("a.bin", Samples.ObkN), ("b.bin", Samples.ObkNUa)));
        verbs.Do("inspect", zip, "--json");
        Assert.Equal("BKI8013", verbs.Json.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Equal(["qio", "ua"], verbs.Json.GetProperty("members").EnumerateArray().Select(part => part.GetProperty("kind").GetString()!));
        const string says = "holds 2 images: a.bin (qio), b.bin (ua); take out the one that is meant";
        Tool.Run("split", zip, "-o", verbs["out"]).Fails(3, "BKI8013", says);
        Tool.Run("extract", zip, "app", "-o", verbs["out"]).Fails(3, "BKI8013", says);
        Tool.Run("combine", verbs.Write("factory.bin", Samples.TuyaN), zip, "-o", verbs["out"]).Fails(3, "BKI8013", says);
        Tool.Run("combine", zip, verbs.Write("firmware.bin", Samples.ObkN), "-o", verbs["out"]).Fails(3, "BKI8013", says);
        Assert.False(Path.Exists(verbs["out"]));
    }

    [Fact]
    public void Names_FromAnArchive_ReachTheTerminalHarmless()
    {
        using var verbs = new TestFolder();
        string zip = verbs.Write("evil.zip", SyntheticArchive.Zip(("../\u001b[31m\u202efan.bin", Samples.ObkN)));
        TerminalAssert.IsHarmless(Tool.Run("inspect", zip));
        TerminalAssert.IsHarmless(Tool.Run("verify", zip));
        zip = verbs.Write("evil2.zip", SyntheticArchive.Zip(("\u001b[31m.bin", Samples.ObkN), ("\u001b]0;x\u0007.bin", Samples.ObkNUa)));
        TerminalAssert.IsHarmless(Tool.Run("inspect", zip));
        TerminalAssert.IsHarmless(Tool.Run("split", zip, "-o", verbs["out"]));
    }
}

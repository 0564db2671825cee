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
    public void Combine_OfZips_NamesTheHashesOfTheFilesThatWereNamed()
    {
        using var verbs = new TestFolder();
        byte[] factoryZip = SyntheticArchive.Zip(("backup/fan.bin", Samples.Dreo)), firmware = Samples.ObkM;
        verbs.Do("combine", verbs.Write("factory.zip", factoryZip), verbs.Write("firmware.bin", firmware), "-o", verbs["out.bin"], "--json");
        var inputs = verbs.Json.GetProperty("inputs").EnumerateArray().ToArray();
        Assert.Equal([verbs["factory.zip"], verbs["firmware.bin"]], inputs.Select(input => input.GetProperty("file").GetString()!));
        Assert.Equal([Sha256(factoryZip), Sha256(firmware)], inputs.Select(input => input.GetProperty("sha256").GetString()!));
        Assert.Equal(["backup/fan.bin", null], inputs.Select(input => input.GetProperty("member").GetString()));
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    /// <summary>Lines in which <c>@</c> is a file that is no first image; each with what is in it.</summary>
    public static TheoryData<string, string> OtherInputs => new()
    {
        { "put {device} app @ -o {out}", "ua" }, { "put {device} rf @ -o {out}", "rf" }, { "put {device} obk-config @ -o {out}", "config" },
        { "rf restore {device} --from @ -o {out}", "rf" }, { "rf restore {device} --from @ -o {out}", "dump" }, { "rf compare @ {device}", "rf" },
        { "combine {device} {qio} --rf @ -o {out}", "rf" }, { "combine {device} {qio} --obk-config @ -o {out}", "config" },
        { "combine {device} {qio} --obk-config @ -o {out}", "dump" }, { "combine {lost} {qio} --bootloader @ -o {out}", "boot" },
        { "obk set {device} --from @ -o {out}", "config" }, { "build ua --chip BK7231N --key tuya --app @ -o {out}", "app" },
        { "build qio --chip BK7231N --key tuya --app {app} --bootloader @ -o {out}", "boot" },
        { "build ua --chip BK7231N --key tuya --app {app} --headers-from @ -o {out}", "qio" }, { "ota pack @ -o {out}", "app" },
        { "ug pack @ --app-version 1.0 -o {out}", "rbl" }, { "ota info @", "rbl" }, { "ota unpack @ -o {out}", "rbl" }, { "uf2 pack @ --chip BK7231N -o {out}", "rbl" },
        { "lint @ --against {device}", "qio" }, { "lint {qio} --against @", "dump" }, { "doctor {device} --backup @", "dump" },
    };

    [Theory]
    [MemberData(nameof(OtherInputs))]
    public void OtherInput_InAZip_IsWhatIsInIt_AndOfSeveralNone(string line, string what)
    {
        using var verbs = new TestFolder();
        byte[] device = Samples.ObkDevice, lost = Samples.ObkDevice;
        lost.AsSpan(0, 0x11000).Fill(0xFF);
        byte[] content = what switch
        {
            "ua" => Samples.ObkNUa,
            "rf" => device[0x1D0000..0x1D1000],
            "config" => device[0x1D1000..0x1D2000],
            "dump" => device,
            "boot" => device[..0x11000],
            "app" => Samples.PlainApp,
            "rbl" => PlainFormats.UpdatePackage(Samples.PlainApp),
            _ => Samples.ObkN,
        };
        var files = new Dictionary<string, string>
        {
            ["{device}"] = verbs.Write("device.bin", device), ["{lost}"] = verbs.Write("lost.bin", lost), ["{qio}"] = verbs.Write("qio.bin", Samples.ObkN),
            ["{app}"] = verbs.Write("app.bin", Samples.PlainApp),
        };
        string[] Line(string input, string output) => line.Split(' ')
            .Select(word => word == "@" ? input : word == "{out}" ? verbs[output] : files.GetValueOrDefault(word, word)).ToArray();
        var ofPlain = Tool.Run(Line(verbs.Write("plain.bin", content), "of-plain"));
        var ofZip = Tool.Run(Line(verbs.Write("one.zip", SyntheticArchive.Zip(("in/it.bin", content), ("readme.txt", "text"u8.ToArray()))), "of-zip"));
        Assert.True(ofPlain.ExitCode is 0 or 1, ofPlain.Error);
        Assert.Equal(ofPlain.ExitCode, ofZip.ExitCode);
        Assert.Contains(ofZip.ErrorLines, said => said.Contains("one.zip: the file in it is used: 'in/it.bin'", StringComparison.Ordinal));
        if (File.Exists(verbs["of-plain"]))
            BytesAssert.Equal(verbs.Read("of-plain"), verbs.Read("of-zip"));

        string two = verbs.Write("two.zip", SyntheticArchive.Zip(("a.bin", Samples.ObkN), ("b.bin", Samples.ObkNUa)));
        Tool.Run(Line(two, "of-two")).Fails(3, "BKI8013", "a.bin (qio), b.bin (ua)");
        Assert.False(File.Exists(verbs["of-two"]));
    }

    [Fact]
    public void Put_OfARange_TakesAnArchiveAsItIs()
    {
        using var verbs = new TestFolder();
        byte[] zip = SyntheticArchive.Zip(("a.bin", Samples.ObkN));
        string range = FormattableString.Invariant($"0x140000+{zip.Length}");
        verbs.Do("put", verbs.Write("device.bin", Samples.Dreo), range, verbs.Write("a.zip", zip), "-o", verbs["out.bin"]);
        Assert.Equal(zip, verbs.Read("out.bin")[0x140000..(0x140000 + zip.Length)]);
    }

    [Fact]
    public void Extract_OfAName_TakesThatFileOutOfAnArchive()
    {
        using var verbs = new TestFolder();
        string two = verbs.Write("two.zip", SyntheticArchive.Zip(("fw/a.bin", Samples.ObkN), ("b.bin", Samples.ObkNUa), ("x/b.bin", [1, 2]), ("c.txt", "text"u8.ToArray())));
        verbs.Do("extract", two, "fw/a.bin", "-o", verbs["a"]);
        verbs.Do("extract", two, "b.bin", "-o", verbs["b"]);
        verbs.Do("extract", two, "a.bin", "-o", verbs["by-last-part"]);
        verbs.Do("extract", two, "c.txt", "-o", verbs["c"]);
        Assert.Equal(Samples.ObkN, verbs.Read("a"));
        Assert.Equal(Samples.ObkNUa, verbs.Read("b"));
        Assert.Equal(Samples.ObkN, verbs.Read("by-last-part"));
        Assert.Equal("text"u8.ToArray(), verbs.Read("c"));
        Tool.Run("extract", two, "d.bin", "-o", verbs["d"]).Fails(3, "BKI8013", "'extract ARCHIVE NAME -o FILE' takes out the one of that name");
        Tool.Run("extract", two, "app", "-o", verbs["d"]).Fails(3, "BKI8013", "holds 2 images");
        Tool.Run("extract", two, "c.txt", "-o", verbs["c"]).Fails(4, "BKI9009", "");
        // A range or partition of the one image in it is still that.
        verbs.Do("extract", verbs.Write("one.zip", SyntheticArchive.Zip(("a.bin", Samples.ObkN))), "0x0+16", "-o", verbs["range"]);
        Assert.Equal(Samples.ObkN[..16], verbs.Read("range"));
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
